"""When an alert fires, in a few words: a threshold, where that is all that decides."""

from __future__ import annotations

from obskit.render.docs._words import COMPARED, fixed, number
from obskit.semantics import Aggregate, Binary, Call, Node
from obskit.semantics.nodes import COMPARISONS

_SETS = ("and", "unless")


def limit(root: Node) -> str:
    """As in "above 0.1 (10 %)"; empty where the outermost operator compares with no number, or what it compares is left out at times."""
    if not isinstance(root, Binary) or root.operator not in COMPARED or root.returns_bool:
        return ""
    compared = fixed(root.right)
    if compared is None or _filters(root.left, counting=root.operator in (">", ">=")):
        return ""
    return f"{COMPARED[root.operator]} {number(compared, root.left.value.unit)}"


def _filters(node: Node, *, counting: bool) -> bool:
    """Whether values are missing because of what they are; with `counting`, a count of what is left is a value like any other."""
    if isinstance(node, Binary):
        if (node.operator in COMPARISONS and not node.returns_bool) or node.operator in _SETS:
            return True
        if node.operator == "/" and _guards(node.right):
            return _filters(node.left, counting=False)
    if counting and (
        (isinstance(node, Aggregate) and node.operation == "count") or (isinstance(node, Call) and node.function == "count_over_time")
    ):
        return False
    return any(_filters(part, counting=False) for part in node.parts)


def _guards(divisor: Node) -> bool:
    """Whether it is a divisor without its zeros, by which nothing can be divided."""
    if not isinstance(divisor, Binary) or divisor.operator not in (">", "!=") or divisor.returns_bool:
        return False
    return fixed(divisor.right) == 0 and not _filters(divisor.left, counting=False)
