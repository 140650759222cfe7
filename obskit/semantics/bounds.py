"""Intervals of values: what is left after arithmetic and after a comparison."""

from __future__ import annotations

from math import copysign, isnan

from obskit.semantics.value import Value

Bounds = tuple[float | None, float | None]
_BEYOND = 1e300


def combined(operator: str, one: Value, other: Value) -> Bounds:
    """Least and greatest value of `one operator other`; None where there is none, or it is unknown."""
    left, right = (one.low, one.high), (other.low, other.high)
    if operator == "+":
        return _plus(left[0], right[0]), _plus(left[1], right[1])
    if operator == "-":
        return _minus(left[0], right[1]), _minus(left[1], right[0])
    if operator == "*":
        return _times(left, right)
    if operator == "/":
        return _over(left, right)
    return None, None


def negated(value: Value) -> Bounds:
    """Of `-value`; what is never above 0 can become -0.0, by which a division goes to the other infinity."""
    return (None if value.high is None else -float(value.high)), (None if value.low is None else -float(value.low))


def at_least(one: Bounds, other: Bounds) -> Bounds:
    """Bounds of the greater of two numbers."""
    known = [low for low in (one[0], other[0]) if low is not None]
    return max(known, default=None), None if one[1] is None or other[1] is None else max(one[1], other[1])


def at_most(one: Bounds, other: Bounds) -> Bounds:
    """Bounds of the lesser of two numbers."""
    known = [high for high in (one[1], other[1]) if high is not None]
    return None if one[0] is None or other[0] is None else min(one[0], other[0]), min(known, default=None)


def refined(value: Value, operator: str, number: float) -> tuple[float | None, float | None, tuple[bool, bool]]:
    """Bounds of what passes `value operator number`, and which of them it never reaches."""
    low, high, (above, below) = value.low, value.high, value.inside
    if isnan(number):
        return low, high, value.inside
    if operator in (">", ">=", "==") and (low is None or number >= low):
        low, above = number, operator == ">"
    if operator in ("<", "<=", "==") and (high is None or number <= high):
        high, below = number, operator == "<"
    return low, high, (above, below)


def _plus(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else _sane(a + b)


def _minus(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else _sane(a - b)


def _times(left: Bounds, right: Bounds) -> Bounds:
    a, b, c, d = *left, *right
    if a is not None and b is not None and c is not None and d is not None:
        products = [_sane(x * y) for x in (a, b) for y in (c, d)]
        known = [product for product in products if product is not None]
        return (min(known), max(known)) if len(known) == len(products) else (None, None)
    if c is not None and c == d:
        return _by(left, c)
    if a is not None and a == b:
        return _by(right, a)
    return (0, None) if a is not None and c is not None and a >= 0 and c >= 0 else (None, None)


def _over(left: Bounds, right: Bounds) -> Bounds:
    low, high = right
    if low is not None and low == high and low != 0:
        return _by(left, 1 / low)
    positive = left[0] is not None and left[0] >= 0 and low is not None and low >= 0 and copysign(1, low) > 0
    return (0, None) if positive else (None, None)


def _by(bounds: Bounds, factor: float) -> Bounds:
    ends = [None if end is None else _sane(end * factor) for end in bounds]
    return (ends[0], ends[1]) if factor >= 0 else (ends[1], ends[0])


def _sane(number: float) -> float | None:
    return number if abs(number) < _BEYOND else None
