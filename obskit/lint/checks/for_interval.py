"""A `for` that is shorter than the interval of its group.

Prometheus looks at an alert once per interval, so this one fires at the second look, and not when its `for` says.

Bad:
    group = RuleGroup("shop", interval="5m", rules=(Alert(name="ShopDown", expr="up == 0", for_="1m"),))

Good:
    group = RuleGroup("shop", interval="1m", rules=(Alert(name="ShopDown", expr="up == 0", for_="1m"),))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.placed import alerts
from obskit.duration import Duration
from obskit.finding import Severity
from obskit.lint.lengths import milliseconds
from obskit.lint.problem import Problem

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts whose `for` ends between two evaluations."""
    for _, group, rule in alerts(analysed):
        waits, interval = milliseconds(rule.json.get("for")), milliseconds(group.json.get("interval"))
        if waits and interval and waits < interval:
            every = Duration(interval)
            message = f'for of alert "{rule.name}" is {Duration(waits)}, and group "{group.name}" is evaluated every {every}'
            yield Problem(message, rule.origin, f'for_="{every}", or a shorter interval', waive=rule.waive)
