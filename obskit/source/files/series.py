"""The notation of series and their values in promtool's test files.

Format: `up{job="x"}` and `1+2x3 _ stale {{schema:0 sum:1}}x2` (package `promql/parser` of Prometheus 3, series descriptions).
"""

from __future__ import annotations

import re

from obskit.promql import parse

MOST = 1_000_000
"""Samples of one series, all of which promtool keeps in memory."""
_DIGITS = 9
"""Of a number of repetitions that is worth reading."""

_NUMBER = r"[-+]?(?:0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|[nN][aA][nN]|[iI][nN][fF])"
_HISTOGRAM = r"\{\{[^{}]*\}\}"
_VALUE = re.compile(
    rf"(?:(?:_|stale)(?:x(\d+))?|{_NUMBER}(?:x(\d+)|[-+]{_NUMBER}x(\d+))?|{_HISTOGRAM}(?:x(\d+)|[-+]{_HISTOGRAM}x(\d+))?)(?=\s|$)", re.ASCII
)
_UNSIGNED = re.compile(r"\s+")


def values_fault(text: str) -> tuple[str, tuple[int, int]] | None:
    """What is wrong with the values of a series, and where in them; None when nothing is."""
    at = samples = 0
    while True:
        blank = _UNSIGNED.match(text, at)
        at = blank.end() if blank else at
        if at >= len(text):
            return None
        match = _VALUE.match(text, at)
        if match is None:
            end = next((place for place in range(at, len(text)) if text[place].isspace()), len(text))
            return f'"{text[at : min(end, at + 60)]}" is no value of a series', (at, end)
        times = (match[match.lastindex] if match.lastindex else "").lstrip("0")
        samples += 1 + (MOST if len(times) > _DIGITS else int(times or "0"))
        if samples > MOST:
            return f'"{text[at : min(match.end(), at + 60)]}" makes more than {MOST} samples of the series', (at, match.end())
        at = match.end()


def series_fault(text: str) -> str:
    """What is wrong with a series (a name, labels with equal signs, or both); empty when nothing is."""
    plain = text.strip()
    if not plain:
        return "it is empty"
    if plain.startswith("{") and '"' in plain.partition("=")[0]:
        parsed = parse(plain)
    else:
        parsed = parse(f"x{plain}" if plain.startswith("{") else plain)
    if parsed.problem is not None:
        return parsed.problem.message
    ast = parsed.ast
    moved = any(getattr(ast, part, None) is not None for part in ("offset", "at"))
    if type(ast).__name__ != "VectorSelector" or len(parsed.selectors) != 1 or moved:
        return "it is no series"
    if any(matcher.op != "=" for matcher in parsed.selectors[0].matchers):
        return "its labels are matched with another sign than ="
    return ""
