"""An alert that compares percent with a number below 1, or a ratio with one far above.

0.9 of a metric that counts to 100 is nearly nothing, and 90 of one that counts to 1 is never reached; for a metric whose bounds
the catalogue knows the latter is an error of its own. A summary that names the number with its sign ("0.5 %") settles it.

Bad:
    disk = Gauge("shop_disk_percent", help="Disk in use.", service=shop, unit=units.PERCENT, bounds=(0, 100))
    full = Alert(name="ShopDiskFull", expr="shop_disk_percent > 0.9", severity="warning")

Bad:
    used = Gauge("shop_pool_used_ratio", help="Pool in use.", service=shop, unit=units.RATIO, bounds=(0, 1))
    full = Alert(name="ShopPoolFull", expr="shop_pool_used_ratio * 100 > 0.9", severity="warning")

Bad:
    used = Gauge("shop_pool_used_ratio", help="Pool in use.", service=shop, unit=units.RATIO)
    full = Alert(name="ShopPoolFull", expr="shop_pool_used_ratio > 90", severity="warning")

Good:
    disk = Gauge("shop_disk_percent", help="Disk in use.", service=shop, unit=units.PERCENT, bounds=(0, 100))
    loss = Gauge("shop_packet_loss_percent", help="Packets lost.", service=shop, unit=units.PERCENT, bounds=(0, 100))
    used = Gauge("shop_pool_used_ratio", help="Pool in use.", service=shop, unit=units.RATIO, bounds=(0, 1))
    full = Alert(name="ShopDiskFull", expr="shop_disk_percent > 90", severity="warning")
    pool_full = Alert(name="ShopPoolFull", expr="shop_pool_used_ratio * 100 > 1", severity="warning")
    lossy = Alert(name="ShopPacketLoss", expr="shop_packet_loss_percent > 0.5", severity="warning", summary="Over 0.5 % are lost")
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from obskit.analysis import Analysed, Asked
from obskit.catalog import units
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.thresholds import Limit, limit, named, verdict
from obskit.lint.wording import Wording
from obskit.semantics import Binary, Node

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Thresholds that look like the other unit's."""
    for asked, binary in analysed.binaries:
        found = limit(binary) if asked.in_alert and not verdict(binary) else None
        meant = _meant(found) if found is not None else None
        if found is not None and meant is not None and not _said(asked, found.number):
            unit = "percent, 0 to 100" if meant > found.number else "a ratio, where 1 is 100 %"
            message = f"{named(found.node)} is {unit}, and the threshold is {found.number:g}"
            yield told(asked, message, asked.span(found.at), f"did you mean {found.operator} {meant:g}?")


def _meant(found: Limit) -> float | None:
    """The number in the declared unit of the metric, if the one there hardly is in it. Of what was calculated, percent alone is judged."""
    value, number = found.node.value, found.number
    if _made_percent(found.node):
        return number * 100 if 0 < number < 1 else None
    if isinstance(found.node, Binary) or value.source is None or value.source.signal is None or value.unit is None:
        return None
    if value.source.signal.unit != value.unit.unit or value.unit.per:
        return None
    if value.unit.unit == units.PERCENT and (0.5 if found.operator in (">", ">=") else 0) < number + 1e-9 and 0 < number < 1:
        return number * 100
    if value.unit.unit == units.RATIO and value.high is None and 10 <= number <= 100:
        return number / 100
    return None


def _made_percent(node: Node) -> bool:
    """Whether a ratio was multiplied by 100 here."""
    unit = node.value.unit
    by_hundred = isinstance(node, Binary) and node.operator == "*" and any(part.value.low == part.value.high == 100 for part in node.parts)
    return by_hundred and unit is not None and unit.unit == units.PERCENT and not unit.per


def _said(asked: Asked, number: float) -> bool:
    """Whether the alert's texts name the number as percent."""
    return asked.rule is not None and any(isclose(percent, number) for percent in Wording(asked.rule).percents)
