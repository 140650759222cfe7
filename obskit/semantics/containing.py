"""Whether one side of a division is a part of the other, so that the ratio lies between 0 and 1."""

from __future__ import annotations

from obskit.promql import Matcher
from obskit.semantics.nodes import COMPARISONS, Aggregate, Binary, Call, Matching, Node, Number, Read

_ADDING = frozenset(("sum", "count"))
_COUNTING = frozenset(("rate", "increase", "irate", "sum_over_time", "count_over_time"))
_ALL = Matching()
"""All labels have to match."""


def is_part(left: Node, right: Node, matching: Matching = _ALL) -> bool:
    """Whether everything that `left` adds up, `right` adds up too: same metric, window and grouping, and no further matcher.

    A guard on the right (`> 0`) is looked through; a histogram's bucket is a part of its count. Where not all labels have to
    match, a series could meet another one than that it is a part of: because several do, or its own is left out by a guard.
    """
    whole = unguarded(right)
    if matching.group == "group_right" or ((matching.on is not None or matching.ignoring) and _nonzero(right) is not whole):
        return False
    return _is_part(left, whole)


def _is_part(left: Node, right: Node) -> bool:
    if isinstance(left, Aggregate) and isinstance(right, Aggregate):
        if left.operation != right.operation or left.operation not in _ADDING or not _same_grouping(left, right):
            return False
        return _is_part(left.operand, _nonzero(right.operand) if left.operation == "sum" else right.operand)
    if isinstance(left, Call) and isinstance(right, Call):
        if left.function != right.function or left.function not in _COUNTING or len(left.parts) != 1:
            return False
        return _is_part(left.parts[0], right.parts[0])
    if isinstance(left, Read) and isinstance(right, Read):
        return _same_metric(left, right) and (left.window, left.offset) == (right.window, right.offset) and _narrower(left, right)
    return False


def unguarded(node: Node) -> Node:
    """The node without a comparison with a number around it."""
    while isinstance(node, Binary) and node.operator in COMPARISONS and not node.returns_bool and isinstance(node.right, Number):
        node = node.left
    return node


def _nonzero(node: Node) -> Node:
    """The node without guards that leave out nothing but zeros around it."""
    while isinstance(node, Binary) and node.operator in (">", "!=") and not node.returns_bool and _is_zero(node.right):
        node = node.left
    return node


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and node.number == 0 and not node.variable


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
    if one is None or other is None or one.signal is None or one.signal is not other.signal:
        return False
    pinned = any(matcher.label == "le" and matcher.op == "=" for matcher in left.selector.matchers)
    return one.is_bucket and pinned and other.suffix == "_count"


def _narrower(left: Read, right: Read) -> bool:
    mine = {_plain(matcher) for matcher in left.selector.matchers}
    return all(_plain(matcher) in mine for matcher in right.selector.matchers)


def _plain(matcher: Matcher) -> tuple[str | None, str, str | None, tuple[str, ...]]:
    return matcher.label, matcher.op, matcher.value, matcher.variables
