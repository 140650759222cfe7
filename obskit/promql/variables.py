"""Grafana's variables filled in by the place they stand in, so that a dashboard's query can be parsed.

A duration always becomes a sentinel: a length nobody writes, by which a later reader knows that the viewer's browser decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from obskit.promql.positions import Edit, Edited, Span, apply
from obskit.promql.slots import Slot, words
from obskit.promql.tokens import Token, tokenize, variable_name, variables_inside

SENTINELS: Mapping[str, int] = MappingProxyType(
    {"__rate_interval": 241_007, "__interval": 61_013, "__range": 3_601_019, "__auto_interval": 301_027, "": 421_037}
)
"""The length in milliseconds that stands for each of Grafana's interval variables; "" is any other in a duration's place."""

LONGEST = 256 * 1024
"""The longest text, in characters, that is looked at."""

_DEEPEST = 20
_MOST = 40_000  # tokens; more than are looked at
_NUMBERS = {"__interval_ms": "61013", "__range_s": "3601", "__range_ms": "3601019", "__from": "1700000000000", "__to": "1700003600000"}
_DEFAULTS: dict[Slot, str] = {
    "number": "5",
    "quantile": "0.5",
    "string": "obskit",
    "value": '"obskit"',
    "function": "sum",
    "range function": "avg_over_time",
}
_PLAIN = r"[\w:/@ ,=%~.-]+(?:\|[\w:/@ ,=%~.-]+)*"
_FITS: dict[Slot, str] = {  # compiled, and kept by `re`, when a variable with a value is first met in such a place
    "string": rf"{_PLAIN}|\({_PLAIN}\)|\.[*+]",
    "label": r'[a-zA-Z_]\w*(?:\s*,\s*[a-zA-Z_]\w*)*|"[^"\\\n]+"',
    "function": r"[a-zA-Z_]\w*",
    "range function": r"[a-zA-Z_]\w*",
}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n"}
_ESCAPED = r'[\\"\n]'


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableUse:
    """A variable in the author's text: its name, where it stands, and what it stands for there."""

    name: str
    span: Span
    slot: Slot


def is_sentinel(milliseconds: float) -> bool:
    """Whether a duration in a parsed query stands for a Grafana variable."""
    return milliseconds in SENTINELS.values()


class Filled(NamedTuple):
    """A text with its variables filled in: the edited text, the author's tokens without comments, the uses in source order.

    `lengths` tells that only strings, numbers and durations were edited.
    """

    edited: Edited
    written: tuple[Token, ...]
    uses: tuple[VariableUse, ...] = ()
    lengths: bool = True

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the edited text, without comments; worked out at each asking."""
        if not self.edited.edits:
            return self.written
        if self.lengths:
            return _shifted(self.written, self.edited)
        return tuple([token for token in tokenize(self.edited.text, _MOST) if token.kind != "comment"])


def substitute(text: str, tokens: tuple[Token, ...], values: Mapping[str, str]) -> Edited:
    """`text` as the parser can read it, with the way back: variables filled in, backquoted strings and `1_000` rewritten.

    `tokens` are those of `text`. A variable gets its value, in which other variables are filled in first, or a default that
    fits the place: `obskit_<name>` for a name. Never raises; for a value that does not fit its place the default is taken.
    When the result would be longer than `LONGEST` the text comes back as it was.
    """
    return fill(text, tokens, values).edited


def fill(text: str, tokens: tuple[Token, ...], values: Mapping[str, str]) -> Filled:
    """What `substitute` does, with its by-products."""
    return _fill(text, tokens, Values(values))


def _fill(text: str, tokens: tuple[Token, ...], known: Values) -> Filled:
    written = tuple([token for token in tokens if token.kind != "comment"]) if "#" in text else tokens
    edits: list[Edit] = []
    used: list[VariableUse] = []
    lengths = True
    if "$" in text or "[[" in text:
        for first, last, slot in words(written):
            parts = written[first : last + 1]
            changed = _word_edits(parts, slot, known)
            lengths = lengths and slot == "duration"
            edits += changed
            used += [VariableUse(name=variable_name(part.text), span=part.span, slot=slot) for part in parts if part.kind == "variable"]
    for index, (kind, spelled, start, end) in enumerate(written):
        if kind == "string" and (spelled[0] == "`" or "$" in spelled or "[[" in spelled):
            inside = variables_inside(spelled, 1, end - start - 1)
            edits += _string_edits(written[index], inside, known)
            used += [VariableUse(name=name, span=(start + begin, start + stop), slot="string") for name, begin, stop in inside]
        elif kind == "number" and "_" in spelled:
            edits.append(Edit(start=start, end=end, new=spelled.replace("_", "")))
    if not edits:
        return Filled(Edited(text=text), written)
    edits.sort(key=lambda edit: edit.start)
    used.sort(key=lambda use: use.span)
    if sum([len(edit.new) for edit in edits]) > LONGEST:
        return Filled(Edited(text=text), written, tuple(used))
    return Filled(apply(text, edits), written, tuple(used), lengths)


def _shifted(tokens: tuple[Token, ...], edited: Edited) -> tuple[Token, ...]:
    """The tokens after edits that each lie in one string, or make one number or duration of whole tokens."""
    found: list[Token] = []
    edits = edited.edits
    at = delta = read = 0
    for token in tokens:
        kind, text, begin, end = token
        if begin < read:
            continue
        start = begin + delta
        if at == len(edits) or end <= edits[at].start:
            found.append(Token(kind, text, start, end + delta) if delta else token)
            continue
        last = end if kind == "string" else edits[at].end
        while at < len(edits) and edits[at].start < last:
            delta += len(edits[at].new) - (edits[at].end - edits[at].start)
            at += 1
        kind = kind if kind in ("string", "number") else "duration"
        if kind == "number" and not edited.text[start : last + delta].isdecimal():
            kind = tokenize(edited.text[start : last + delta])[0].kind
        found.append(Token(kind, edited.text[start : last + delta], start, last + delta))
        read = last
    return tuple(found)


class Values:
    """The values of variables, other variables in them filled in; each is worked out once."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._given = values
        self._known: dict[tuple[str, Slot], str] = {}
        self._open: list[str] = []

    def of(self, name: str, slot: Slot) -> str:
        """What stands for the variable in such a place."""
        if name in _NUMBERS:
            return _NUMBERS[name]
        if slot == "duration" or name in SENTINELS:
            return sentinel(name)
        if (name, slot) not in self._known:
            self._known[name, slot] = self._fitting(name, slot)
        return self._known[name, slot]

    def _fitting(self, name: str, slot: Slot) -> str:
        given = self._given.get(name, "")
        if not given or given == "$__all" or len(given) > LONGEST or name in self._open or len(self._open) >= _DEEPEST:
            return _default(name, slot)
        self._open.append(name)
        value = self._expanded(given, slot)
        self._open.pop()
        if slot in _FITS and not _fits(slot, value):
            return _default(name, slot)
        return value

    def _expanded(self, given: str, slot: Slot) -> str:
        if slot not in _FITS:
            return _fill(given, tokenize(given), self).edited.text
        if "$" not in given and "[[" not in given:
            return given
        edits = [Edit(start=start, end=end, new=self.of(name, slot)) for name, start, end in variables_inside(given, 0, len(given))]
        return apply(given, edits).text if sum(len(edit.new) for edit in edits) <= LONGEST else ""


@lru_cache(1024)
def _fits(slot: Slot, value: str) -> bool:
    """Whether a value may stand in such a place; a board's variables have the same values in all its queries."""
    return re.fullmatch(_FITS[slot], value, re.ASCII) is not None


def _default(name: str, slot: Slot) -> str:
    if slot == "matcher":
        return f'obskit_{name}=~".+"'
    return _DEFAULTS.get(slot, f"obskit_{name}")


def sentinel(name: str) -> str:
    """The duration that stands for a variable."""
    if name.startswith("__auto_interval"):
        known = "__auto_interval"
    else:
        known = name.removesuffix("_ms") if name.endswith("_ms") else name.removesuffix("_s")
    return f"{SENTINELS.get(known, SENTINELS[''])}ms"


def _word_edits(parts: tuple[Token, ...], slot: Slot, known: Values) -> list[Edit]:
    inside = [part for part in parts if part.kind == "variable"]
    if slot == "duration":
        names = tuple(variable_name(part.text) for part in inside)
        return [Edit(start=parts[0].start, end=parts[-1].end, new=sentinel(names[0]), variables=names)]
    edits = []
    for part in inside:
        name = variable_name(part.text)
        new = known.of(name, slot)
        if slot == "value" and re.search(r":(?:double|single)quote\b", part.text) and not new.startswith(('"', "'")):
            new = '"' + re.sub(_ESCAPED, lambda found: _ESCAPES[found[0]], new) + '"'
        edits.append(Edit(start=part.start, end=part.end, new=new, variables=(name,)))
    return edits


def _string_edits(token: Token, inside: list[tuple[str, int, int]], known: Values) -> list[Edit]:
    """The variables of a string; of a backquoted one also its quotes, and what double quotes want escaped."""
    edits = [
        Edit(start=token.start + start, end=token.start + end, new=known.of(name, "string"), variables=(name,))
        for name, start, end in inside
    ]
    if token.text[0] != "`":
        return edits
    taken = {position for _, start, end in inside for position in range(start, end)}
    edits += (
        Edit(start=token.start + found.start(), end=token.start + found.end(), new=_ESCAPES[found[0]])
        for found in re.finditer(_ESCAPED, token.text)
        if found.start() not in taken
    )
    edits += (Edit(start=at, end=at + 1, new='"') for at in (token.start, token.end - 1))
    return edits
