"""The difference of a running total over time, which a restart makes negative.

`delta` and `idelta` are for gauges: they take the last value and the first as they are. When the process restarts in
between, the difference is a large negative number. `increase` is the same for counters, restarts seen through.

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", "sum(delta(shop_requests_total[5m]))")])

Good:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    queue = Gauge("shop_queue_length", help="Orders waiting.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Requests", "sum(increase(shop_requests_total[$__rate_interval]))"),
        timeseries("Queue", "sum(delta(shop_queue_length[5m]))"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.semantics import Read

LEVEL: Severity = "warning"

_INSTEAD = {"delta": "increase(…) is what it gained", "idelta": "irate(…) is its growth per second between the last two samples"}


def check(analysed: Analysed) -> Iterator[Problem]:
    """`delta` and `idelta` of counters."""
    for asked, call in analysed.calls("delta", "idelta"):
        of = call.parts[0]
        if of.value.type == "counter":
            name = of.name if isinstance(of, Read) else of.value.source.name if of.value.source else "a running total"
            message = f'{call.function}() of the counter "{name}" is negative when it restarts'
            yield told(asked, message, asked.span(call), _INSTEAD[call.function])
