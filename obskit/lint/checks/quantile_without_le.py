"""A quantile of something that carries no buckets.

`histogram_quantile` works on the `le` label of a histogram's buckets. When an aggregation drops `le`, or when what is asked
has none (a gauge, the `_sum` of a histogram), the answer is empty: the panel shows nothing and the alert never fires. A
native histogram needs no `le`.

Bad:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 1))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("P95", "histogram_quantile(0.95, sum by (job) (rate(shop_latency_seconds_bucket[$__rate_interval])))"),
    ])

Bad:
    queue = Gauge("shop_queue_length", help="Orders waiting.", service=shop)
    slow = Alert(name="ShopQueue", expr="histogram_quantile(0.95, shop_queue_length) > 5")

Good:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 1))
    size = Histogram("shop_order_bytes", help="Size of orders.", service=shop, unit=units.BYTES, native=True)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("P95", "histogram_quantile(0.95, sum by (job, le) (rate(shop_latency_seconds_bucket[$__rate_interval])))"),
        timeseries("Size", "histogram_quantile(0.95, sum by (job) (rate(shop_order_bytes[$__rate_interval])))"),
    ])

Good:
    recorded = Record(name="job:http_request_duration_seconds:rate5m", expr="sum by (job) (rate(http_request_duration_seconds[5m]))")
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Native, where no catalogue tells", "histogram_quantile(0.9, sum(job:http_request_duration_seconds:rate5m))"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.finding import Severity
from obskit.lint.native import may_be_native
from obskit.lint.problem import Problem
from obskit.lint.recorded import Recorded
from obskit.lint.telling import told
from obskit.semantics import Aggregate, Call, Node, Read, walk

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Arguments of quantile functions that certainly lack `le`, and are certainly no native histogram."""
    recorded = Recorded(analysed)
    for asked, call in analysed.calls("histogram_quantile", "histogram_fraction", "histogram_quantiles"):
        of = call.parts[0] if call.function == "histogram_quantiles" else call.parts[-1]
        if of.value.labels.lacks("le") and not may_be_native(of, recorded):
            yield _told(asked, call, of)


def _told(asked: Asked, call: Call, of: Node) -> Problem:
    for node in walk(of):
        if isinstance(node, Aggregate) and not node.operand.value.labels.lacks("le"):
            kept = ", ".join(("le", *(node.by or ())))
            hint = f"keep it: {node.operation} by ({kept}) (…)" if node.without is None else "leave it out of without (…)"
            message = f'{call.function}() gets no buckets: {node.operation} drops "le"'
            return told(asked, message, asked.carets.grouping(node), hint)
    read = next((node for node in walk(of) if isinstance(node, Read) and node.value.labels.lacks("le")), None)
    if read is not None and read.series is not None:
        what = {"gauge": "a gauge", "summary": "a summary"}.get(read.series.type, "no histogram's bucket")
        signal = read.series.signal
        buckets = signal is not None and f"{signal.name}_bucket" in signal.series_names
        hint = f'ask "{signal.name}_bucket"' if signal is not None and buckets else "it is for the buckets of a histogram"
        return told(asked, f'{call.function}() of "{read.name}", which is {what}', asked.span(read), hint)
    return told(asked, f'{call.function}() gets no buckets: "le" is lost on the way', asked.span(call), "keep the label le")
