"""Where a selector's parts stand, and which variables decide them; the parser tells what it is, the tokens tell where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from obskit.promql.positions import Edited, Span
from obskit.promql.reading import NOWHERE, Selected
from obskit.promql.tokens import MATCH_OPERATORS, Token
from obskit.promql.tree import OPERATORS

if TYPE_CHECKING:
    from promql_parser import VectorSelector

_Term = tuple[Token | None, str, Token]
"""What stands between two commas in braces: label, operator and value; a name in quotes has neither label nor operator."""


class Condition(NamedTuple):
    """Where a matcher stands, and the variables in its label and in its value."""

    span: Span
    in_label: tuple[str, ...]
    in_value: tuple[str, ...]


class Standing(NamedTuple):
    """Where a selector stands, its name, and its matchers without the one that names the metric; `variables` are the name's."""

    span: Span
    name_span: Span | None
    variables: tuple[str, ...]
    matchers: tuple[Condition, ...]


def standing(node: VectorSelector, selected: Selected, tokens: tuple[Token, ...], edited: Edited) -> Standing | None:
    """Where the parts of `node` stand, or None when the tokens `selected` are not this node."""
    given = node.name
    terms: list[_Term] | None = []
    name_span: Span | None = None
    variables: tuple[str, ...] = ()
    if selected.name != NOWHERE:
        _, text, start, end = tokens[selected.name]
        if given is not None and given != text:
            return None
        name_span, variables = edited.span(start, end), edited.variables(start, end)
    if selected.brace != NOWHERE:
        terms = _terms(tokens, selected.brace, selected.last)
    parsed = node.matchers.matchers
    if terms is None or len(terms) != len(parsed) + (0 if given is None or selected.name != NOWHERE else 1):
        return None
    found: list[Condition] = []
    ours = iter(parsed)
    for label, op, value in terms:
        inner = (value.start + 1, value.end - 1)
        if label is None:
            if given is None and ((one := next(ours)).name != "__name__" or OPERATORS[str(one.op)] != "="):
                return None
            name_span, variables = edited.span(*inner), edited.variables(*inner)
            continue
        one = next(ours)
        if OPERATORS[str(one.op)] != op or bare(label.text) not in (one.name, None):
            return None
        if one.name == "__name__" and op == "=":
            name_span, variables = edited.span(*inner), edited.variables(*inner)
            continue
        span = edited.span(label.start, value.end)
        found.append(Condition(span, edited.variables(label.start, label.end), edited.variables(value.start, value.end)))
    first = selected.brace if selected.name == NOWHERE else selected.name
    return Standing(edited.span(tokens[first].start, tokens[selected.last].end), name_span, variables, tuple(found))


def bare(text: str) -> str | None:
    """The label or text a token spells; None for a quoted one with escapes, which the parser reads better."""
    if text[0] not in "\"'`":
        return text
    return None if "\\" in text else text[1:-1]


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
