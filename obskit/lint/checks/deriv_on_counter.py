"""The slope of a running total, where its rate is meant.

`deriv` fits a line through the values as they are: a restart within the window bends it down. `rate` is per second too and
sees through restarts. Of a sum, over a subquery, a slope can be meant, and is left alone.

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", "sum(deriv(shop_requests_total[5m]))")])

Good:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    queue = Gauge("shop_queue_length", help="Orders waiting.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Requests", "sum(rate(shop_requests_total[$__rate_interval]))"),
        timeseries("Queue", "deriv(shop_queue_length[5m])"),
        timeseries("In an hour", "sum(shop_requests_total) + deriv(sum(shop_requests_total)[1h:5m]) * 3600"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.semantics import Read

LEVEL: Severity = "info"


def check(analysed: Analysed) -> Iterator[Problem]:
    """`deriv` of the samples of a counter."""
    for asked, call in analysed.calls("deriv"):
        of = call.parts[0]
        if isinstance(of, Read) and of.value.type == "counter":
            message = f'deriv() of the counter "{of.name}" bends when it restarts'
            yield told(asked, message, asked.span(call), "rate() is its growth per second")
