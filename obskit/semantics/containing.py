"""Whether one side of a division is a part of the other, so that the ratio lies between 0 and 1."""

from __future__ import annotations

from obskit.promql import Matcher
from obskit.semantics.nodes import COMPARISONS, Aggregate, Binary, Call, Node, Number, Read

_ADDING = frozenset(("sum", "count"))
_COUNTING = frozenset(("rate", "increase", "irate", "sum_over_time", "count_over_time"))


def is_part(left: Node, right: Node) -> bool:
    """Whether everything that `left` adds up, `right` adds up too: same metric, window and grouping, and no further matcher.

    A guard on the right (`> 0`) is looked through; a histogram's bucket is a part of its count.
    """
    right = unguarded(right)
    if isinstance(left, Aggregate) and isinstance(right, Aggregate):
        if left.operation != right.operation or left.operation not in _ADDING or not _same_grouping(left, right):
            return False
        return is_part(left.operand, right.operand)
    if isinstance(left, Call) and isinstance(right, Call):
        if left.function != right.function or left.function not in _COUNTING or len(left.parts) != 1:
            return False
        return is_part(left.parts[0], right.parts[0])
    if isinstance(left, Read) and isinstance(right, Read):
        return _same_metric(left, right) and (left.window, left.offset) == (right.window, right.offset) and _narrower(left, right)
    return False


def unguarded(node: Node) -> Node:
    """The node without a comparison with a number around it."""
    while isinstance(node, Binary) and node.operator in COMPARISONS and not node.returns_bool and isinstance(node.right, Number):
        node = node.left
    return node


def _same_grouping(left: Aggregate, right: Aggregate) -> bool:
    return _set(left.by) == _set(right.by) and _set(left.without) == _set(right.without)


def _set(names: tuple[str, ...] | None) -> frozenset[str]:
    return frozenset(names or ())


def _same_metric(left: Read, right: Read) -> bool:
    if left.value.low is None or left.value.low < 0 or left.fixed or right.fixed:
        return False
    if left.name and left.name == right.name:
        return not (left.series and left.series.is_bucket)
    one, other = left.series, right.series
    return one is not None and other is not None and one.signal is other.signal is not None and one.is_bucket and other.suffix == "_count"


def _narrower(left: Read, right: Read) -> bool:
    mine = {_plain(matcher) for matcher in left.selector.matchers}
    return all(_plain(matcher) in mine for matcher in right.selector.matchers)


def _plain(matcher: Matcher) -> tuple[str | None, str, str | None, tuple[str, ...]]:
    return matcher.label, matcher.op, matcher.value, matcher.variables
