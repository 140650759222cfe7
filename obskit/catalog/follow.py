"""What follows from an expression's tree: the unit of its values and the labels its series keep.

Where the tree does not say, the answer is None: nothing is guessed.
"""

from __future__ import annotations

from obskit.catalog import algebra, units
from obskit.catalog.expr import Expr
from obskit.catalog.nodes import Aggregate, Binary, Call, Number, Ranged, Selector
from obskit.catalog.signal import Signal
from obskit.catalog.unit import Quantity, counted

_COMPARISONS = ("==", "!=", "<", ">", "<=", ">=")
_COUNTING = ("count_over_time", "changes", "resets")
_PER_SECOND = ("rate", "irate")
_PLAIN = ("abs", "ceil", "floor", "round", "clamp_min", "clamp_max", "scalar", "histogram_quantile")


def quantity(expr: Expr) -> Quantity | None:
    """The unit of the expression's values, or None where the tree does not tell."""
    if isinstance(expr, Signal):
        return counted(expr.name, expr.unit)
    if isinstance(expr, Selector):
        return counted(expr.signal.name, units.COUNT if expr.suffix in ("_bucket", "_count") else expr.signal.unit)
    if isinstance(expr, Ranged):
        return _ranged(expr.function, quantity(expr.operand))
    if isinstance(expr, Aggregate):
        return Quantity(units.COUNT) if expr.operation in ("count", "count_values") else quantity(expr.operand)
    if isinstance(expr, Call) and expr.function == "time":
        return Quantity(units.TIMESTAMP)
    if isinstance(expr, Call) and expr.operand is not None:
        if expr.function == "histogram_fraction":
            return Quantity(units.RATIO)
        if expr.function == "histogram_quantile":
            return observed(expr.operand)
        return quantity(expr.operand) if expr.function in _PLAIN else None
    return _binary(expr) if isinstance(expr, Binary) else None


def labels(expr: Expr) -> tuple[str, ...] | None:
    """The labels that tell the expression's series apart, or None where the tree does not tell."""
    if isinstance(expr, Aggregate):
        if expr.operation in ("topk", "bottomk"):
            return labels(expr.operand)
        if expr.without is not None:
            kept = labels(expr.operand)
            return None if kept is None else tuple(label for label in kept if label not in expr.without)
        extra = (str(expr.parameter),) if expr.operation == "count_values" else ()
        return (*(expr.by or ()), *extra)
    if isinstance(expr, Call):
        kept = labels(expr.operand) if expr.operand is not None else ()
        dropped = ("le",) if expr.function == "histogram_quantile" else ()
        return None if kept is None else tuple(label for label in kept if label not in dropped)
    if isinstance(expr, Ranged):
        return labels(expr.operand)
    if isinstance(expr, Binary):
        return _sides(expr)
    return () if isinstance(expr, Number) else None


def _ranged(function: str, operand: Quantity | None) -> Quantity | None:
    if function in _COUNTING:
        return Quantity(units.COUNT)
    if function in _PER_SECOND:
        return algebra.per_second(operand)
    if function == "deriv":
        return algebra.slope(operand)
    return operand


def observed(expr: Expr) -> Quantity | None:
    """The unit of what the histogram observes whose rate or increase this is, or None where there is none."""
    while isinstance(expr, (Aggregate, Ranged)):
        expr = expr.operand
    return Quantity(expr.signal.unit) if isinstance(expr, Selector) else None


def _binary(expr: Binary) -> Quantity | None:
    left, right = quantity(expr.left), quantity(expr.right)
    if expr.operator in (*_COMPARISONS, "and", "unless"):
        return left
    if isinstance(expr.right, Number):
        return algebra.scaled(expr.operator, expr.right.value, left)
    if isinstance(expr.left, Number):
        return algebra.scaled(expr.operator, expr.left.value, right) if expr.operator in ("*", "+", "-") else None
    if expr.operator == "or":
        return left if left == right else None
    if expr.operator in ("+", "-"):
        return algebra.summed(expr.operator, left, right)
    if expr.operator == "*":
        return algebra.multiplied(left, right)
    return algebra.divided(left, right) if expr.operator == "/" else None


def _sides(expr: Binary) -> tuple[str, ...] | None:
    if isinstance(expr.right, Number):
        return labels(expr.left)
    if isinstance(expr.left, Number):
        return labels(expr.right)
    if expr.matching.on is not None and not expr.matching.group and expr.operator not in ("and", "or", "unless"):
        return expr.matching.on
    many = expr.right if expr.matching.group == "group_right" else expr.left
    return labels(many)
