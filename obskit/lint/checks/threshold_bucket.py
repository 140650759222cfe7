"""An alert on a quantile whose threshold is no bound of the histogram.

Between two bounds `histogram_quantile` knows nothing and draws a straight line: with bounds of 1 and 10, a threshold of 2 is
crossed by requests of 1.1 s as well as by requests of 9 s. A bound at the threshold makes the answer exact.

Bad:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 1, 10))
    slow = Alert(name="ShopSlow", expr="histogram_quantile(0.95, sum by (job, le) (rate(shop_latency_seconds_bucket[5m]))) > 2")

Good:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 1, 2, 10))
    slow = Alert(name="ShopSlow", expr="histogram_quantile(0.95, sum by (job, le) (rate(shop_latency_seconds_bucket[5m]))) > 2")
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from math import isclose

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.thresholds import limit, verdict
from obskit.semantics import Aggregate, Call, Node

LEVEL: Severity = "info"

_SAME = ("min", "max", "min_over_time", "max_over_time", "last_over_time")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Thresholds between two bounds."""
    for asked, binary in analysed.binaries:
        found = limit(binary) if asked.in_alert and not verdict(binary) else None
        quantile = _quantile(found.node) if found is not None else None
        source = quantile.value.source if quantile is not None else None
        if found is None or source is None or not source.buckets:
            continue
        bounds, number = source.buckets, found.number
        if number <= 0 or number > bounds[-1] or any(isclose(number, bound) for bound in bounds):
            continue
        at = bisect(bounds, number)
        before = f"between {bounds[at - 1]:g} and {bounds[at]:g}" if at else f"below {bounds[0]:g}"
        name = source.signal.name if source.signal is not None else source.name
        message = f'the quantile is interpolated {before}: the threshold {number:g} is no bound of "{name}"'
        near = f"take {bounds[at]:g}, or add {number:g} to the buckets"
        yield told(asked, message, asked.span(found.at), near)


def _quantile(node: Node) -> Call | None:
    """The quantile of a histogram that a node passes on as it is."""
    while isinstance(node, (Call, Aggregate)):
        word = node.function if isinstance(node, Call) else node.operation
        if isinstance(node, Call) and word == "histogram_quantile":
            return node
        if word not in _SAME:
            return None
        node = node.parts[-1]
    return None
