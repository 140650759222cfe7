"""The buckets of several series are combined by something else than their sum.

Buckets count; a histogram of everything has the sum of the counts. The greatest or least count of each bucket belongs to no
histogram at all, and a quantile of it is no quantile of anything. (A maximum over copies of the same series is fine.)

Bad:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS,
        labels=(Label("endpoint", at_most=50),), buckets=(0.1, 1))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("P95", "histogram_quantile(0.95, max by (le) (rate(shop_latency_seconds_bucket[$__rate_interval])))"),
    ])

Good:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS,
        labels=(Label("endpoint", at_most=50),), buckets=(0.1, 1))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("P95", "histogram_quantile(0.95, sum by (le) (rate(shop_latency_seconds_bucket[$__rate_interval])))"),
        timeseries("Of copies", "histogram_quantile(0.95, sum by (le) (max without (replica) (rate(shop_latency_seconds_bucket[5m]))))"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.semantics import Aggregate, walk

LEVEL: Severity = "error"

_WRONG = frozenset(("max", "min", "count", "group", "stddev", "stdvar", "quantile"))


def check(analysed: Analysed) -> Iterator[Problem]:
    """Aggregations inside `histogram_quantile` that merge series of a histogram, and are no sum."""
    for asked, call in analysed.calls("histogram_quantile", "histogram_fraction"):
        for node in walk(call.parts[-1]):
            if isinstance(node, Aggregate) and node.operation in _WRONG and (label := _merged(node)):
                message = f'{call.function}() of the {node.operation} of buckets, over each "{label}"'
                yield told(asked, message, asked.span(node), f"buckets are added up: sum by ({', '.join(node.by or ('le',))}) (…)")


def _merged(node: Aggregate) -> str:
    """A label of the histogram's own whose values the aggregation merges; empty if there is none."""
    of = node.operand.value
    if of.source is None or of.source.signal is None or not of.source.is_bucket or node.value.labels.lacks("le"):
        return ""
    for label in of.source.signal.label_names:
        values = of.labels.names.get(label, frozenset())
        if (values is None or len(values) > 1) and node.value.labels.lacks(label):
            return label
    return ""
