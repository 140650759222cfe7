"""A rule that looks at the last two samples only.

`irate` follows every jerk: between two evaluations it forgets what happened before the last two scrapes, so that the `for` of
an alert is broken by one quiet scrape and a recorded series misses most of the traffic. It is for looking closely at a
volatile counter on a board; rules take `rate`.

Bad:
    busy = Alert(name="ShopBusy", expr="sum(irate(process_cpu_seconds_total[5m])) > 5")

Good:
    busy = Alert(name="ShopBusy", expr="sum(rate(process_cpu_seconds_total[5m])) > 5")
    board = dashboard("Shop", uid="shop", panels=[timeseries("CPU", "irate(process_cpu_seconds_total[5m])")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "info"


def check(analysed: Analysed) -> Iterator[Problem]:
    """`irate` in alerts and recording rules."""
    for asked, call in analysed.calls("irate"):
        if asked.in_rule:
            yield told(asked, f"{asked.who} uses irate(), which sees the last two samples only", asked.span(call), "use rate()")
