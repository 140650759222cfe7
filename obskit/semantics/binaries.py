"""The meaning of a binary operator: which series meet, what unit and bounds come of it.

Vector matching: the Prometheus documentation of operators, and its engine (`promql/engine.go`, 3.x).
"""

from __future__ import annotations

from obskit.catalog import algebra, units
from obskit.catalog.unit import Quantity
from obskit.semantics.bounds import Bounds, combined, refined
from obskit.semantics.containing import is_part
from obskit.semantics.functions import RATIO
from obskit.semantics.labels import Labels
from obskit.semantics.nodes import COMPARISONS, MIRRORED, SETS, Binary, Matching, Node, Number
from obskit.semantics.value import Type, Value

_WHOLE: Bounds = (0, 1)
_BOOLEAN = Quantity(units.BOOLEAN)


def joined(operator: str, left: Node, right: Node, matching: Matching, returns_bool: bool) -> Value:
    """What `left operator right` yields."""
    one, other = left.value, right.value
    if operator in SETS:
        return _either(one, other) if operator == "or" else one
    scalars = one.kind == other.kind == "scalar"
    if operator in COMPARISONS:
        if returns_bool or scalars:
            return Value("scalar" if scalars else "vector", "boolean", _BOOLEAN, _labels(one, other, matching), 0, 1)
        return _filtered(operator, left, right, _labels(one, other, matching))
    if operator == "/" and (factored := _factored(left)) is not None and not scalars and other.kind != "scalar":
        return _scaled_quotient(*factored, left, right, matching)
    kind: Type = _type(operator, one, other)
    unit = _unit(operator, left, right)
    if operator == "/" and is_part(left, right, matching):
        low, high = _WHOLE
    else:
        low, high = combined(operator, one, other)
    merged = one.merged or other.merged
    source = one.source if other.kind == "scalar" else other.source if one.kind == "scalar" and operator in ("*", "+") else None
    return Value("scalar" if scalars else "vector", kind, unit, _labels(one, other, matching), low, high, (False, False), source, merged)


def _factored(node: Node) -> tuple[float, Node] | None:
    """The number and the other side of `100 * x` or `x * 100`; None for anything else."""
    if not isinstance(node, Binary) or node.operator != "*":
        return None
    for number, rest in ((node.left, node.right), (node.right, node.left)):
        if isinstance(number, Number) and not number.variable and rest.value.kind == "vector":
            return number.number, rest
    return None


def _scaled_quotient(factor: float, inner: Node, left: Node, right: Node, matching: Matching) -> Value:
    """`100 * a / b`, which binds as `(100 * a) / b` and means 100 times the quotient."""
    one, other = inner.value, right.value
    quotient = algebra.divided(one.unit, other.unit)
    low, high = combined("/", left.value, other)
    if factor >= 0 and is_part(inner, right, matching):
        low, high = 0, factor
    labels = _labels(left.value, other, matching)
    kind: Type = _type("/", one, other)
    return Value(
        "vector", kind, algebra.scaled("*", factor, quotient), labels, low, high, (False, False), None, one.merged or other.merged
    )


def _filtered(operator: str, left: Node, right: Node, labels: Labels) -> Value:
    """The side with series, where the comparison holds."""
    turned = left.value.kind == "scalar"
    kept, bound = (right, left) if turned else (left, right)
    of = kept.value
    low, high, inside = of.low, of.high, of.inside
    if isinstance(bound, Number) and not bound.variable:
        low, high, inside = refined(of, MIRRORED[operator] if turned else operator, bound.number)
    return Value("vector", of.type, of.unit, labels, low, high, inside, of.source, of.merged)


def _either(one: Value, other: Value) -> Value:
    same = one.type == other.type
    unit = one.unit if one.unit == other.unit or other.type == "absence" else None
    low = None if one.low is None or other.low is None else min(one.low, other.low)
    high = None if one.high is None or other.high is None else max(one.high, other.high)
    source = one.source if one.source is other.source else None
    kind: Type = one.type if same or other.type == "absence" else ""
    return Value("vector", kind, unit, one.labels.union(other.labels), low, high, (False, False), source, one.merged or other.merged)


def _type(operator: str, one: Value, other: Value) -> Type:
    if other.kind == "scalar" or one.kind == "scalar":
        if operator == "-" and one.type == other.type == "timestamp":
            return "gauge"
        if one.kind == "scalar" and operator in ("/", "-", "%", "^"):
            return other.type if operator == "-" and other.type in ("ratio", "boolean") else ""
        type_ = other.type if one.kind == "scalar" else one.type
        if type_ == "timestamp" and operator == "-":
            return "gauge"
        return type_ if operator in ("+", "-", "*", "/") else ""
    if operator in ("*", "/") and (one.type == "counter") != (other.type == "counter") and "info" not in (one.type, other.type):
        return ""
    if operator == "/":
        return "ratio" if algebra.divided(one.unit, other.unit) == RATIO else "gauge" if one.unit and other.unit else ""
    if operator in ("+", "-") and one.type == other.type:
        return "gauge" if one.type in ("timestamp", "boolean") else one.type if operator == "+" or one.type != "counter" else ""
    if operator == "*":
        return one.type if other.type == "info" else other.type if one.type == "info" else "gauge" if one.type and other.type else ""
    return ""


def _unit(operator: str, left: Node, right: Node) -> Quantity | None:
    one, other = left.value.unit, right.value.unit
    if isinstance(right, Number):
        return None if right.variable and operator in ("*", "/") else algebra.scaled(operator, right.number, one)
    if isinstance(left, Number):
        if operator not in ("*", "+", "-"):
            return None
        return None if left.variable and operator == "*" else algebra.scaled(operator, left.number, other)
    if operator in ("+", "-"):
        return algebra.summed(operator, one, other)
    if operator == "*":
        return algebra.multiplied(one, other)
    return algebra.divided(one, other) if operator == "/" else None


def _labels(one: Value, other: Value, matching: Matching) -> Labels:
    if one.kind == "scalar":
        return _nameless(other.labels)
    if other.kind == "scalar":
        return _nameless(one.labels)
    if matching.group:
        many, few = (one, other) if matching.group == "group_left" else (other, one)
        added = {label: few.labels.names.get(label) for label in matching.include if not few.labels.lacks(label)}
        return many.labels.without(matching.include).plus(added)
    if matching.on is not None:
        return one.labels.only(matching.on)
    return one.labels.without(matching.ignoring or ())


def _nameless(labels: Labels) -> Labels:
    return labels.without(()) if "__name__" in labels.names else labels
