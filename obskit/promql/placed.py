"""The place of every part of a query in the author's text, worked out when a reader wants to point at one; see `places`.

The parser tells no places. The n-th part of a kind in the tree is the n-th group of tokens that reads as one; where tree and
tokens do not agree, every part of that kind is without a place: none is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from obskit.promql.lexical import worth
from obskit.promql.positions import Span
from obskit.promql.reading import NOWHERE, Called, Numbered, Operated, Reading, Selected
from obskit.promql.standing import Standing, bare, standing
from obskit.promql.tree import Parts, parts

if TYPE_CHECKING:
    from promql_parser import Expr

    from obskit.promql.written import Written

_Node = Any  # the library's nodes have no common shape
_Part = TypeVar("_Part")


class Places:
    """Where the parts of a query stand: spans in the author's text, None where that is not certain.

    Parts are numbered from 0 by kind, in source order: calls and aggregations by their names (parents first), operators by
    their signs (left side, operator, right side), subqueries by their brackets (inner ones first), numbers, strings and
    selectors as they come. What a Grafana variable stands for is at the variable.
    """

    def __init__(self, written: Written, ast: Expr | None) -> None:
        self._written = written
        self._ast = ast

    def call(self, number: int) -> Span | None:
        """The name of a function."""
        found = _at(self._calls, number)
        return self._span(found.name) if found else None

    def aggregate(self, number: int) -> Span | None:
        """The name of an aggregation."""
        found = _at(self._aggregates, number)
        return self._span(found.name) if found else None

    def aggregate_grouping(self, number: int) -> Span | None:
        """The `by (..)` or `without (..)` of an aggregation."""
        found = _at(self._aggregates, number)
        return self._listed(found.grouping) if found else None

    def aggregate_label(self, number: int, label: str) -> Span | None:
        """A label in the list of an aggregation."""
        found = _at(self._aggregates, number)
        return self._label(found.grouping, label) if found else None

    def operator(self, number: int) -> Span | None:
        """A binary operator's sign or word."""
        found = _at(self._operators, number)
        return self._span(found.sign) if found else None

    def operator_matching(self, number: int) -> Span | None:
        """The `on (..)` or `ignoring (..)` of an operator."""
        found = _at(self._operators, number)
        return self._listed(found.matching) if found else None

    def operator_label(self, number: int, label: str) -> Span | None:
        """A label in `on (..)` or `ignoring (..)`."""
        found = _at(self._operators, number)
        return self._label(found.matching, label) if found else None

    def operator_group_label(self, number: int, label: str) -> Span | None:
        """A label in `group_left (..)` or `group_right (..)`."""
        found = _at(self._operators, number)
        return self._label(found.group, label) if found else None

    def number(self, number: int) -> Span | None:
        """A number, with the sign that is part of it in the tree."""
        found = _at(self._numbers, number)
        return self._span(found.first, found.number) if found else None

    def string(self, number: int) -> Span | None:
        """A string that is an argument, with its quotes."""
        found = _at(self._strings, number)
        return self._span(found) if found is not None else None

    def subquery(self, number: int) -> Span | None:
        """The `[range:step]` of a subquery."""
        found = _at(self._subqueries, number)
        return self._span(found, self._reading.pairs.get(found, found)) if found is not None else None

    def range_of(self, selector: int) -> Span | None:
        """The duration in the `[..]` behind a selector."""
        found = _at(self._selectors, selector)
        if found is None or found.range == NOWHERE:
            return None
        close = self._reading.pairs.get(found.range, NOWHERE)
        return self._span(found.range + 1, close - 1) if close - found.range > 1 else None

    def offset_of(self, selector: int) -> Span | None:
        """The duration behind the `offset` of a selector, with its sign."""
        found = _at(self._selectors, selector)
        return self._span(*found.offset) if found and found.offset else None

    def selector(self, number: int) -> Span | None:
        """A selector's name and braces, without range and offset."""
        found = _at(self.standing, number)
        return found.span if found else None

    def selector_name(self, number: int) -> Span | None:
        """A selector's name; of one in quotes, what is between them."""
        found = _at(self.standing, number)
        return found.name_span if found else None

    def matcher(self, selector: int, number: int) -> Span | None:
        """A matcher of a selector, those that name the metric not counted."""
        found = _at(self.standing, selector)
        condition = _at(found.matchers, number) if found else None
        return condition.span if condition else None

    @cached_property
    def standing(self) -> tuple[Standing, ...]:
        """Where each selector stands; empty when tree and tokens do not agree on one."""
        pairs = zip(self._parts.selectors, self._selectors, strict=False)  # agreed upon, or empty
        found = [standing(node, selected, self._reading.tokens, self._written.edited) for node, selected in pairs]
        return tuple([one for one in found if one is not None]) if None not in found else ()

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self._written.words)

    @cached_property
    def _parts(self) -> Parts:
        return parts(self._ast)

    @cached_property
    def _calls(self) -> Sequence[Called]:
        return self._agreed(self._reading.calls, self._parts.calls, lambda read, node: self._text(read.name) == node.func.name)

    @cached_property
    def _aggregates(self) -> Sequence[Called]:
        return self._agreed(self._reading.aggregates, self._parts.aggregates, self._is_aggregate)

    @cached_property
    def _operators(self) -> Sequence[Operated]:
        return self._agreed(self._reading.operators, self._parts.operators, self._is_operator)

    @cached_property
    def _numbers(self) -> Sequence[Numbered]:
        return self._agreed(self._reading.numbers, self._parts.numbers, self._is_number)

    @cached_property
    def _strings(self) -> Sequence[int]:
        return self._agreed(self._reading.strings, self._parts.strings, lambda read, node: bare(self._text(read)) in (node.val, None))

    @cached_property
    def _subqueries(self) -> Sequence[int]:
        return self._agreed(self._reading.subqueries, self._parts.subqueries, lambda _read, _node: True)

    @cached_property
    def _selectors(self) -> Sequence[Selected]:
        return self._agreed(self._reading.selectors, self._parts.selectors, self._is_selector)

    @staticmethod
    def _agreed(read: Sequence[_Part], nodes: Sequence[_Node], same: Callable[[_Part, _Node], bool]) -> Sequence[_Part]:
        if len(read) != len(nodes) or not all(same(one, node) for one, node in zip(read, nodes, strict=True)):
            return ()
        return read

    def _is_aggregate(self, read: Called, node: _Node) -> bool:
        modifier = node.modifier
        if self._text(read.name).lower() != str(node.op).strip() or (modifier is None) != (read.grouping == NOWHERE):
            return False
        return modifier is None or len(self._labels(read.grouping)) == len(modifier.labels)

    def _is_operator(self, read: Operated, node: _Node) -> bool:
        matching = node.modifier.matching if node.modifier else None
        if self._text(read.sign).lower() != str(node.op).strip() or (matching is None) != (read.matching == NOWHERE):
            return False
        return matching is None or len(self._labels(read.matching)) == len(matching.labels)

    def _is_number(self, read: Numbered, node: _Node) -> bool:
        signs = [self._text(index) for index in range(read.first, read.number)]
        value = worth(self._reading.tokens[read.number]) * (-1) ** signs.count("-")
        wanted: float = node.val
        return value == wanted or (value != value and wanted != wanted)  # NaN is not itself

    def _is_selector(self, read: Selected, node: _Node) -> bool:
        name: str | None = node.name
        return name is None if read.name == NOWHERE else name == self._text(read.name)

    def _text(self, index: int) -> str:
        return self._reading.tokens[index].text

    def _span(self, first: int, last: int = NOWHERE) -> Span:
        tokens = self._reading.tokens
        return self._written.edited.span(tokens[first].start, tokens[first if last == NOWHERE else last].end)

    def _labels(self, keyword: int) -> list[int]:
        """The tokens of the labels in the list behind a keyword."""
        close = self._reading.pairs.get(keyword + 1, NOWHERE)
        return [index for index in range(keyword + 2, close) if self._text(index) != ","]

    def _label(self, keyword: int, label: str) -> Span | None:
        if keyword == NOWHERE:
            return None
        return next((self._span(index) for index in self._labels(keyword) if bare(self._text(index)) == label), None)

    def _listed(self, keyword: int) -> Span | None:
        """A keyword with its list, if it has one."""
        return None if keyword == NOWHERE else self._span(keyword, self._reading.pairs.get(keyword + 1, keyword))


def _at(found: Sequence[_Part], number: int) -> _Part | None:
    return found[number] if 0 <= number < len(found) else None
