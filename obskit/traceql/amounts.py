"""What arithmetic of constants comes to, as Tempo calculates it outside of braces."""

from __future__ import annotations

from obskit.traceql.tree import Binary, Constant, Unary

_FURTHEST = 2.0**1023


def amount(node: object) -> int | float:
    """The number; durations in nanoseconds. Division of whole numbers drops the rest, by zero it is infinite or no number."""
    if isinstance(node, Unary):
        return -amount(node.operand)
    if isinstance(node, Binary):
        left, right = amount(node.left), amount(node.right)
        if isinstance(left, float) or isinstance(right, float):
            return _of_floats(node.op, _float(left), _float(right))
        return _of_integers(node.op, left, right)
    return node.value if isinstance(node, Constant) and isinstance(node.value, int | float) else 0


def _float(number: int | float) -> float:
    return float(number) if abs(number) <= _FURTHEST else float("inf") if number > 0 else float("-inf")


def _of_integers(op: str, left: int, right: int) -> int | float:
    if op == "/":
        if right == 0:
            return _of_floats(op, float(left > 0) - float(left < 0), 0.0)
        whole = abs(left) // abs(right)
        return whole if (left < 0) == (right < 0) else -whole
    return left + right if op == "+" else left - right if op == "-" else left * right


def _of_floats(op: str, left: float, right: float) -> float:
    if op != "/":
        return left + right if op == "+" else left - right if op == "-" else left * right
    if right == 0:
        return float("nan") if left == 0 or left != left else float("inf") if left > 0 else float("-inf")
    return left / right
