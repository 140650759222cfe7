"""What a Grafana variable stands for, by the place it stands in.

A variable next to letters or digits (`${prefix}_total`, `${days}d`) forms one word with them.
"""

from __future__ import annotations

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


Word = tuple[int, int, Slot]
"""First and last (inclusive) of tokens with nothing between them, one a variable at least, and what they stand for."""


def words(tokens: tuple[Token, ...]) -> list[Word]:
    """The words of `tokens` (without comments) that hold a variable outside strings, in order."""
    found: list[Word] = []
    opened: list[int] = []  # brackets, by index
    commas: list[int] = []  # that have passed in each
    last = -1
    for index, (kind, text, _, _) in enumerate(tokens):
        if kind == "variable":
            if index > last:
                first, last = _around(tokens, index)
                inside = (opened[-1], commas[-1]) if opened else None
                found.append((first, last, _slot(tokens, first, last, inside)))
        elif kind == "bracket":
            if text in CLOSING:
                opened.append(index)
                commas.append(0)
            elif opened:
                opened.pop()
                commas.pop()
        elif kind == "separator" and opened and text == ",":
            commas[-1] += 1
    return found


def _around(tokens: tuple[Token, ...], index: int) -> tuple[int, int]:
    """The first and last token of the word that the variable at `index` is the first variable of."""
    first = last = index
    while first and tokens[first - 1].kind in _WORDS and tokens[first - 1].end == tokens[first].start:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].kind in _WORDS and tokens[last].end == tokens[last + 1].start:
        last += 1
    return first, last


def _slot(tokens: tuple[Token, ...], first: int, last: int, inside: tuple[int, int] | None) -> Slot:
    """What a word stands for; `inside` is the innermost open bracket and the commas passed in it."""
    before = tokens[first - 1] if first else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    owner, commas = "", 0
    if inside is not None:
        bracket = tokens[inside[0]].text
        if bracket == "[":
            return "duration"
        if bracket == "{":
            return _in_braces(before, after)
        owner, commas = _owner(tokens, inside[0]), inside[1]
    if owner in GROUPING:
        return "label"
    if before and (before.word() == "offset" or (before.text in ("-", "+") and first > 1 and tokens[first - 2].word() == "offset")):
        return "duration"
    if after and (after.text == "(" or after.word() in ("by", "without")):
        return _called(tokens, last + 1)
    if before and before.text == "@":
        return "number"
    if after and (after.text in ("{", "[", "@") or after.word() == "offset"):
        return "name"
    if owner in _NUMBERS and commas in _NUMBERS[owner] and before and before.text in ("(", ","):
        return _NUMBERS[owner][commas]
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
