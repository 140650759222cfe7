"""Text as Python literals that people like to read, and that stand for exactly that text."""

from __future__ import annotations

import re
from collections.abc import Iterator

WIDTH = 120
"""Columns up to which a literal stays on one line."""

_STEP = "    "


def literal(text: str) -> str:
    """On one line: double quotes unless that takes more escapes, raw where there are backslashes and it can be."""
    if "\\" in text and text.isprintable() and not text.endswith("\\"):
        for quote in ('"', "'"):
            if quote not in text:
                return f"r{quote}{text}{quote}"
    plain = repr(text)
    return plain if plain[0] == '"' or '"' in text else f'"{plain[1:-1]}"'


def field(name: str, text: str, indent: str = _STEP, sign: str = "=") -> str:
    """`name="text",` at this indent: on one line where it fits, else over several, without a line break at the end."""
    line = f"{indent}{name}{sign}{literal(text)},"
    if len(line) <= WIDTH:
        return line
    parts = [f"{indent}{_STEP}{literal(part)}" for part in _pieces(text, WIDTH - len(indent) - 2 * len(_STEP))]
    return "\n".join((f"{indent}{name}{sign}(", *parts, f"{indent}),")) if len(parts) > 1 else line


def query(name: str, text: str, indent: str = _STEP) -> str:
    """As `field`, for text around which blanks do not count: several lines become an indented block where that says the same."""
    lines = text.split("\n")
    tidy = all(line.isprintable() and line == line.rstrip() and len(line) + len(indent) + len(_STEP) <= WIDTH for line in lines)
    if len(lines) == 1 or not tidy or '"""' in text or lines[0][:1] == " ":
        return field(name, text, indent)
    quotes = 'r"""' if "\\" in text else '"""'
    block = [f"{indent}{_STEP}{line}" if line else "" for line in lines]
    return "\n".join((f"{indent}{name}={quotes}", *block, f'{indent}""",'))


def _pieces(text: str, width: int) -> Iterator[str]:
    """The text cut behind its line breaks and, where a line is longer than `width`, behind a blank."""
    for rest in re.findall(r"[^\n]*\n|[^\n]+", text):
        while len(literal(rest)) > width:
            cut = rest.rfind(" ", 1, _room(rest, width)) + 1
            cut = cut or rest.find(" ", _room(rest, width)) + 1
            if not 0 < cut < len(rest):
                break
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _room(text: str, width: int) -> int:
    """How many characters of the text fit into a literal of this width."""
    room = width
    while len(literal(text[:room])) > width:
        room -= max(1, len(literal(text[:room])) - width) // 2 + 1
    return max(room, 1)
