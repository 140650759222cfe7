"""A matcher excludes a value that the label never has.

`method!="get"` leaves nothing out when the values are upper case: the series that was meant to go stays in the sum.

Bad:
    method = Label("method", values=("GET", "POST"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(method,))
    board = dashboard("Shop", uid="shop", panels=[timeseries("Writes", 'sum(rate(shop_requests_total{method!="get"}[5m]))')])

Good:
    method = Label("method", values=("GET", "POST"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(method,))
    board = dashboard("Shop", uid="shop", panels=[timeseries("Writes", 'sum(rate(shop_requests_total{method!="GET"}[5m]))')])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.label_values import asks, impossible
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """`!=` and `!~` of impossible values."""
    own = frozenset(analysed.project.services)
    for asked, read, matcher in asks(analysed):
        if matcher.op in ("!=", "!~"):
            found = impossible(read, matcher, own)
            if found is not None:
                yield told(asked, f"{found.message}: nothing is excluded", matcher.span, found.hint)
