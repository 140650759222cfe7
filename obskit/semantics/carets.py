"""Where a node of a query stands in the author's text; worked out when a finding asks."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.promql import Parsed, Span, places
from obskit.semantics.nodes import Aggregate, Binary, Call, Node, Number, Read, Subquery, Text


class Carets:
    """Places of one query's nodes, as spans of the author's text; None where a place is not certain."""

    def __init__(self, parsed: Parsed, root: Node) -> None:
        self._parsed = parsed
        self._places = places(parsed)
        self._positions: dict[int, int] = {}
        counts: dict[type[Node], int] = {}
        for node in _in_source_order(root):
            kind = type(node)
            self._positions[id(node)] = counts.get(kind, 0)
            counts[kind] = counts.get(kind, 0) + 1

    def node(self, node: Node) -> Span | None:
        """The word of a node: a selector's name, a function's, an operator, a number."""
        at = self._positions[id(node)]
        if isinstance(node, Read):
            selector = self._parsed.selectors[node.position]
            return selector.name_span or selector.span
        if isinstance(node, Call):
            return self._places.call(at)
        if isinstance(node, Aggregate):
            return self._places.aggregate(at)
        if isinstance(node, Binary):
            return self._places.operator(at)
        if isinstance(node, Number):
            return self._places.number(at)
        if isinstance(node, Text):
            return self._places.string(at)
        return self._places.subquery(at) if isinstance(node, Subquery) else self.node(node.parts[0])

    def label(self, node: Node, label: str) -> Span | None:
        """A label in the lists of an aggregation or an operator."""
        at = self._positions[id(node)]
        if isinstance(node, Aggregate):
            return self._places.aggregate_label(at, label)
        return self._places.operator_label(at, label) or self._places.operator_group_label(at, label)

    def grouping(self, node: Aggregate | Binary) -> Span | None:
        """The whole `by (…)`, `on (…)`, or the word itself where there is none."""
        at = self._positions[id(node)]
        found = self._places.aggregate_grouping(at) if isinstance(node, Aggregate) else self._places.operator_matching(at)
        return found or self.node(node)

    def window(self, node: Read | Subquery) -> Span | None:
        """The duration between the brackets."""
        return self._places.range_of(node.position) if isinstance(node, Read) else self._places.subquery(self._positions[id(node)])

    def offset(self, node: Read) -> Span | None:
        return self._places.offset_of(node.position)

    def matcher(self, node: Read, label: str) -> Span | None:
        """The first matcher of a label."""
        found = (matcher.span for matcher in self._parsed.selectors[node.position].matchers if matcher.label == label)
        return next(found, None)


def _in_source_order(root: Node) -> Iterator[Node]:
    """Every node by the order of its word: a function's before its arguments, an operator between its sides, `[1h:]` after its part."""
    waiting: list[tuple[Node, bool]] = [(root, False)]
    while waiting:
        node, opened = waiting.pop()
        if isinstance(node, Binary | Subquery) and not opened:
            waiting += ((node.parts[-1], False),) if isinstance(node, Binary) else ()
            waiting += ((node, True), (node.parts[0], False))
            continue
        yield node
        if not opened:
            waiting += ((part, False) for part in reversed(node.parts))
