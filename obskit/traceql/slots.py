"""What kind of thing stands where a Grafana variable stands, and what to put there when its value is not known."""

from __future__ import annotations

from typing import Literal

from obskit.traceql.tokens import Token
from obskit.traceql.words import COMPARISONS, FIELDS, KINDS, LIMITS, LOGICAL, REGEXES, STRUCTURAL

Slot = Literal[
    "query", "filter", "stage", "function", "condition", "field", "attribute", "scope", "value", "number", "unit", "string", "word"
]  # fmt: skip
"""condition: a whole comparison · attribute: part of a field's name · string: inside quotes · unit: glued to a number ·
value: what a field is compared with · word: anything else."""

_NOTHING = Token("end", "", -1, -1)
_VALUES = {"duration": "1s", "string": '"x"', "status": "error", "kind": "server"}
_ARITHMETIC = frozenset("+-*/%^")


def stand_in(tokens: list[Token], at: int, name: str, place: tuple[str, int]) -> tuple[Slot, str]:
    """The slot of the variable in `tokens[at]`, where variables are masked, and a text that fits there; `place` is of `places`."""
    token = tokens[at]
    if token.kind == "string" or token.kind == "unterminated":
        return "string", name
    if token.kind in ("attribute", "intrinsic"):
        return "attribute", name
    before = tokens[at - 1] if at else _NOTHING
    after = tokens[at + 1]
    if before.end == token.start and before.kind == "number":
        return "unit", "s"
    if after.start == token.end and after.kind in ("attribute", "word") and token.kind == "variable":
        if after.kind == "attribute":
            return "scope", "span"
        return ("function", "sum") if after.text.endswith("_over_time") else ("number", "1")
    inside, opened = place
    if inside == "{":
        return _in_braces(tokens, at, name)
    if inside == "(":
        return _in_parentheses(tokens, at, opened, name)
    return _outside(tokens, at)


def places(tokens: list[Token]) -> dict[int, tuple[str, int]]:
    """For the index of each variable inside of brackets the innermost one, `{` or `(`, and its index; in a filter always `{`."""
    found: dict[int, tuple[str, int]] = {}
    opened: list[int] = []
    brace = -1
    for index, (kind, text, _, _) in enumerate(tokens):
        if kind == "variable":
            if brace >= 0:
                found[index] = ("{", brace)
            elif opened:
                found[index] = ("(", opened[-1])
        elif kind == "op" and text in "{}":
            brace = index if text == "{" else -1
        elif kind == "op" and brace < 0 and text == "(":
            opened.append(index)
        elif kind == "op" and brace < 0 and text == ")" and opened:
            opened.pop()
    return found


def _in_braces(tokens: list[Token], at: int, name: str) -> tuple[Slot, str]:
    before, after = tokens[at - 1], tokens[at + 1]
    if after.text in COMPARISONS | REGEXES and before.text not in COMPARISONS | REGEXES | _ARITHMETIC:
        return "field", f"span.{name}"
    if before.text in REGEXES:
        return "value", f'"{name}"'
    if before.text in COMPARISONS:
        owner = tokens[at - 2] if at > 1 else _NOTHING
        return "value", _VALUES.get(_type(owner), "1")
    if before.text in _ARITHMETIC or after.text in _ARITHMETIC:
        return "number", "1"
    return "condition", "true"


def _type(token: Token) -> str:
    if token.kind in ("string", "word") and token.text in FIELDS:
        return FIELDS[token.text]
    if token.kind == "intrinsic":
        return FIELDS.get("".join(token.text.split()), "")
    if token.kind == "word" and (token.text in KINDS or token.text in LIMITS):
        return "kind" if token.text in KINDS else "int"
    return "string" if token.kind == "string" else ""


def _in_parentheses(tokens: list[Token], at: int, opened: int, name: str) -> tuple[Slot, str]:
    owner = tokens[opened - 1].text if opened else ""
    before = tokens[at - 1]
    if owner in ("topk", "bottomk"):
        return "number", "10"
    if owner == "with":
        return ("value", "true") if before.text == "=" else ("word", name)
    if owner == "compare":
        return ("number", "10") if before.text == "," else ("filter", "{ }")
    if owner == "quantile_over_time":
        return ("number", "0.9") if before.text == "," else ("field", f"span.{name}")
    if owner in ("by", "select", "min", "max", "avg", "sum") or owner.endswith("_over_time"):
        return "field", f"span.{name}"
    return _outside(tokens, at)


def _outside(tokens: list[Token], at: int) -> tuple[Slot, str]:
    before = tokens[at - 1] if at else _NOTHING
    after = tokens[at + 1]
    if before.text == "|":
        return ("function", _function(tokens, at + 1)) if after.text == "(" else ("stage", "rate()")
    if before.kind == "end" and after.kind == "end":
        return "query", "{ }"
    if before.text == "}" or before.text == ")":
        return "word", ""
    if before.text in ("", "(") or before.text in LOGICAL or (before.text in STRUCTURAL and _is_set(tokens, at - 2)):
        return "filter", "{ }"
    return "number", "1"


def _is_set(tokens: list[Token], at: int) -> bool:
    """Whether a set of spans ends at a token: braces, or parentheses around them."""
    while at > 0 and tokens[at].text == ")":
        at -= 1
    return at >= 0 and tokens[at].text == "}"


def _function(tokens: list[Token], opened: int) -> str:
    """A function that takes what the parentheses hold."""
    first = tokens[opened + 1] if opened + 1 < len(tokens) else _NOTHING
    second = tokens[opened + 2] if opened + 2 < len(tokens) else _NOTHING
    if first.text == ")":
        return "rate"
    if first.text == "{":
        return "compare"
    if first.kind == "number":
        return "topk"
    return "quantile_over_time" if second.text == "," and tokens[opened + 3].kind in ("number", "variable") else "sum_over_time"
