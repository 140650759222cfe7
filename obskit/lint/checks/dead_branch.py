"""One side of an `or` in an alert that can never hold.

The alert still fires by the other side, so nobody notices that half of it is dead. In a burn-rate alert of two speeds the
fast one goes first: at an objective of 90 % it asks for 144 % errors, and what remains is slower by hours.

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(Label("code", pattern="..."),))
    short = 'sum(rate(shop_requests_total{code=~"5.."}[1h])) / sum(rate(shop_requests_total[1h]))'
    long = 'sum(rate(shop_requests_total{code=~"5.."}[6h])) / sum(rate(shop_requests_total[6h]))'
    burning = Alert(name="ShopBudgetBurn", expr=f"{short} > (14.4 * 0.1) or {long} > (6 * 0.1)", severity="critical")

Good:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(Label("code", pattern="..."),))
    short = 'sum(rate(shop_requests_total{code=~"5.."}[1h])) / sum(rate(shop_requests_total[1h]))'
    long = 'sum(rate(shop_requests_total{code=~"5.."}[6h])) / sum(rate(shop_requests_total[6h]))'
    burning = Alert(name="ShopBudgetBurn", expr=f"{short} > (14.4 * 0.01) or {long} > (6 * 0.01)", severity="critical")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.impossible import advice, place, reason
from obskit.lint.outcomes import outcomes
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Sides of `or` in alerts that one comparison keeps silent."""
    for asked, outcome in outcomes(analysed):
        for binary in outcome.branches if asked.in_alert else ():
            message = f'{asked.who} can never fire by this side of "or": {reason(binary)}'
            yield told(asked, message, place(asked, binary), advice(binary))
