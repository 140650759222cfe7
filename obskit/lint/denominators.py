"""Denominators that can be 0 although nothing guards them, and what comes of that."""

from __future__ import annotations

from obskit.lint.trees import between_vectors, compared, scaled
from obskit.semantics import Aggregate, Binary, Call, Negated, Node, Number
from obskit.semantics.containing import is_part
from obskit.semantics.nodes import COMPARISONS, SETS

_LIKE_ITS_SERIES = frozenset(("sum", "avg", "min", "max"))


def is_open_division(node: Binary) -> bool:
    """Whether series are divided by series that can be 0, as far as that is known."""
    return node.operator in ("/", "%") and between_vectors(node) and can_be_zero(node.right)


def can_be_zero(node: Node) -> bool:
    """Whether 0 is known to be among its values. Where only a comparison or `or` could keep it away, that is believed."""
    while True:
        if isinstance(node, Negated) or (isinstance(node, Aggregate) and node.operation in _LIKE_ITS_SERIES):
            node = node.parts[-1]
        elif isinstance(node, Binary) and node.operator in ("*", "/") and not between_vectors(node):
            node = node.left if node.left.value.kind == "vector" else node.right
        else:
            break
    if isinstance(node, Binary) and (node.operator in SETS or (node.operator in COMPARISONS and not isinstance(node.right, Number))):
        return False
    if isinstance(node, Binary) and node.operator == "!=" and isinstance(node.right, Number):
        return False
    value = node.value
    if value.type in ("rate", "increase") and (value.low is None or value.low < 0):
        return True  # nothing happened, whatever is counted
    if value.kind != "vector" or value.low is None or value.low > 0 or (value.low == 0 and value.inside[0]):
        return False
    return value.high is None or value.high >= 0


def zero_together(node: Binary) -> bool:
    """Whether the numerator is 0 too when the denominator is, so that the result is no number, but never infinite."""
    if is_part(node.left, node.right) or _is_share(scaled(node.left), compared(node.right)):
        return True
    one, other = node.left.value.source, node.right.value.source
    if one is None or other is None:
        return False
    if one.signal is other.signal is not None and other.suffix == "_count" != one.suffix:
        return True
    if one.rule is None or other.rule is None:
        return False
    return _counts(node.right) if one.name == other.name else one.name.replace("_sum", "_count", 1) == other.name


def _counts(node: Node) -> bool:
    """Whether the number of observations of a native histogram is asked for here: without any, their sum is 0 too."""
    while isinstance(node, Aggregate) or (isinstance(node, Call) and node.function != "histogram_count"):
        node = node.parts[-1]
    return isinstance(node, Call)


def _is_share(left: Node, right: Node) -> bool:
    """Whether the right side sums what the left side reads by fewer labels: of what is not negative, each is 0 when the sum is."""
    if not isinstance(right, Aggregate) or right.operation != "sum" or right.without is not None:
        return False
    if isinstance(left, Aggregate):
        finer = left.operation == "sum" and left.without is None and {*(right.by or ())} <= {*(left.by or ())}
        return finer and is_part(left.operand, right.operand)
    return is_part(left, right.operand)


def is_declared(node: Node) -> bool:
    """Whether what it is made from stands in a catalogue or a recording rule."""
    source = node.value.source
    return source is not None and (source.signal is not None or source.rule is not None)


def fires_at_infinity(root: Node, division: Node) -> bool:
    """Whether +Inf from `division` passes the comparison around it. Not so where it is uncertain, or traffic is asked for too."""
    above = _above(root, division)
    rising, passed = True, False
    below = division
    for node in above:
        if isinstance(node, Negated):
            rising = not rising
        elif isinstance(node, Binary) and node.operator in COMPARISONS and not passed:
            mirrored = below is node.right
            up = node.operator in (("<", "<=") if mirrored else (">", ">="))
            passed = node.operator == "!=" or (up if rising else node.operator != "==" and not up)
            if not passed:
                return False
        elif isinstance(node, Binary) and node.operator in ("and", "unless"):
            if below is node.left and _names(division) & _names(node.right):
                return False
        elif isinstance(node, Binary) and node.operator == "or":
            pass
        elif isinstance(node, Binary) and node.operator in "+-*/" and not between_vectors(node):
            rising = rising is not (node.operator == "-" and below is node.right)
        elif not (isinstance(node, Aggregate) and node.operation in _LIKE_ITS_SERIES):
            return False
        below = node
    return passed


def _above(root: Node, node: Node) -> list[Node]:
    """The nodes around `node`, from the nearest to the root."""
    parents: dict[int, Node] = {}
    waiting = [root]
    while waiting:
        one = waiting.pop()
        parents.update((id(part), one) for part in one.parts)
        waiting += one.parts
    found: list[Node] = []
    while id(node) in parents:
        node = parents[id(node)]
        found.append(node)
    return found


def _names(node: Node) -> set[str]:
    """The metrics that a division's denominator, or anything else, reads."""
    waiting = [node.parts[1] if isinstance(node, Binary) and node.operator in ("/", "%") else node]
    names: set[str] = set()
    while waiting:
        one = waiting.pop()
        names.add(getattr(one, "name", ""))
        waiting += one.parts
    return names - {""}
