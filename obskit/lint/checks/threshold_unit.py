"""An alert that speaks of percent and compares so many a second.

`rate(errors[5m]) > 0.1` is one error in ten seconds and not 10 %: with much traffic it fires at one failure in thousands, and
with little it sleeps while nine of ten requests fail. A share is the rate of what fails over the rate of everything.

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(Label("code", pattern="..."),))
    errors = Alert(name="ShopHighErrorRate", expr='sum(rate(shop_requests_total{code=~"5.."}[5m])) > 0.1', summary="Over 10 % fail")

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(Label("code", pattern="..."),))
    errors = Alert(
        name="ShopErrors",
        expr='sum(rate(shop_requests_total{code=~"5.."}[5m])) > 0.05',
        description="{{ $value | humanizePercentage }} of the requests fail.",
    )

Good:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(Label("code", pattern="..."),))
    errors = Alert(
        name="ShopHighErrorRate",
        expr='''sum(rate(shop_requests_total{code=~"5.."}[5m])) / (sum(rate(shop_requests_total[5m])) > 0) > 0.1
                and sum(rate(shop_requests_total[5m])) > 0.2''',
        summary="Over 10 % fail",
    )
    some = Alert(name="ShopErrors", expr='sum(rate(shop_requests_total{code=~"5.."}[5m])) > 0.1', summary="Over 0.1 errors per second")
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.paces import paces
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.thresholds import named, spoken
from obskit.lint.wording import Wording

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts whose texts and threshold are of different kinds."""
    for asked, found in paces(analysed):
        assert asked.rule is not None
        wording = Wording(asked.rule)
        exact = any(isclose(percent, found.number * 100) for percent in wording.percents)
        if exact or (wording.of_share and not wording.of_pace):
            unit = found.node.value.unit
            what = spoken(unit) if unit is not None and unit.per else "so many"
            message = f"{asked.who} speaks of percent, and compares {named(found.node)}, {what}, with {found.number:g}"
            hint = f"divide by the rate of all, guarded: / (sum(rate(…)) > 0) {found.operator} {found.number:g}"
            yield told(asked, message, asked.span(found.at), hint)
