"""A comparison behind `or` that belongs to both sides, and binds to the last one only.

Comparisons bind closer than `or`: `x or vector(0) < 1` is `x or (vector(0) < 1)`. The left side is compared with nothing, so the
alert fires whenever it has a series, whatever its value. Parentheses say what is meant: `(x or vector(0)) < 1`. A left side that
has series on a condition only (a comparison, `absent(…)`, `and`), or that is a yes or no itself, is left alone.

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    idle = Alert(name="ShopIdle", expr="sum(rate(shop_requests_total[5m])) or vector(0) < 1", severity="warning")

Bad:
    waiting = Gauge("shop_orders_waiting", help="Orders waiting.", service=shop)
    held = Gauge("shop_orders_held", help="Orders held.", service=shop)
    full = Alert(name="ShopFull", expr="shop_orders_waiting or shop_orders_held > 5", severity="warning")

Good:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    waiting = Gauge("shop_orders_waiting", help="Orders waiting.", service=shop)
    idle = Alert(name="ShopIdle", expr="(sum(rate(shop_requests_total[5m])) or vector(0)) < 1", severity="warning")
    full = Alert(name="ShopFull", expr="shop_orders_waiting > 9 or sum(rate(shop_requests_total[5m])) > 5", severity="warning")
    gone = Alert(name="ShopGone", expr="absent(shop_orders_waiting) or shop_orders_waiting > 5", severity="warning")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.catalog import units
from obskit.finding import Severity
from obskit.lint.outcomes import conditional
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.thresholds import filters, limit, named
from obskit.semantics import Binary, Call, Node, Read

LEVEL: Severity = "warning"

_CONDITIONS = frozenset(("boolean", "absence", "info"))


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts in which only what follows the last `or` is compared."""
    for asked in analysed.alerts:
        root = asked.meaning.root if asked.meaning is not None else None
        if isinstance(root, Binary) and root.operator == "or" and isinstance(root.right, Binary) and filters(root.right):
            raw = next((side for side in _sides(root.left) if not _condition(side)), None)
            if raw is not None:
                message = f'{asked.who} fires whenever {named(raw)} has a series: only the right side of "or" is compared'
                yield told(asked, message, asked.span(root), _hint(root.right))


def _sides(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        side = waiting.pop()
        if isinstance(side, Binary) and side.operator == "or":
            waiting += reversed(side.parts)
        else:
            yield side


def _condition(side: Node) -> bool:
    """Whether a side has series on a condition only, says yes or no, or is nothing known that could say otherwise."""
    value = side.value
    yes_or_no = value.type in _CONDITIONS or (value.unit is not None and value.unit.unit == units.BOOLEAN)
    compared = isinstance(side, Binary) and side.returns_bool
    fixed = value.low is not None and value.low == value.high
    alerts = isinstance(side, Read) and (side.name == "ALERTS" or (side.series is not None and side.series.rule is not None))
    unknown = isinstance(side, Read) and side.series is None
    return yes_or_no or compared or fixed or alerts or unknown or value.kind != "vector" or conditional(side)


def _hint(right: Binary) -> str:
    found = limit(right)
    if found is None:
        return "put parentheses around what is meant"
    asks = f"{found.operator} {found.number:g}"
    if isinstance(found.node, Call) and found.node.function == "vector":
        return f"write (… or vector({found.node.value.low or 0:g})) {asks}"
    return f"compare both sides: … {asks} or … {asks}, or write (… or …) {asks}"
