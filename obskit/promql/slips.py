"""The usual slips of grammar, found in the tokens, for texts the parser refuses without saying where."""

from __future__ import annotations

from collections.abc import Callable

from obskit.promql.fault import Fault, between, shown
from obskit.promql.tokens import AGGREGATIONS, ARITHMETIC, COMPARISONS, GROUPING, MATCH_OPERATORS, WORD_OPERATORS, Token, closers

_JOINING = GROUPING | WORD_OPERATORS | {"bool", "offset"}
_OPERANDS = frozenset({"identifier", "number", "duration", "string"})


def slip(tokens: tuple[Token, ...]) -> Fault | None:
    """The first slip in `tokens` (balanced, without comments), or None when none of the usual ones is there."""
    pairs = closers(tokens)
    opening = {close: open_ for open_, close in pairs.items()}
    braces = range_end = -1
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else None
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if index < braces:
            fault = _in_braces(before, token, after)
        elif index < range_end:
            fault = None
        else:
            fault = next((found for rule in _RULES if (found := rule(before, token, after))), None)
            fault = fault or _misplaced_grouping(tokens, index, opening) or _side_by_side(tokens, index, opening)
        if fault:
            return fault
        if token.text == "{":
            braces = pairs.get(index, index)
        elif token.text == "[":
            range_end = pairs.get(index, index)
    return None


def _is_operator(token: Token) -> bool:
    return token.text in ARITHMETIC or token.text in COMPARISONS or token.word() in WORD_OPERATORS


def _opens_operand(before: Token | None) -> bool:
    return before is None or before.text in ("(", ",") or before.text in ARITHMETIC or before.text in COMPARISONS


def _single_equals(_before: Token | None, token: Token, _after: Token | None) -> Fault | None:
    if token.text in ("=", "=~", "!~"):
        hint = 'compare with "=="' if token.text == "=" else "match labels inside braces"
        return Fault(f'"{token.text}" stands outside of braces', token.span, hint)
    return None


def _operands(before: Token | None, token: Token, after: Token | None) -> Fault | None:
    if not _is_operator(token) or (token.word() and (before is None or before.text in ("(", ","))):
        return None
    if after is None or after.text in (")", ",", "]", "}"):
        return Fault(f'"{token.text}" has nothing on its right', token.span, "add the second operand, or remove it")
    if token.text not in ("-", "+") and _opens_operand(before):
        return Fault(f'"{token.text}" has nothing on its left', token.span, "add the first operand, or remove it")
    return None


def _ends(_before: Token | None, token: Token, after: Token | None) -> Fault | None:
    if (token.word() == "bool" or token.word() in GROUPING) and (after is None or after.text in (")", ",", "]")):
        return Fault(f'"{token.text}" has nothing on its right', token.span, "add the second operand; as a metric name it is reserved")
    timed = after is not None and (after.kind == "number" or after.word() in ("start", "end") or after.text in ("+", "-"))
    if token.text == "@" and not timed:
        return Fault('"@" has no timestamp', token.span, "write seconds since 1970, start() or end()")
    return None


def _commas(before: Token | None, token: Token, after: Token | None) -> Fault | None:
    if token.text == "," and (before is None or before.text in ("(", ",")):
        return Fault('"," has nothing in front of it', token.span, "add the argument, or remove the comma")
    if token.text == "," and (after is None or after.text == ")"):
        return Fault('"," has nothing after it', token.span, "add the argument, or remove the comma")
    return None


def _range(before: Token | None, token: Token, after: Token | None) -> Fault | None:
    if token.text != "[":
        return None
    if _opens_operand(before):
        return Fault("the range has no metric in front of it", token.span, "write the metric first: metric[5m]")
    if after is not None and after.text == "]":
        return Fault("the range is empty", between(token, after), "write a duration: [5m]")
    return None


def _empty(before: Token | None, token: Token, after: Token | None) -> Fault | None:
    if token.text == "(" and after is not None and after.text == ")" and (before is None or not before.word()):
        return Fault("the parentheses are empty", between(token, after), "write an expression in them")
    return None


def _offset(before: Token | None, token: Token, after: Token | None) -> Fault | None:
    if token.word() == "offset" and not _opens_operand(before) and (after is None or after.kind not in ("duration", "number", "operator")):
        return Fault('"offset" has no duration', token.span, "write a duration after it: offset 5m")
    return None


_Rule = Callable[[Token | None, Token, Token | None], Fault | None]
_RULES: tuple[_Rule, ...] = (_single_equals, _operands, _ends, _commas, _range, _empty, _offset)


def _misplaced_grouping(tokens: tuple[Token, ...], index: int, opening: dict[int, int]) -> Fault | None:
    """`by` or `without` behind something that aggregates nothing."""
    token = tokens[index]
    if token.word() not in ("by", "without") or index == 0:
        return None
    before = tokens[index - 1]
    hint = f"write it after sum, avg, max … : sum {token.text} (label) (expression)"
    owner = index - 1
    if before.text == ")" and index - 1 in opening:
        owner = opening[index - 1] - 1
    if owner >= 0 and tokens[owner].word() in AGGREGATIONS:
        if index + 1 == len(tokens) or tokens[index + 1].text != "(":
            return Fault(f'"{token.text}" has no list of labels', token.span, f"write the labels in parentheses: {token.text} (job)")
        if before.text != ")" and not _aggregates(tokens, index):
            return Fault(f'"{before.text}" aggregates nothing', before.span, "write an expression in parentheses after the labels")
        return None
    if before.kind in _OPERANDS or before.text in (")", "}", "]"):
        return Fault(f'"{token.text}" belongs to an aggregation, and there is none in front of it', token.span, hint)
    return None


def _aggregates(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether parentheses follow the list of labels of the keyword at `index`."""
    close = next((at for at in range(index + 1, len(tokens)) if tokens[at].text == ")"), index)
    return close + 1 < len(tokens) and tokens[close + 1].text == "("


def _side_by_side(tokens: tuple[Token, ...], index: int, opening: dict[int, int]) -> Fault | None:
    """Two operands with no operator between them."""
    token = tokens[index]
    if index == 0 or token.kind not in _OPERANDS or token.word() in _JOINING:
        return None
    before = tokens[index - 1]
    if before.text == ")":
        owner = opening.get(index - 1, 0) - 1
        if owner >= 0 and (tokens[owner].word() in GROUPING or tokens[owner].word().startswith("fill")):
            return None
    elif before.text not in ("]", "}") and (before.kind not in _OPERANDS or before.word() in _JOINING):
        return None
    what = "the parenthesis" if before.text == ")" else shown(before.text)
    message = f"{shown(token.text)} follows {what} with no operator between them"
    return Fault(message, token.span, "join the two with an operator, or remove one")


def _in_braces(before: Token | None, token: Token, after: Token | None) -> Fault | None:
    if before is None or after is None:
        return None
    if token.text in MATCH_OPERATORS:
        if before.kind not in ("identifier", "string"):
            return Fault(f'"{token.text}" has no label in front of it', token.span, 'write a matcher as label="value"')
        if after.text in (",", "}"):
            hint = 'write a value in quotes, "" for none'
            return Fault(f"the matcher of {shown(before.text)} has no value", between(before, token), hint)
        if after.kind != "string":
            return Fault(f"the value {shown(after.text)} is not in quotes", after.span, f'write {before.text}{token.text}"{after.text}"')
    elif token.text in ("==", "<", ">", "<=", ">="):
        return Fault(f'"{token.text}" does not match labels', token.span, "a matcher is one of = != =~ !~")
    elif token.kind == "identifier" and ":" in token.text:
        return Fault(f"the label {shown(token.text)} holds a colon", token.span, "label names are letters, digits and _")
    elif token.text == "," and before.text in ("{", ","):
        return Fault('"," has no matcher in front of it', token.span, "remove it")
    elif token.kind == "identifier" and before.text in ("{", ",") and after.text not in MATCH_OPERATORS and after.text in (",", "}"):
        return Fault(f"the label {shown(token.text)} is compared with nothing", token.span, f'write {token.text}="value"')
    elif token.kind in ("identifier", "string") and before.kind == "string":
        return Fault(f'a comma is missing in front of "{token.text}"', token.span, "separate matchers by commas")
    return None
