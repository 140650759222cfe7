"""Why a comparison never or always holds, in words, and what was probably meant."""

from __future__ import annotations

from math import isfinite

from obskit.analysis import Asked
from obskit.catalog import units
from obskit.catalog.unit import Quantity
from obskit.lint.thresholds import Limit, between, limit, named, verdict
from obskit.promql import Span
from obskit.semantics import Aggregate, Binary, Call, Number


def place(asked: Asked, binary: Binary) -> Span | None:
    """Where the number of a comparison stands, else its operator."""
    found = limit(binary)
    number = asked.span(found.at) if found is not None and isinstance(found.at, Number) else None
    return number or asked.span(binary)


def reason(binary: Binary) -> str:
    """`sum of "x" is between 0 and 1, so "> 1.44" never holds`."""
    found = limit(binary)
    if found is not None:
        return f'{named(found.node)} is {between(found.node.value)}, so "{found.operator} {found.number:g}" {verdict(binary)} holds'
    left, right = binary.left, binary.right
    sides = f"{named(left)} is {between(left.value)} and {named(right)} {between(right.value)}"
    return f'{sides}, so "{binary.operator}" {verdict(binary)} holds'


def advice(binary: Binary) -> str:
    """What to write instead of a comparison that never holds."""
    found = limit(binary)
    if found is None:
        return "compare what can be equal"
    value, number = found.node.value, found.number
    if found.operator in ("==", "<", "<=") and number < 2 and value.low == 1 and value.type == "count":
        counted = "count_over_time" if isinstance(found.node, Call) else "count"
        instead = "absent_over_time(…)" if counted == "count_over_time" else "absent(…)"
        filled = f"({counted}(…) or vector(0)) {found.operator} {number:g}"
        return f"{counted}() of nothing is nothing, not 0: ask {instead}, or write {filled}"
    if isinstance(found.node, Aggregate) and value.low == 1 and value.high == 1:
        return "ask absent(…)"
    unit = value.unit
    if unit is not None and value.high is not None and number > value.high:
        meant = _meant(found)
        if meant:
            return meant
        if _highest_bucket(found) == value.high:
            return f"no bucket is above {value.high:g}: add one above {number:g} to the histogram, or lower the threshold"
        if unit.unit == units.RATIO and value.high <= 1:
            return "the objective is too low for this factor: leave this one out, or take a smaller factor"
    return f"choose a number that it can be, {between(value)}"


def advice_always(binary: Binary) -> str:
    """What to write instead of a comparison that always holds."""
    found = limit(binary)
    return (_meant(found) if found is not None else "") or "ask for a value that is out of the ordinary"


def _meant(found: Limit) -> str:
    """The number in the unit of the value where the one there is too high and seems to be in percent, or milliseconds."""
    value, number = found.node.value, found.number
    if value.unit is None or value.high is None or number <= value.high:
        return ""
    if value.unit.unit == units.RATIO and value.high <= 1 and 1 < number <= 100 and number == int(number):
        return f"a ratio of 1 is 100 %: did you mean {found.operator} {number / 100:g}?"
    if value.unit == Quantity(units.SECONDS) and number / 1000 < value.high:
        buckets = value.source.buckets if value.source is not None else ()
        if not buckets or (number > 10 * value.high and number / 1000 >= min(buckets)):
            return f"the value is in seconds: did you mean {found.operator} {number / 1000:g}?"
    return ""


def _highest_bucket(found: Limit) -> float | None:
    source = found.node.value.source
    return max((bound for bound in source.buckets if isfinite(bound)), default=None) if source is not None else None
