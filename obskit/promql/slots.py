"""What a Grafana variable stands for, by the place it stands in.

A variable next to letters or digits (`${prefix}_total`, `${days}d`) forms one word with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from obskit.promql.tokens import ARITHMETIC, CLOSING, COMPARISONS, GROUPING, MATCH_OPERATORS, Token

Slot = Literal["duration", "number", "quantile", "string", "label", "matcher", "value", "function", "range function", "name"]
"""duration: range, step, offset · quantile: a number from 0 to 1 · string: inside quotes · label: a label name ·
matcher: a whole matcher · value: an unquoted matcher value · function, range function: what is called, on a vector or
on a range · name: a metric, or an expression."""

_WORDS = frozenset({"identifier", "number", "duration", "malformed", "variable"})
_NUMBERS: dict[str, dict[int, Slot]] = {
    "topk": {0: "number"},
    "bottomk": {0: "number"},
    "limitk": {0: "number"},
    "limit_ratio": {0: "quantile"},
    "quantile": {0: "quantile"},
    "quantile_over_time": {0: "quantile"},
    "histogram_quantile": {0: "quantile"},
    "histogram_fraction": {0: "number", 1: "number"},
    "predict_linear": {1: "number"},
    "holt_winters": {1: "quantile", 2: "quantile"},
    "double_exponential_smoothing": {1: "quantile", 2: "quantile"},
    "clamp": {1: "number", 2: "number"},
    "clamp_min": {1: "number"},
    "clamp_max": {1: "number"},
    "round": {1: "number"},
    "vector": {0: "number"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Tokens `first` to `last` (inclusive) with nothing between them, one a variable at least, and what they stand for."""

    first: int
    last: int
    slot: Slot


@dataclass(slots=True)
class _Open:
    """An open bracket: its text, the word in front of it, and how many commas have passed in it."""

    text: str
    owner: str
    commas: int = 0


def words(tokens: tuple[Token, ...]) -> list[Word]:
    """The words of `tokens` (without comments) that hold a variable outside strings, in order."""
    found: list[Word] = []
    opened: list[_Open] = []
    first = -1  # of the word that the token before belongs to
    variable = False
    end = -1
    for index, (kind, text, start, stop) in enumerate(tokens):
        if first >= 0 and (start != end or kind not in _WORDS):
            if variable:
                found.append(Word(first=first, last=index - 1, slot=_slot(tokens, first, index - 1, opened[-1] if opened else None)))
            first, variable = -1, False
        end = stop
        if kind in _WORDS:
            first = index if first < 0 else first
            variable = variable or kind == "variable"
        elif kind == "bracket":
            if text in CLOSING:
                opened.append(_Open(text, _owner(tokens, index)))
            elif opened:
                opened.pop()
        elif text == "," and opened:
            opened[-1].commas += 1
    if variable:
        last = len(tokens) - 1
        found.append(Word(first=first, last=last, slot=_slot(tokens, first, last, opened[-1] if opened else None)))
    return found


def _slot(tokens: tuple[Token, ...], first: int, last: int, inside: _Open | None) -> Slot:
    before = tokens[first - 1] if first else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if inside and inside.text == "[":
        return "duration"
    if inside and inside.text == "{":
        return _in_braces(before, after)
    if inside and inside.owner in GROUPING:
        return "label"
    if before and (before.word() == "offset" or (before.text in ("-", "+") and first > 1 and tokens[first - 2].word() == "offset")):
        return "duration"
    if after and (after.text == "(" or after.word() in ("by", "without")):
        return _called(tokens, last + 1)
    if before and before.text == "@":
        return "number"
    if after and (after.text in ("{", "[", "@") or after.word() == "offset"):
        return "name"
    if inside and inside.commas in _NUMBERS.get(inside.owner, {}) and before and before.text in ("(", ","):
        return _NUMBERS[inside.owner][inside.commas]
    spelled = any(part.kind == "identifier" for part in tokens[first : last + 1])
    if before and not spelled and first > 1 and (before.text in COMPARISONS or before.text in ARITHMETIC or before.word() == "bool"):
        return "number"
    return "name"


def _in_braces(before: Token | None, after: Token | None) -> Slot:
    if before and before.text in MATCH_OPERATORS:
        return "value"
    return "label" if after and after.text in MATCH_OPERATORS else "matcher"


def _called(tokens: tuple[Token, ...], at: int) -> Slot:
    """Whether the call whose brackets begin at or after `at` has a range as its only or last argument."""
    depth = 0
    for index in range(at, min(len(tokens), at + 2000)):
        text = tokens[index].text if tokens[index].kind == "bracket" else ""
        if text in ("(", "[", "{"):
            depth += 1
        elif text:
            depth -= 1
            if depth <= 0 and text == ")":
                return "range function" if tokens[index - 1].text == "]" and tokens[at].text == "(" else "function"
    return "function"


def _owner(tokens: tuple[Token, ...], index: int) -> str:
    """The function or keyword in front of the bracket at `index`; over `by (..)`, the aggregation's."""
    before = tokens[index - 1] if index else None
    if before is not None and before.text == ")" and tokens[index].text == "(":
        for back in range(index - 2, max(0, index - 200), -1):
            if tokens[back].text == "(":
                return tokens[back - 2].word() if back > 1 and tokens[back - 1].word() in GROUPING else ""
        return ""
    return before.word() if before is not None else ""
