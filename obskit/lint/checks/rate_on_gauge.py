"""The growth of something that is no running total is asked for.

`rate`, `irate`, `increase` and `resets` take every fall of a value for a restart and add what was there before. Of a gauge,
a summary's quantile, a time or a rate they make numbers that mean nothing. A gauge has `delta` and `deriv`; a time is
subtracted from `time()`; what is a rate already is averaged.

Bad:
    queue = Gauge("shop_queue_length", help="Orders waiting.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Queue", "sum(rate(shop_queue_length[5m]))")])

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    rule = Record(name="shop:requests:rate5m", expr="sum(rate(shop_requests_total[5m]))")
    busy = Alert(name="ShopBusy", expr="increase(shop:requests:rate5m[1h]) > 5")

Good:
    queue = Gauge("shop_queue_length", help="Orders waiting.", service=shop)
    up = Gauge("shop_up", help="Whether it answers.", service=shop, unit=units.BOOLEAN)
    native = Histogram("shop_size_bytes", help="Sizes.", service=shop, unit=units.BYTES, native=True)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Queue", "sum(delta(shop_queue_length[5m]))"),
        timeseries("Busy", "avg_over_time(sum(rate(shop_unknown[5m]))[1h:])"),
        timeseries("Went down", "resets(shop_up[1h])"),
        timeseries("Somebody else's", "rate(process_open_fds[1h])"),
        timeseries("Sizes", "sum(rate(shop_size_bytes[$__rate_interval]))"),
        timeseries("Scrapes", "rate(timestamp(up)[10m:15s])"),
    ], waive=(Waive("unknown-metric", "declared elsewhere"),))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.semantics import Call, Read

LEVEL: Severity = "error"

_HINTS = {
    "gauge": "a gauge has delta() and deriv()",
    "summary": 'a quantile does not grow; the rate of its "_count" tells how many observations there were',
    "ratio": "how it changed is delta(), its mean avg_over_time()",
    "rate": "it is per second already: avg_over_time() is its mean",
    "increase": "it is a growth already: sum_over_time() adds such up, avg_over_time() is their mean",
    "boolean": "changes() counts how often it changed, avg_over_time() is the share of the time it was 1",
    "timestamp": "how long ago it was is time() minus it; changes() counts how often it moved",
    "info": "it is always 1; changes() of a label shows in count by (…)",
}
_WORDS = {
    "gauge": "a gauge",
    "summary": "a summary's quantile",
    "ratio": "a ratio",
    "rate": "a rate already",
    "increase": "an increase already",
    "boolean": "0 or 1",
    "timestamp": "a time",
    "info": "always 1",
}
_NAMED_ONLY = frozenset(("boolean", "timestamp", "info"))
"""What a query can make on purpose, to see it fall or advance: only told of metrics that are so themselves."""


def check(analysed: Analysed) -> Iterator[Problem]:
    """Arguments of functions for counters that are known to be something else."""
    for asked, call in analysed.calls("rate", "irate", "increase", "resets"):
        kind = _other(call)
        if kind:
            of = call.parts[0]
            source = of.name if isinstance(of, Read) else of.value.source.name if of.value.source else ""
            what = f'"{source}", which is {_WORDS[kind]}' if isinstance(of, Read) else f'what is made of "{source}", {_WORDS[kind]}'
            yield told(asked, f"{call.function}() of {what}", asked.span(call), _HINTS[kind])


def _other(call: Call) -> str:
    """What the argument is, if the project declares or records what is no counter; of a query's own making only one metric's."""
    of = call.parts[0]
    kind = of.value.type
    source = of.series if isinstance(of, Read) else of.value.source
    if kind not in _WORDS or source is None or (source.signal is None and source.rule is None):
        return ""
    if call.function == "resets" and kind == "boolean":
        return ""
    if isinstance(of, Read):
        return kind
    return "" if kind in _NAMED_ONLY else kind
