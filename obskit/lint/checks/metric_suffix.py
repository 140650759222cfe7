"""A query asks for a part that the metric does not have.

A histogram is not a series but several: `_bucket`, `_count` and, unless it observes negative values, `_sum`. A native one is
a single series without endings; a counter usually ends in `_total`. A panel on the bare name, or on an ending of another
kind, stays empty, and an alert on it never fires.

Bad:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 1))
    board = dashboard("Shop", uid="shop", panels=[heatmap("Latency", "shop_latency_seconds")])

Bad:
    change = Histogram("shop_price_change_ratio", help="Change of price.", service=shop, unit=units.RATIO, buckets=(-0.1, 0, 0.1))
    board = dashboard("Shop", uid="shop", panels=[timeseries("Change", "sum(rate(shop_price_change_ratio_sum[5m]))")])

Bad:
    size = Histogram("shop_order_bytes", help="Size of orders.", service=shop, unit=units.BYTES, native=True)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Size", "histogram_quantile(0.9, sum by (le) (rate(shop_order_bytes_bucket[5m])))"),
    ])

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", "sum(rate(shop_requests[5m]))")])

Good:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 1))
    size = Histogram("shop_order_bytes", help="Size of orders.", service=shop, unit=units.BYTES, native=True)
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    old = Record(name="shop_requests", expr="sum without () (shop_requests_total)")
    board = dashboard("Shop", uid="shop", panels=[
        heatmap("Latency", "sum by (le) (increase(shop_latency_seconds_bucket[$__rate_interval]))"),
        timeseries("Size", "histogram_quantile(0.9, sum(rate(shop_order_bytes[$__rate_interval])))"),
        timeseries("Requests", "sum(rate(shop_requests[$__rate_interval]))"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.suffixes import Slip, Suffixes
from obskit.lint.telling import told

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Names that no declared metric has, but for their ending."""
    if not analysed.declares_signals:
        return
    suffixes = Suffixes(analysed.known)
    slips: dict[str, Slip | None] = {}
    for asked in analysed.queries:
        for selector in asked.parsed.selectors:
            name = selector.name
            if name is None or selector.variables:
                continue
            if name not in slips:
                slips[name] = suffixes.slip(name)
            slip = slips[name]
            if slip is not None:
                yield told(asked, slip.message, selector.name_span, slip.hint)
