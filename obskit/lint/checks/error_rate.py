"""An alert on an "error rate" that compares errors a second with a number below 1.

Many say "error rate" and mean the share of requests that fail; `rate(errors[5m]) > 0.05` is three errors a minute, whatever the
traffic. If so many a second are meant, the summary or description should say so ("per second"), for whoever is paged.

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(Label("code", pattern="..."),))
    errors = Alert(name="ShopHighErrorRate", expr='sum(rate(shop_requests_total{code=~"5.."}[5m])) > 0.05', severity="critical")

Good:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(Label("code", pattern="..."),))
    errors = Alert(
        name="ShopHighErrorRate",
        expr='sum(rate(shop_requests_total{code=~"5.."}[5m])) > 0.05',
        summary="Over 3 errors per minute",
    )
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.paces import paces
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.thresholds import named
from obskit.lint.wording import Wording

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts of which it is open whether a share is meant."""
    for asked, found in paces(analysed):
        assert asked.rule is not None
        wording = Wording(asked.rule)
        if wording.of_error_rate and not wording.of_pace and not wording.of_share:
            message = f"{asked.who} compares {named(found.node)} with {found.number:g}: so many events, and no share"
            hint = 'divide by the rate of all for a share, or say "per second" in the summary'
            yield told(asked, message, asked.span(found.at), hint)
