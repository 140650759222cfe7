"""A group of recording rules that is evaluated less often than every five minutes.

Prometheus looks back five minutes for the latest sample: between two evaluations what the rules record is missing from panels
and alerts, for as long as the interval is longer than that.

Bad:
    group = RuleGroup("shop", interval="10m", rules=(Record(name="job:up:sum", expr="sum by (job) (up)"),))

Good:
    group = RuleGroup("shop", interval="5m", rules=(Record(name="job:up:sum", expr="sum by (job) (up)"),))
    slow = RuleGroup("shop.slow", interval="1h", rules=(Alert(name="ShopDown", expr="max_over_time(up[1d]) == 0"),))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.duration import Duration
from obskit.finding import Severity
from obskit.lint.lengths import milliseconds
from obskit.lint.problem import Problem

LEVEL: Severity = "warning"

_LOOKBACK = 300_000


def check(analysed: Analysed) -> Iterator[Problem]:
    """Groups that record with gaps."""
    for file in analysed.project.rule_files:
        for group in file.groups:
            interval = milliseconds(group.json.get("interval")) or 0
            if interval > _LOOKBACK and any(rule.kind == "record" for rule in group.rules):
                message = f'group "{group.name}" records every {Duration(interval)}: its series are gone in between'
                yield Problem(message, group.origin, 'interval="5m" at most')
