"""A matcher asks for a value that the label never has.

The panel stays empty, the alert never fires, and both look healthy. A closed label has its declared values and no others; every
value of a label with a pattern matches it; `job` is the service's. Each alternative of a plain regex (`a|b`) counts.

Bad:
    method = Label("method", values=("GET", "POST"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(method,))
    board = dashboard("Shop", uid="shop", panels=[timeseries("Posts", 'sum(rate(shop_requests_total{method="post"}[5m]))')])

Bad:
    code = Label("status_code", pattern=r"[1-5][0-9][0-9]")
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(code,))
    errors = Alert(name="Errors", expr='sum by (job) (rate(shop_requests_total{job="shop", status_code="5xx"}[5m])) > 1')

Good:
    method = Label("method", values=("GET", "POST"))
    code = Label("status_code", pattern=r"[1-5][0-9][0-9]")
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(method, code))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Some", 'sum(rate(shop_requests_total{method=~"GET|POST", status_code=~"5.."}[5m]))'),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.label_values import asks, impossible
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """`=` and `=~` of impossible values."""
    own = frozenset(analysed.project.services)
    for asked, read, matcher in asks(analysed):
        if matcher.op in ("=", "=~"):
            found = impossible(read, matcher, own)
            if found is not None:
                yield told(asked, found.message, matcher.span, found.hint)
