"""The selectors of a query and where they stand: the parser tells what they are, the tokens tell where.

The n-th selector of the tree is the n-th group of tokens that reads as one. Where the two do not agree on every name and
matcher, the selectors come without spans: none is better than a wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from obskit.promql.positions import Edited, Span
from obskit.promql.tokens import AGGREGATIONS, GROUPING, MATCH_OPERATORS, WORD_OPERATORS, Token, closers

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


class _Group(NamedTuple):
    """Token indices of a selector: its name's (-1: none), of its `{` (-1: none), and its last."""

    name: int
    brace: int
    last: int


class _Term(NamedTuple):
    """What stands between two commas in braces: label, operator and value tokens; a name in quotes has neither label nor operator."""

    label: Token | None
    op: str
    value: Token


def selectors(nodes: list[VectorSelector], tokens: tuple[Token, ...], edited: Edited) -> tuple[Selector, ...]:
    """The selectors of a tree, in source order. `tokens` are those of `edited.text`, without comments."""
    groups = list(_groups(tokens)) if nodes else []
    if len(groups) == len(nodes):
        placed = [_placed(node, group, tokens, edited) for node, group in zip(nodes, groups, strict=True)]
        found = tuple(selector for selector in placed if selector is not None)
        if len(found) == len(placed):
            return found
    return tuple(_unplaced(node) for node in nodes)


def _placed(node: VectorSelector, group: _Group, tokens: tuple[Token, ...], edited: Edited) -> Selector | None:
    """The node with its places, or None when the group of tokens is not this node."""
    name_token = tokens[group.name] if group.name >= 0 else None
    if name_token is not None and node.name is not None and node.name != name_token.text:
        return None
    terms = _terms(tokens, group) if group.brace >= 0 else ()
    parsed = node.matchers.matchers
    if terms is None or len(terms) != len(parsed) + (0 if node.name is None or name_token else 1):
        return None
    name, name_span = node.name, None
    variables: tuple[str, ...] = ()
    if name_token is not None:
        name_span, variables = edited.span(*name_token.span), edited.variables(*name_token.span)
    matchers: list[Matcher] = []
    ours = iter(parsed)
    for term in terms:
        inner = (term.value.start + 1, term.value.end - 1)
        if term.label is None and (node.name is not None or not term.op):
            if node.name is None and ((one := next(ours)).name != "__name__" or _OPERATORS[str(one.op)] != "="):
                return None
            name = node.name if node.name is not None else one.value
            name_span, variables = edited.span(*inner), edited.variables(*inner)
            continue
        one = next(ours)
        if term.label is None or _OPERATORS[str(one.op)] != term.op or _bare(term.label.text) not in (one.name, None):
            return None
        if one.name == "__name__" and term.op == "=":
            name, name_span, variables = one.value, edited.span(*inner), edited.variables(*inner)
            continue
        matchers.append(_matcher(one.name, term.op, one.value, term, edited))
    first = name_token.start if name_token else tokens[group.brace].start
    return Selector(
        name=None if variables else name,
        name_span=name_span,
        span=edited.span(first, tokens[group.last].end),
        matchers=tuple(matchers),
        variables=variables,
    )


def _matcher(label: str, op: str, value: str, term: _Term, edited: Edited) -> Matcher:
    start = term.label.start if term.label else term.value.start
    in_label = edited.variables(*term.label.span) if term.label else ()
    in_value = edited.variables(*term.value.span)
    return Matcher(
        label=None if in_label else label,
        op=op,
        value=None if in_value else value,
        span=edited.span(start, term.value.end),
        variables=tuple(dict.fromkeys(in_label + in_value)),
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


def _terms(tokens: tuple[Token, ...], group: _Group) -> tuple[_Term, ...] | None:
    """The terms between the braces of a group, or None when they do not read as matchers."""
    found: list[_Term] = []
    index = group.brace + 1
    while index < group.last:
        label = tokens[index]
        if index + 2 < group.last and tokens[index + 1].text in MATCH_OPERATORS:
            found.append(_Term(label, tokens[index + 1].text, tokens[index + 2]))
            index += 3
        else:
            found.append(_Term(None, "", label))
            index += 1
        if found[-1].value.kind != "string" or (index < group.last and tokens[index].text != ","):
            return None
        index += 1
    return tuple(found)


def _groups(tokens: tuple[Token, ...]) -> list[_Group]:
    """The token groups that read as selectors, given that the whole is a query the parser took."""
    found: list[_Group] = []
    pairs = closers(tokens)
    index, operand = 0, True
    count = len(tokens)
    while index < count:
        kind, text, _, _ = token = tokens[index]
        word = text.lower() if kind == "identifier" else ""
        following = tokens[index + 1] if index + 1 < count else None
        opens = following is not None and following.text == "("
        if text == "[":
            index, operand = pairs.get(index, index), False
        elif not operand:
            if word in GROUPING and opens:
                index = pairs.get(index + 1, index)
            elif word == "offset" and following is not None:
                index += 2 if following.text in ("-", "+") else 1
            elif token.text == "@" and following is not None:
                index = pairs.get(index + 2, index) if following.word() else index + (2 if following.text in ("-", "+") else 1)
            else:
                operand = token.text in ("(", ",") or token.kind == "operator" or word in WORD_OPERATORS
        elif word == "bool" or (word in GROUPING and not opens and word not in ("by", "without")):
            pass
        elif opens and (word in GROUPING or word in _FILLS):
            index = pairs.get(index + 1, index)
        elif word and (opens or (word in AGGREGATIONS and following is not None and following.word() in ("by", "without"))):
            pass
        elif word or token.text == "{":
            named = bool(word)
            brace = index + 1 if named and following is not None and following.text == "{" else (-1 if named else index)
            last = pairs.get(brace, brace) if brace >= 0 else index
            found.append(_Group(index if named else -1, brace, last))
            index, operand = last, False
        else:
            operand = token.kind in ("operator", "separator") or token.text == "("
        index += 1
    return found
