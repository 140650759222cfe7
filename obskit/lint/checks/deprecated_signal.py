"""A query asks for a signal that is deprecated.

It works today. The declaration says what to use instead, and the signal will go one day.

Bad:
    old = Counter("shop_hits_total", help="Requests served.", service=shop, deprecated="use shop_requests_total")
    board = dashboard("Shop", uid="shop", panels=[timeseries("Hits", old.rate().sum())])

Good:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", requests.rate().sum())])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Metric names in PromQL whose signal is deprecated."""
    old = {name: signal for name, signal in analysed.known.series.items() if signal.deprecated}
    for asked in analysed.queries if old else ():
        for selector in asked.parsed.selectors:
            signal = old.get(selector.name or "")
            if signal is not None:
                message = f'metric "{signal.name}" is deprecated'
                yield Problem(message, asked.origin, signal.deprecated, asked.text, selector.name_span, asked.waive)
