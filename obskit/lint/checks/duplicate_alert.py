"""Two rules with one name and the same labels.

Their alerts or series cannot be told apart: one hides the other, and a silence for one silences both. The labels of the
group count; the same name with other labels (a severity, a window) is fine.

Bad:
    down = Alert(name="ShopDown", expr="up == 0", severity="critical")
    gone = Alert(name="ShopDown", expr="absent(up)", severity="critical")

Bad:
    eu = Record(name="job:up:sum", expr='sum by (job) (up{zone="eu"})')
    us = Record(name="job:up:sum", expr='sum by (job) (up{zone="us"})')

Good:
    down = Alert(name="ShopDown", expr="up == 0", severity="critical")
    gone = Alert(name="ShopDown", expr="absent(up)", severity="warning")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.placed import files
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.model import GroupView, RuleFile, RuleView

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Rules that agree with an earlier one in kind, name and labels."""
    taken: dict[tuple[str, str, str, frozenset[tuple[str, str]]], tuple[RuleFile, GroupView, RuleView]] = {}
    for file in files(analysed.project):
        for group, rule in file.rules():
            labels = {**group.json.get("labels", {}), **rule.json.get("labels", {})}
            key = (file.form, rule.kind, rule.name, frozenset(labels.items()))
            other, beside, first = taken.setdefault(key, (file, group, rule))
            if first is not rule:
                where = f'group "{beside.name}" of {other.module}'
                where += "" if first.origin == rule.origin else f", declared in {first.origin}"
                message = f'{rule.kind} "{rule.name}" of group "{group.name}" in {file.module} is there twice with the same labels'
                yield Problem(message, rule.origin, f"rename one, or give it a label of its own; the first is in {where}", waive=rule.waive)
