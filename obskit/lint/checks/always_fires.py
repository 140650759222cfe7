"""An alert whose comparison always holds.

It fires from the first sample on, and whoever is on call learns to look away. Usually the operator is meant the other way
round, or `>=` was written for `>`.

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    busy = Alert(name="ShopBusy", expr="sum(rate(shop_requests_total[5m])) >= 0", severity="warning")

Bad:
    disk = Gauge("shop_disk_percent", help="Disk in use.", service=shop, unit=units.PERCENT, bounds=(0, 100))
    full = Alert(name="ShopDiskFull", expr="shop_disk_percent < 900", severity="warning")

Good:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    busy = Alert(name="ShopBusy", expr="sum(rate(shop_requests_total[5m])) > 0", severity="warning")
    several_down = Alert(name="ShopDown", expr="count(up == 0) > 0", severity="warning")
    gone = Alert(name="ShopGone", expr="absent(up) == 1", severity="warning")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.impossible import advice_always, place, reason
from obskit.lint.outcomes import outcomes
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts that one comparison lets through whatever happens."""
    for asked, outcome in outcomes(analysed):
        if asked.in_alert and outcome.always is not None:
            message = f"{asked.who} fires whatever happens: {reason(outcome.always)}"
            yield told(asked, message, place(asked, outcome.always), advice_always(outcome.always))
