"""The algebra of units: what comes of adding, multiplying and dividing quantities. Where it is not certain, None.

A literal is neutral, except for the factors that convert a unit (60, 100, 1000, 1024, 3600, …): those are known
conversions, or nothing is known afterwards.
"""

from __future__ import annotations

from obskit.catalog import units
from obskit.catalog.unit import Quantity

COUNTS = frozenset((units.COUNT, units.EVENTS, units.TOKENS, units.USERS, units.SESSIONS))
"""Units of what is counted: numbers of things."""

_NEUTRAL = frozenset((units.NONE, units.BOOLEAN))
_RATIO = Quantity(units.RATIO)
_SECONDS = Quantity(units.SECONDS)
_TIMESTAMP = Quantity(units.TIMESTAMP)
_CONVERSIONS = frozenset((8.0, 10.0, 24.0, 60.0, 86_400.0, 604_800.0, *(1000.0**n for n in range(1, 5)), *(1024.0**n for n in range(1, 5))))
_SCALED = {
    ("*", 100.0, _RATIO): Quantity(units.PERCENT),
    ("/", 100.0, Quantity(units.PERCENT)): _RATIO,
    ("/", 100.0, Quantity(units.CENTS)): Quantity(units.USD),
    ("/", 100.0, Quantity(units.CENTS, "s")): Quantity(units.USD, "s"),
    ("/", 100.0, Quantity(units.CENTS, "h")): Quantity(units.USD, "h"),
    ("/", 100.0, Quantity(units.CENTS_PER_HOUR)): Quantity(units.USD, "h"),
    ("*", 100.0, Quantity(units.USD)): Quantity(units.CENTS),
    ("*", 100.0, Quantity(units.SECONDS, "s")): Quantity(units.PERCENT),
    ("*", 1000.0, _SECONDS): Quantity(units.MILLISECONDS),
    ("/", 1000.0, Quantity(units.MILLISECONDS)): _SECONDS,
    ("*", 1000.0, _TIMESTAMP): Quantity(units.TIMESTAMP_MS),
    ("/", 1000.0, Quantity(units.TIMESTAMP_MS)): _TIMESTAMP,
    ("/", 60.0, _SECONDS): Quantity(units.MINUTES),
    ("/", 3600.0, _SECONDS): Quantity(units.HOURS),
    ("/", 86_400.0, _SECONDS): Quantity(units.DAYS),
    ("*", 3600.0, Quantity(units.HOURS)): _SECONDS,
    ("*", 8.0, Quantity(units.BYTES)): Quantity(units.BITS),
    ("*", 8.0, Quantity(units.BYTES, "s")): Quantity(units.BITS, "s"),
    ("/", 8.0, Quantity(units.BITS)): Quantity(units.BYTES),
}


def scaled(operator: str, by: float, operand: Quantity | None) -> Quantity | None:
    """The unit of `operand * by` or `operand / by`."""
    if operand is None:
        return None
    if operator in ("+", "-", "%"):
        return operand
    if operator == "*" and by == 3600 and operand.per == "s":
        return Quantity(operand.unit, "h")
    factor = abs(float(by))
    if operator == "*" and factor in (0.01, 0.001):
        operator, factor = "/", round(1 / factor)
    if factor == 100 and operand.unit in COUNTS:
        return None
    if factor in _CONVERSIONS or factor in (100.0, 3600.0):
        return _SCALED.get((operator, float(factor), operand))
    return operand


def divided(left: Quantity | None, right: Quantity | None) -> Quantity | None:
    """The unit of `left / right`."""
    if left is None or right is None:
        return None
    if right.unit in _NEUTRAL or right == _RATIO:
        return left
    if left == right:
        return _RATIO
    if right.unit in COUNTS and left.unit not in COUNTS and right.per in ("", left.per):
        return Quantity(left.unit, "" if right.per else left.per)
    if left.per == right.per and right.unit == units.SECONDS:
        return Quantity(left.unit, "s")
    if left.per == right.per and right.unit == units.HOURS:
        return Quantity(left.unit, "h")
    return None


def multiplied(left: Quantity | None, right: Quantity | None) -> Quantity | None:
    """The unit of `left * right`."""
    if left is None or right is None:
        return None
    pairs = ((left, right), (right, left))
    for one, other in pairs:
        if one == _RATIO or (one.unit in _NEUTRAL and not one.per):
            return other
    for one, other in pairs:
        if one.per == "s" and other == _SECONDS:
            return Quantity(one.unit)
        if one.unit in COUNTS and not one.per and other.unit not in COUNTS:
            return other
    return None


def summed(operator: str, left: Quantity | None, right: Quantity | None) -> Quantity | None:
    """The unit of `left + right` or `left - right`."""
    if left is None or right is None:
        return None
    if left == right:
        return _SECONDS if operator == "-" and left == _TIMESTAMP else left
    if left == _TIMESTAMP and right == _SECONDS:
        return _TIMESTAMP
    if left.unit == right.unit and {left.per, right.per} == {"", "h"}:
        return Quantity(left.unit)
    if alike(left, right):
        return right if left.unit in _NEUTRAL else left
    return None


def alike(left: Quantity | None, right: Quantity | None) -> bool | None:
    """Whether two quantities can be added and compared; None where it cannot be told.

    What is multiplied by 3600 may be meant per hour, or be what an hour adds.
    """
    if left is None or right is None or (left.unit == right.unit and "h" in (left.per, right.per)):
        return True if left == right and left is not None else None
    if left == right or (not left.per and left.unit in _NEUTRAL) or (not right.per and right.unit in _NEUTRAL):
        return True
    if left.per == right.per and left.unit in COUNTS and right.unit in COUNTS:
        return True
    clock = {_TIMESTAMP, _SECONDS}
    return {left, right} == clock


def per_second(operand: Quantity | None) -> Quantity | None:
    """The unit of a rate of `operand`."""
    return Quantity(operand.unit, "s", operand.requests) if operand is not None and not operand.per else None


def slope(operand: Quantity | None) -> Quantity | None:
    """The unit of what a gauge of `operand` changes by in a second: nobody requests that."""
    return Quantity(operand.unit, "s") if operand is not None and not operand.per else None
