"""An annotation that formats the alert's value as something it is not.

`humanizePercentage` multiplies by 100 what must be a ratio, `humanizeDuration` takes seconds, `humanizeTimestamp` a Unix time:
of any other value they make a number that is false, in the message that wakes somebody.

Bad:
    disk = Gauge("shop_disk_percent", help="Disk in use.", service=shop, unit=units.PERCENT, bounds=(0, 100))
    full = Alert(name="ShopDiskFull", expr="shop_disk_percent > 90", description="{{ $value | humanizePercentage }} in use.")

Bad:
    wait = Gauge("shop_wait_ms", help="Time waited.", service=shop, unit=units.MILLISECONDS)
    late = Alert(name="ShopLate", expr="shop_wait_ms > 900", description="{{ humanizeDuration $value }} of waiting.")

Good:
    disk = Gauge("shop_disk_percent", help="Disk in use.", service=shop, unit=units.PERCENT, bounds=(0, 100))
    full = Alert(name="ShopDiskFull", expr="shop_disk_percent > 90", description='{{ $value | printf "%.0f" }} % in use.')
    half = Alert(name="ShopDiskHalf", expr="shop_disk_percent / 100 > 0.5", description="{{ $value | humanizePercentage }} in use.")
    down = Alert(name="ShopDown", expr="avg_over_time(up[1h]) < 0.9", description="Up {{ $value | humanizePercentage }} of the hour.")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.placed import written
from obskit.catalog import units
from obskit.catalog.algebra import COUNTS
from obskit.catalog.unit import Quantity, Unit
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.thresholds import spoken
from obskit.lint.values import values
from obskit.semantics import Value

LEVEL: Severity = "error"

_BARE = frozenset((units.NONE, units.BOOLEAN))
_WANTED: dict[str, tuple[str, frozenset[Unit]]] = {
    "humanizePercentage": ("a ratio", frozenset((units.RATIO,))),
    "humanizeDuration": ("seconds", frozenset((units.SECONDS,))),
    "humanize1024": ("bytes", frozenset((units.BYTES, units.BITS, *COUNTS))),
    "humanizeTimestamp": ("a Unix time", frozenset((units.TIMESTAMP, units.SECONDS))),
}
_MENDED = {
    ("humanizePercentage", units.PERCENT): 'divide by 100 in the expression, or write {{ $value | printf "%.0f" }} %',
    ("humanizeDuration", units.MILLISECONDS): "divide by 1000 in the expression",
    ("humanizeDuration", units.TIMESTAMP): "compare time() - the timestamp",
    ("humanizeTimestamp", units.TIMESTAMP_MS): "divide by 1000 in the expression",
}
_COUNTED = ("rate", "increase", "counter", "count")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Values given to a function that takes another unit."""
    for asked in analysed.alerts:
        if asked.rule is None or asked.meaning is None or asked.meaning.unit is None:
            continue
        value, unit = asked.meaning.value, asked.meaning.unit
        for name, text in written(asked.rule.json.get("annotations")).items():
            wrong = [function for function in _WANTED if function in text and _wrong(value, unit, function)]
            for shown in values(text) if wrong else ():
                if shown.function in wrong:
                    what = f"takes {_WANTED[shown.function][0]}, and the value is {_said(unit)}"
                    message = f'annotation "{name}" of {asked.who}: {shown.function} {what}'
                    hint = _MENDED.get((shown.function, unit.unit), "humanize takes any number; printf any format")
                    yield Problem(message, asked.origin, hint, text, shown.span, asked.waive)


def _wrong(value: Value, unit: Quantity, function: str) -> bool:
    """Whether the unit is certain and none that the function takes. What is declared as a mere count may be anything."""
    if unit.unit in _BARE or unit == Quantity(units.SECONDS, "s"):
        return False
    if unit.unit == units.COUNT and value.type not in _COUNTED:
        return False
    takes = _WANTED[function][1]
    if function == "humanize1024":
        return unit.unit not in takes
    return unit.unit not in takes or bool(unit.per)


def _said(unit: Quantity) -> str:
    said = spoken(unit)
    return said if said.startswith("a ") else f"in {said}"
