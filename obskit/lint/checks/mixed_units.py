"""Values of different units on one axis.

Seconds beside requests: one of the curves lies flat on the bottom, and the axis tells the truth about the other at most.
Give one of them a unit and an axis of its own by an override, or a panel of its own.

Bad:
    latency = Gauge("shop_latency_seconds", help="Latency.", service=shop, unit=units.SECONDS)
    memory = Gauge("shop_memory_bytes", help="Memory.", service=shop, unit=units.BYTES)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Both", "max(shop_latency_seconds)", "max(shop_memory_bytes)", unit="short")])

Good:
    latency = Gauge("shop_latency_seconds", help="Latency.", service=shop, unit=units.SECONDS)
    worst = Gauge("shop_worst_latency_seconds", help="Latency.", service=shop, unit=units.SECONDS)
    memory = Gauge("shop_memory_bytes", help="Memory.", service=shop, unit=units.BYTES)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Latency", "max(shop_latency_seconds)", "max(shop_worst_latency_seconds)"),
        timeseries("Both", "max(shop_latency_seconds)", "max(shop_memory_bytes)", unit="s",
                   overrides=[override("B", unit="bytes", custom__axisPlacement="right")]),
        table("Side by side", "max(shop_latency_seconds)", "max(shop_memory_bytes)"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.panel_units import of_query, told
from obskit.lint.panels import drawn
from obskit.lint.problem import Problem

LEVEL: Severity = "warning"

_ONE_AXIS = frozenset(("timeseries", "barchart", "piechart"))


def check(analysed: Analysed) -> Iterator[Problem]:
    """Panels with one axis and two measures."""
    for panel, asked in drawn(analysed):
        if panel.kind not in _ONE_AXIS:
            continue
        quantity = asked[0][1]
        for other, its in asked[1:]:
            one, two = of_query(quantity), of_query(its)
            if one is not None and two is not None and one != two:
                message = f"{panel.name} shows {told(quantity)} and {told(its)} on one axis"
                hint = "a unit and an axis of its own by an override, or a panel of its own"
                yield Problem(message, other.origin, hint, other.text, None, other.waive)
                break
