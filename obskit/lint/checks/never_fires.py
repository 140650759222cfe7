"""An alert that can never fire.

What it compares with lies outside of what the value can be: an error ratio is never above 1, a counter never below 0, a
quantile never above the last bound of its histogram, and a count of nothing is no 0 but nothing at all. Such an alert loads,
evaluates and looks healthy for ever. Burn rates are the usual victims: `14.4 * 0.1` asks for more than all requests to fail.

Bad:
    down = Alert(name="ShopDown", expr="up == 2", severity="critical")

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(Label("code", pattern="..."),))
    ratio = 'sum(rate(shop_requests_total{code=~"5.."}[1h])) / sum(rate(shop_requests_total[1h]))'
    burning = Alert(name="ShopBudgetBurn", expr=f"{ratio} > (14.4 * 0.1)", severity="critical")

Bad:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 0.5, 1, 2.5))
    slow = Alert(name="ShopSlow", expr="histogram_quantile(0.95, sum by (le) (rate(shop_latency_seconds_bucket[5m]))) > 500")

Bad:
    gone = Alert(name="ShopGone", expr='count(up{job="shop"} == 1) == 0')

Good:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(Label("code", pattern="..."),))
    ratio = 'sum(rate(shop_requests_total{code=~"5.."}[1h])) / (sum(rate(shop_requests_total[1h])) > 0)'
    burning = Alert(name="ShopBudgetBurn", expr=f"{ratio} > (14.4 * 0.01)", severity="critical")
    all_fail = Alert(name="ShopAllFail", expr=f"{ratio} >= 1", severity="critical")
    gone = Alert(name="ShopGone", expr='(count(up{job="shop"} == 1) or vector(0)) == 0')
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.impossible import advice, place, reason
from obskit.lint.outcomes import outcomes
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts that one comparison keeps silent."""
    for asked, outcome in outcomes(analysed):
        if asked.in_alert and outcome.never is not None:
            message = f"{asked.who} can never fire: {reason(outcome.never)}"
            yield told(asked, message, place(asked, outcome.never), advice(outcome.never))
