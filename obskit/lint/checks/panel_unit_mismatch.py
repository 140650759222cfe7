"""A panel whose unit is not that of its query.

Seconds shown as milliseconds, a ratio shown as percent, cents shown as dollars: the curve looks right and every number on it
is wrong. What a query yields is worked out from the units of its signals and what is done to them; a panel without a unit
gets that one; a heatmap of buckets is in the unit of its histogram. Neutral units (`short`, `none`, ones of your own) are never
wrong here.

Bad:
    latency = Gauge("shop_latency_seconds", help="Latency.", service=shop, unit=units.SECONDS)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Latency", "max(shop_latency_seconds)", unit="ms")])

Bad:
    full = Gauge("shop_disk_full_ratio", help="Full.", service=shop, unit=units.RATIO)
    board = dashboard("Shop", uid="shop", panels=[stat("Disk", "max(shop_disk_full_ratio)", unit="percent")])

Bad:
    sold = Counter("shop_sold_cents_total", help="Sold.", service=shop, unit=units.CENTS, waive=(Waive("metric-name", "cents"),))
    board = dashboard("Shop", uid="shop", panels=[stat("Sold", "sum(increase(shop_sold_cents_total[1d]))", unit="currencyUSD")])

Bad:
    requests = Counter("shop_requests_total", help="Requests.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Rate", "sum(rate(shop_requests_total[5m]))", unit="percentunit")])

Bad:
    wait = Histogram("shop_wait_seconds", help="Time waited.", service=shop, unit=units.SECONDS, buckets=(0.1, 1))
    board = dashboard("Shop", uid="shop", panels=[
        heatmap("Wait", "sum by (le) (increase(shop_wait_seconds_bucket[$__rate_interval]))", unit="ms"),
    ])

Good:
    latency = Gauge("shop_latency_seconds", help="Latency.", service=shop, unit=units.SECONDS)
    full = Gauge("shop_disk_full_ratio", help="Full.", service=shop, unit=units.RATIO)
    sold = Counter("shop_sold_cents_total", help="Sold.", service=shop, unit=units.CENTS, waive=(Waive("metric-name", "cents"),))
    size = Histogram("shop_order_bytes", help="Size of orders.", service=shop, unit=units.BYTES, native=True)
    wait = Histogram("shop_wait_seconds", help="Time waited.", service=shop, unit=units.SECONDS, buckets=(0.1, 1))
    started = Gauge("shop_start_time_seconds", help="Start.", service=shop, unit=units.TIMESTAMP, waive=(Waive("metric-name", "usual"),))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Latency", "max(shop_latency_seconds) * 1000", unit="ms"),
        stat("Disk", "100 * max(shop_disk_full_ratio)", unit="percent"),
        stat("Sold", "sum(increase(shop_sold_cents_total[1d])) / 100", unit="currencyUSD"),
        stat("Started", "max(shop_start_time_seconds) * 1000", unit="dateTimeFromNow"),
        stat("Up", "time() - max(shop_start_time_seconds)", unit="dtdurations"),
        stat("Neutral", "max(shop_latency_seconds)", unit="short"),
        heatmap("Wait", "sum by (le) (increase(shop_wait_seconds_bucket[$__rate_interval]))", unit="s"),
        timeseries("Native", "sum(histogram_count(rate(shop_order_bytes[5m])))", unit="reqps"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from obskit.analysis import Analysed, Asked, Traced
from obskit.catalog.unit import Quantity, Unit
from obskit.finding import Severity
from obskit.lint.panel_units import Measure, of_panel, of_query, told
from obskit.lint.panels import drawn, unit_of
from obskit.lint.problem import Problem
from obskit.model import Panel

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Panels whose unit measures something else than a query of theirs, or in another scale."""
    for panel, asked in drawn(analysed):
        for one, quantity in asked:
            yield from _judged(panel, unit_of(panel), one, quantity)
    for buckets in analysed.queries:
        unit = _of_buckets(buckets)
        if buckets.panel is not None and unit is not None:
            axis = _member(_member(buckets.panel.json, "options"), "yAxis").get("unit")
            shown = axis if isinstance(axis, str) and axis else unit_of(buckets.panel)
            yield from _judged(buckets.panel, shown, buckets, Quantity(unit))


def _judged(panel: Panel, unit: str, one: Asked | Traced, quantity: Quantity) -> Iterator[Problem]:
    shown, yields = of_panel(unit), of_query(quantity)
    if shown is not None and yields is not None and not _agree(shown, yields):
        message = f'{panel.name} shows {told(quantity)} in the unit "{unit}"{_off(shown, yields)}'
        yield Problem(message, one.origin, _hint(quantity), one.text, None, one.waive)


def _of_buckets(asked: Asked) -> Unit | None:
    """The unit of the histogram whose buckets a heatmap draws."""
    if asked.panel is None or asked.panel.kind != "heatmap" or _member(asked.panel.json, "options").get("calculate"):
        return None
    if asked.meaning is None or "le" not in asked.meaning.value.labels.names or _member(asked.panel.json, "fieldConfig").get("overrides"):
        return None
    units = {series.signal.unit if series.is_bucket and series.signal is not None else None for series in asked.meaning.series}
    return units.pop() if len(units) == 1 and not asked.panel.json.get("transformations") else None


def _member(value: dict[str, Any], key: str) -> dict[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def _agree(shown: Measure, yields: Measure) -> bool:
    if shown.of == yields.of:
        return abs(shown.scale / yields.scale - 1) < 1e-9
    return yields.of == "ratio" and shown == Measure("time")  # seconds per second, as processor time is often shown


def _off(shown: Measure, yields: Measure) -> str:
    if shown.of != yields.of:
        return ""
    factor = shown.scale / yields.scale
    return f": {factor:g} times too large" if factor > 1 else f": {1 / factor:g} times too small"


def _hint(quantity: Quantity) -> str:
    fits = quantity.grafana
    return f'leave the unit out, or unit="{fits}", or convert in the query' if fits else "convert in the query, or choose a neutral unit"
