"""A quantile over everything since the process started.

The buckets of a histogram only grow. Without `rate` or `increase` around them, the quantile weighs last month like the last
minute: it hardly moves, and it jumps when a process restarts.

Bad:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 1))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("P95", "histogram_quantile(0.95, sum by (le) (shop_latency_seconds_bucket))"),
    ])

Good:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 1))
    buckets = Record(name="le:shop_latency_seconds_bucket:rate5m", expr="sum by (le) (rate(shop_latency_seconds_bucket[5m]))")
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("P95", "histogram_quantile(0.95, sum by (le) (rate(shop_latency_seconds_bucket[$__rate_interval])))"),
        timeseries("Recorded", "histogram_quantile(0.95, le:shop_latency_seconds_bucket:rate5m)"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Quantiles of buckets that are still running totals."""
    for asked, call in analysed.calls("histogram_quantile", "histogram_fraction"):
        of = call.parts[-1].value
        if of.type == "counter" and of.source is not None and of.source.is_bucket:
            name = of.source.name
            message = f'{call.function}() of "{name}" as it is tells of all that happened since the start'
            yield told(asked, message, asked.span(call), f"sum by (le) (rate({name}[5m]))")
