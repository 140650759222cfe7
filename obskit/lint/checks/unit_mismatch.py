"""Quantities of different units that are added, subtracted or compared.

Bytes plus seconds is nothing; seconds over milliseconds is off by a thousand, cents over dollars by a hundred, a rate over
what grew in five minutes by three hundred. Prometheus computes them all. A number written in the query has no unit.

Bad:
    memory = Gauge("shop_memory_bytes", help="Memory in use.", service=shop, unit=units.BYTES)
    uptime = Gauge("shop_uptime_seconds", help="Time since the start.", service=shop, unit=units.SECONDS)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Both", "shop_memory_bytes + shop_uptime_seconds")])

Bad:
    wait = Gauge("shop_wait_seconds", help="Time waited.", service=shop, unit=units.SECONDS)
    most = Gauge("shop_wait_limit_ms", help="Time to wait at most.", service=shop, unit=units.MILLISECONDS)
    late = Alert(name="ShopLate", expr="max_over_time(shop_wait_seconds[5m]) > shop_wait_limit_ms")

Bad:
    paid = Counter("shop_paid_usd_total", help="Paid.", service=shop, unit=units.USD)
    owed = Counter("shop_owed_cents_total", help="Owed.", service=shop, unit=units.CENTS)
    open = Record(name="shop:open:increase1h", expr="increase(shop_owed_cents_total[1h]) - increase(shop_paid_usd_total[1h])")

Good:
    wait = Gauge("shop_wait_seconds", help="Time waited.", service=shop, unit=units.SECONDS)
    most = Gauge("shop_wait_limit_ms", help="Time to wait at most.", service=shop, unit=units.MILLISECONDS)
    late = Alert(name="ShopLate", expr="max_over_time(shop_wait_seconds[5m]) * 1000 > shop_wait_limit_ms and shop_wait_seconds > 5")
    traffic = Counter("shop_sent_bytes_total", help="Sent.", service=shop, unit=units.BYTES)
    speed = Gauge("shop_network_speed_bytes", help="Bytes the network takes per second.", service=shop, unit=units.BYTES)
    busy = Alert(name="ShopNetworkBusy", expr="rate(shop_sent_bytes_total[5m]) > shop_network_speed_bytes * 0.9")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.catalog import units
from obskit.catalog.algebra import COUNTS, alike
from obskit.catalog.unit import Quantity, Unit
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.thresholds import named, spoken
from obskit.semantics import Value
from obskit.semantics.nodes import COMPARISONS

LEVEL: Severity = "error"

_DONE = {"+": "added", "-": "subtracted", **dict.fromkeys(COMPARISONS, "compared")}
_COUNTED = ("rate", "increase", "counter")
_FACTORS: dict[frozenset[Unit], tuple[Unit, int]] = {
    frozenset((units.SECONDS, units.MILLISECONDS)): (units.SECONDS, 1000),
    frozenset((units.MINUTES, units.SECONDS)): (units.MINUTES, 60),
    frozenset((units.HOURS, units.SECONDS)): (units.HOURS, 3600),
    frozenset((units.DAYS, units.SECONDS)): (units.DAYS, 86_400),
    frozenset((units.USD, units.CENTS)): (units.USD, 100),
    frozenset((units.RATIO, units.PERCENT)): (units.RATIO, 100),
    frozenset((units.BYTES, units.BITS)): (units.BYTES, 8),
    frozenset((units.TIMESTAMP, units.TIMESTAMP_MS)): (units.TIMESTAMP, 1000),
}


def check(analysed: Analysed) -> Iterator[Problem]:
    """Operators between unlike quantities."""
    for asked, binary in analysed.binaries:
        one, other = binary.left.value, binary.right.value
        if one.unit is None or other.unit is None or binary.operator not in _DONE:
            continue
        if alike(one.unit, other.unit) is False and not (_excused(one, other) or _excused(other, one)):
            sides = f"{named(binary.left)} is in {spoken(one.unit)}, {named(binary.right)} in {spoken(other.unit)}"
            message = f"{sides}: they cannot be {_DONE[binary.operator]}"
            yield told(asked, message, asked.span(binary), _hint(one.unit, other.unit))


def _excused(one: Value, other: Value) -> bool:
    """Whether the difference may be one of declaration only.

    Counts are what signals are that declare nothing; a gauge may be a limit per second, which no unit says; processor
    seconds per second are processors; a unit of the author's own may be any other one's.
    """
    mine, theirs = one.unit, other.unit
    assert mine is not None
    assert theirs is not None
    if mine.unit == units.COUNT and one.type not in _COUNTED:
        return True
    if mine == Quantity(units.SECONDS, "s") or (mine.unit == units.RATIO and theirs.unit in COUNTS):
        return True
    if mine.unit == theirs.unit or (mine.unit in COUNTS and theirs.unit in COUNTS):
        return one.type not in _COUNTED
    return mine.unit not in _OURS and (bool(theirs.per) or mine.unit.grafana == theirs.grafana)


_OURS = frozenset(value for value in vars(units).values() if isinstance(value, Unit))


def _hint(one: Quantity, other: Quantity) -> str:
    if one.unit == other.unit or (one.unit in COUNTS and other.unit in COUNTS):
        return "compare what grew with what grew, or a rate with a rate"
    factor = _FACTORS.get(frozenset((one.unit, other.unit))) if one.per == other.per else None
    if factor is not None:
        return f"multiply the {factor[0].name} by {factor[1]}"
    return "compare like with like; if the units are wrong, mend them in the catalogue"
