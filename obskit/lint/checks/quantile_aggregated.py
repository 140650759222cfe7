"""The mean or the sum of quantiles.

A 95th percentile of everything is not the mean of the 95th percentiles of the parts: a quiet part weighs as much as a busy
one. Add up the buckets and take one quantile of that. A summary computes its quantiles in the client and cannot be
aggregated at all; its mean can: the rate of `_sum` over the rate of `_count`. The worst of several quantiles (`max`) is fine.

Bad:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 1))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("P95", "avg(histogram_quantile(0.95, sum by (le, instance) (rate(shop_latency_seconds_bucket[$__rate_interval]))))"),
    ])

Bad:
    pause = Summary("shop_pause_seconds", help="Pauses.", service=shop, unit=units.SECONDS, quantiles=(0.5, 0.99))
    long = Alert(name="ShopPauses", expr='avg by (job) (shop_pause_seconds{quantile="0.99"}) > 0.1')

Good:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 1))
    pause = Summary("shop_pause_seconds", help="Pauses.", service=shop, unit=units.SECONDS, quantiles=(0.5, 0.99))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("P95", "histogram_quantile(0.95, sum by (le) (rate(shop_latency_seconds_bucket[$__rate_interval])))"),
        timeseries("Worst", "max(histogram_quantile(0.95, sum by (le, instance) (rate(shop_latency_seconds_bucket[$__rate_interval]))))"),
        timeseries("Outliers", "avg(histogram_quantile(1, sum by (le, instance) (rate(shop_latency_seconds_bucket[5m]))))"),
        timeseries("Slow", "sum(histogram_quantile(0.95, sum by (le, instance) (rate(shop_latency_seconds_bucket[5m]))) > bool 0.1)"),
        timeseries("Named", "sum by (job) (histogram_quantile(0.95, sum by (le, job) (rate(shop_latency_seconds_bucket[5m]))))"),
        timeseries("Pause", "max(shop_pause_seconds)"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.recorded import Recorded
from obskit.lint.telling import told
from obskit.semantics import Aggregate, Binary, Call, Negated, Node, Number, Read
from obskit.semantics.aggregates import PICKS

LEVEL: Severity = "warning"

_MIXING = frozenset(("avg", "sum"))
_DEEPEST = 5


def check(analysed: Analysed) -> Iterator[Problem]:
    """Sums and means over several quantiles."""
    recorded = Recorded(analysed)
    for asked, node in analysed.aggregates:
        if node.operation not in _MIXING or not _merges(node):
            continue
        what = _quantiles(node.operand, recorded)
        if what:
            hint = "the rate of its _sum over the rate of its _count is a mean" if what == "summary" else _HINT
            yield told(asked, f"the {'mean' if node.operation == 'avg' else 'sum'} of quantiles is no quantile", asked.span(node), hint)


_HINT = "one quantile of all: histogram_quantile(…, sum by (le) (rate(…_bucket[5m]))); max(…) is the worst of them"


def _merges(node: Aggregate) -> bool:
    """Whether more than one series of the operand can end in one of the result."""
    given, kept = node.operand.value.labels, node.value.labels
    if given.open:
        return node.without is None or bool(node.without)
    dropped = (values for name, values in given.names.items() if name not in kept.names and name != "__name__")
    return any(values is None or len(values) > 1 for values in dropped)


def _quantiles(node: Node, recorded: Recorded, deep: int = 0) -> str:
    """Which quantiles a node yields, as they are or scaled: "histogram", "summary", or empty for none."""
    while True:
        if isinstance(node, Call) and node.function == "histogram_quantile":
            of = node.parts[0]
            return "" if isinstance(of, Number) and of.number in (0, 1) else "histogram"  # the least and the greatest value
        if isinstance(node, Read):
            return _read(node, recorded, deep)
        if isinstance(node, Negated) or (isinstance(node, Aggregate) and node.operation in PICKS):
            node = node.parts[-1]
        elif isinstance(node, Binary) and not node.returns_bool and node.right.value.kind == "scalar":
            node = node.left
        elif isinstance(node, Binary) and not node.returns_bool and node.left.value.kind == "scalar" and node.operator in ("*", "+"):
            node = node.right
        else:
            return ""


def _read(node: Read, recorded: Recorded, deep: int) -> str:
    if node.series is None:
        return ""
    if node.series.type == "summary" and node.series.rule is None:
        return "summary"
    if node.series.rule is not None and deep < _DEEPEST:
        return next(filter(None, (_quantiles(root, recorded, deep + 1) for root in recorded.roots(node.name))), "")
    return ""
