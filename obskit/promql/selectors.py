"""The selectors of a query and where they stand: the parser tells what they are, the tokens tell where.

The n-th selector of the tree is the n-th group of tokens that reads as one. Where the two do not agree on every name and
matcher, the selectors come without spans: none is better than a wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from obskit.promql.positions import Edited, Span, Unmoved
from obskit.promql.tokens import AGGREGATIONS, GROUPING, MATCH_OPERATORS, WORD_OPERATORS, Token

if TYPE_CHECKING:
    from promql_parser import VectorSelector

_OPERATORS = {"MatchOp.Equal": "=", "MatchOp.NotEqual": "!=", "MatchOp.Re": "=~", "MatchOp.NotRe": "!~"}
_FILLS = frozenset({"fill", "fill_left", "fill_right"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """A condition on a label; `op` is one of `= != =~ !~`. What a Grafana variable decides is None, and `variables` names it.

    `span` is the whole of it in the author's text, None when unknown.
    """

    label: str | None
    op: str
    value: str | None
    span: Span | None
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """A metric as a query reads it. `name` is None when a Grafana variable or a matcher other than `=` decides it.

    A name in quotes or in an `__name__` matcher is a name, and no matcher. `name_span` covers the name (in quotes: what is
    between them), `span` name and braces, without range and offset; both are in the author's text, None when unknown.
    `variables` are the Grafana variables in the name.
    """

    name: str | None
    name_span: Span | None
    span: Span | None
    matchers: tuple[Matcher, ...]
    variables: tuple[str, ...] = ()


_Group = tuple[int, int, int]
"""Token indices of a selector: its name's (-1: none), of its `{` (-1: none), and its last."""

_Term = tuple[Token | None, str, Token]
"""What stands between two commas in braces: label, operator and value; a name in quotes has neither label nor operator."""


def selectors(
    nodes: list[VectorSelector], tokens: tuple[Token, ...], pairs: dict[int, int], places: Edited | Unmoved
) -> tuple[Selector, ...]:
    """The selectors of a tree, in source order. `tokens` have their `places`, and no comments; `pairs` are their `closers`."""
    groups = _groups(tokens, pairs) if nodes else []
    if len(groups) == len(nodes):
        placed = [_placed(node, group, tokens, places) for node, group in zip(nodes, groups, strict=True)]
        found = tuple([selector for selector in placed if selector is not None])
        if len(found) == len(placed):
            return found
    return tuple(_unplaced(node) for node in nodes)


def _placed(node: VectorSelector, group: _Group, tokens: tuple[Token, ...], places: Edited | Unmoved) -> Selector | None:
    """The node with its places, or None when the group of tokens is not this node."""
    named, brace, last = group
    given = name = node.name
    terms: list[_Term] | None = []
    name_span: Span | None = None
    variables: tuple[str, ...] = ()
    if named >= 0:
        _, text, start, end = tokens[named]
        if name is not None and name != text:
            return None
        name_span, variables = places.span(start, end), places.variables(start, end)
    if brace >= 0:
        terms = _terms(tokens, brace, last)
    parsed = node.matchers.matchers
    if terms is None or len(terms) != len(parsed) + (0 if given is None or named >= 0 else 1):
        return None
    matchers: list[Matcher] = []
    ours = iter(parsed)
    for label, op, value in terms:
        inner = (value.start + 1, value.end - 1)
        if label is None and (given is not None or not op):
            if given is None and ((one := next(ours)).name != "__name__" or _OPERATORS[str(one.op)] != "="):
                return None
            name = given if given is not None else one.value
            name_span, variables = places.span(*inner), places.variables(*inner)
            continue
        one = next(ours)
        called = one.name
        if label is None or _OPERATORS[str(one.op)] != op or _bare(label.text) not in (called, None):
            return None
        if called == "__name__" and op == "=":
            name, name_span, variables = one.value, places.span(*inner), places.variables(*inner)
            continue
        matchers.append(_matcher(called, op, one.value, label, value, places))
    return Selector(
        name=None if variables else name,
        name_span=name_span,
        span=places.span(tokens[named if named >= 0 else brace].start, tokens[last].end),
        matchers=tuple(matchers),
        variables=variables,
    )


def _matcher(name: str, op: str, content: str, label: Token, value: Token, places: Edited | Unmoved) -> Matcher:
    in_label = places.variables(label.start, label.end)
    in_value = places.variables(value.start, value.end)
    return Matcher(
        label=None if in_label else name,
        op=op,
        value=None if in_value else content,
        span=places.span(label.start, value.end),
        variables=tuple(dict.fromkeys(in_label + in_value)) if in_label else in_value,
    )


def _bare(text: str) -> str | None:
    """The label a token spells; None for a quoted one with escapes, which the parser reads better."""
    if text[0] not in "\"'`":
        return text
    return None if "\\" in text else text[1:-1]


def _unplaced(node: VectorSelector) -> Selector:
    name, matchers = node.name, []
    for one in node.matchers.matchers:
        op = _OPERATORS[str(one.op)]
        if name is None and one.name == "__name__" and op == "=":
            name = one.value
        else:
            matchers.append(Matcher(label=one.name, op=op, value=one.value, span=None))
    return Selector(name=name, name_span=None, span=None, matchers=tuple(matchers))


def _terms(tokens: tuple[Token, ...], brace: int, last: int) -> list[_Term] | None:
    """The terms between the braces, or None when they do not read as matchers."""
    found: list[_Term] = []
    index = brace + 1
    while index < last:
        label: Token | None = tokens[index]
        op, value = "", tokens[index]
        if index + 2 < last and tokens[index + 1].text in MATCH_OPERATORS:
            op, value = tokens[index + 1].text, tokens[index + 2]
            index += 3
        else:
            label = None
            index += 1
        if value.kind != "string" or (index < last and tokens[index].text != ","):
            return None
        found.append((label, op, value))
        index += 1
    return found


def _groups(tokens: tuple[Token, ...], pairs: dict[int, int]) -> list[_Group]:
    """The token groups that read as selectors, given that the whole is a query the parser took."""
    found: list[_Group] = []
    index, operand = -1, True
    last = len(tokens) - 1
    while index < last:
        index += 1
        kind, text, _, _ = tokens[index]
        if kind == "identifier":
            word = text.lower()
            following = tokens[index + 1].text if index < last else ""
            if not operand:
                if word in GROUPING and following == "(":
                    index = pairs.get(index + 1, index)
                elif word == "offset" and following:
                    index += 2 if following in ("-", "+") else 1
                else:
                    operand = word in WORD_OPERATORS
            elif not _leads(word, following):
                brace = index + 1 if following == "{" else -1
                end = pairs.get(brace, brace) if brace >= 0 else index
                found.append((index, brace, end))
                index, operand = end, False
            elif following == "(" and (word in GROUPING or word in _FILLS):
                index = pairs.get(index + 1, index)
        elif text == "[":
            index, operand = pairs.get(index, index), False
        elif operand:
            if text == "{":
                end = pairs.get(index, index)
                found.append((-1, index, end))
                index, operand = end, False
            else:
                operand = text == "(" or kind in ("operator", "separator")
        elif text == "@" and index < last:
            after = tokens[index + 1]
            index = pairs.get(index + 2, index) if after.kind == "identifier" else index + (2 if after.text in ("-", "+") else 1)
        else:
            operand = text in ("(", ",") or kind == "operator"
    return found


def _leads(word: str, following: str) -> bool:
    """Whether a word in an operand's place is no metric: it is called, groups, or belongs to an operator."""
    if following == "(" or word == "bool":
        return True
    if word in GROUPING:
        return word not in ("by", "without")
    return word in AGGREGATIONS and following.lower() in ("by", "without")
