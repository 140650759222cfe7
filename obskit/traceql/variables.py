"""Grafana's variables filled in by the place they stand in, so that a dashboard's query can be read; places stay the author's.

Forms: `$name ${name} ${name.field} ${name:format} [[name]] [[name:format]]`. Tempo's data source writes several values as
`a|b`, so a value is given as the text that stands in the query.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from obskit.traceql.slots import Slot, places, stand_in
from obskit.traceql.tokens import REST, VARIABLE, Token, tokenize
from obskit.traceql.tree import Span

_FORM = re.compile(
    r"\$(?P<plain>\w+)|\$\{(?P<braced>\w+)(?:\.[^:}\n]{1,200})?(?::(?P<format>[^}\n]{1,200}))?\}|\[\[(?P<square>\w+)(?::(?P<form>\w+))?\]\]",
    re.ASCII,
)
_BUILT_IN = {
    "__interval": "1m", "__rate_interval": "1m", "__auto_interval": "1m", "__range": "1h",
    "__interval_ms": "60000", "__range_ms": "3600000", "__range_s": "3600", "__from": "1700000000000", "__to": "1700003600000",
}  # fmt: skip


_LONGEST = 256 * 1024


class VariableUse(NamedTuple):
    """A variable in a query: its name, its place, and what kind of thing stands there."""

    name: str
    span: Span
    slot: Slot


_Uses = tuple[VariableUse, ...]


class _Found(NamedTuple):
    name: str
    form: str
    start: int
    end: int


def fill(text: str, values: Mapping[str, str]) -> tuple[list[Token], _Uses, int]:
    """The tokens of the query once its variables are filled in, at their places in `text`; the variables; the filled length."""
    found = [_found(match) for match in _FORM.finditer(text)]
    if not found:
        return tokenize(text), (), len(text)
    masked = tokenize(_masked(text, found))
    starts = [token.start for token in masked]
    inside = places(masked)
    uses: list[VariableUse] = []
    edits: list[tuple[int, int, str]] = []
    for one in found:
        at = bisect_right(starts, one.start) - 1
        if at < 0 or masked[at].end <= one.start:
            continue  # in a comment
        slot, default = stand_in(masked, at, one.name, inside.get(at, ("", 0)))
        value = values.get(one.name)
        if value is None and one.name.isdigit():
            continue  # a capture group of a regex
        unknown = one.name if slot == "string" else _BUILT_IN.get(one.name, default)
        new = unknown if value is None else _formatted(value, one.form)
        uses.append(VariableUse(one.name, (one.start, one.end), slot))
        edits.append((one.start, one.end, new))
    return _filled(text, edits, tuple(uses))


def _found(match: re.Match[str]) -> _Found:
    name = match["plain"] or match["braced"] or match["square"]
    return _Found(name, match["format"] or match["form"] or "", match.start(), match.end())


def _masked(text: str, found: list[_Found]) -> str:
    """The text with each variable as a word of its own that is as long."""
    pieces: list[str] = []
    read = 0
    for one in found:
        pieces += (text[read : one.start], VARIABLE, REST * (one.end - one.start - 1))
        read = one.end
    return "".join((*pieces, text[read:]))


def _formatted(value: str, form: str) -> str:
    if form in ("doublequote", "json", "queryparam"):
        return f'"{value}"' if form != "queryparam" else value
    if form == "singlequote":
        return f"'{value}'"
    if form == "regex":
        parts = [re.escape(part) for part in value.split("|")]
        return parts[0] if len(parts) == 1 else f"({'|'.join(parts)})"
    return value.replace("|", ",") if form == "csv" else value


def _filled(text: str, edits: list[tuple[int, int, str]], uses: _Uses) -> tuple[list[Token], _Uses, int]:
    pieces: list[str] = []
    begins, ends = [0], [0]  # where each edit lies in the filled text
    froms, tos = [0], [0]  # and in the author's
    written = read = 0
    for start, end, new in edits:
        pieces += (text[read:start], new)
        written += start - read
        begins.append(written)
        written += len(new)
        ends.append(written)
        froms.append(start)
        tos.append(end)
        read = end
    pieces.append(text[read:])
    filled = "".join(pieces)
    if len(filled) > _LONGEST:
        return [], uses, len(filled)

    def first(offset: int) -> int:
        at = bisect_right(begins, offset) - 1
        return froms[at] if offset < ends[at] else tos[at] + offset - ends[at]

    def last(offset: int) -> int:
        at = bisect_right(begins, offset - 1) - 1
        return tos[at] if offset <= ends[at] else tos[at] + offset - ends[at]

    moved = [Token(kind, word, first(start), last(end) if end > start else first(start)) for kind, word, start, end in tokenize(filled)]
    return moved, uses, len(filled)

