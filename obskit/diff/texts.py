"""JSON values as words: short, on one line, and never two different ones alike."""

from __future__ import annotations

import math
from typing import Any

LONGEST = 160
"""Characters of a value that are shown; of two longer ones, the part where they begin to differ."""


def words(value: Any) -> str:
    """A JSON value on one line, in full: text in quotes, objects and lists as JSON writes them."""
    if isinstance(value, str):
        return quoted(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(str(key))}: {words(item)}" for key, item in sorted(value.items(), key=_key)) + "}"
    return "[" + ", ".join(words(item) for item in value) + "]" if isinstance(value, (list, tuple)) else quoted(str(value))


def plain(value: Any) -> str:
    """As `words`, but text that is one plain word stands without quotes."""
    if isinstance(value, str) and value and len(value) <= LONGEST and all(sign.isprintable() and sign not in " \"'`" for sign in value):
        return value
    return words(value)


def pair(before: Any, after: Any) -> tuple[str, str]:
    """Two values that differ, in words that differ: long ones cut to where the difference begins."""
    first, second = plain(before), plain(after)
    if first == second:
        first, second = words(before), words(after)
    return cut(first, second)


def cut(first: str, second: str) -> tuple[str, str]:
    """Two texts on one line each; long ones cut around the first difference."""
    if max(len(first), len(second)) <= LONGEST:
        return first, second
    at = next((index for index, (one, two) in enumerate(zip(first, second, strict=False)) if one != two), min(len(first), len(second)))
    start = max(0, at - LONGEST // 4)
    return _part(first, start), _part(second, start)


def short(text: str) -> str:
    """A text cut to the longest that is shown on a line."""
    return _part(text, 0)


def quoted(text: str) -> str:
    """The text in double quotes, line breaks and quotes in it escaped."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def number(value: float) -> str:
    """A number as people write it: 0.1, 5, 1000000."""
    if isinstance(value, float) and math.isfinite(value) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _part(text: str, start: int) -> str:
    end = start + LONGEST
    return ("…" if start else "") + text[start:end] + ("…" if len(text) > end else "")


def _key(item: tuple[Any, Any]) -> str:
    return str(item[0])
