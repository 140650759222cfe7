"""Two rule groups of one name in a rule file.

Prometheus refuses the file, and with it every rule in it. The rules of a module that are in no group form one of the
module's name.

Bad:
    first = RuleGroup("shop", rules=(Record(name="job:up:sum", expr="sum by (job) (up)"),))
    second = RuleGroup("shop", rules=(Record(name="job:up:count", expr="count by (job) (up)"),))

Good:
    first = RuleGroup("shop", rules=(Record(name="job:up:sum", expr="sum by (job) (up)"),))
    second = RuleGroup("shop-counts", rules=(Record(name="job:up:count", expr="count by (job) (up)"),))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.model import GroupView

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Groups whose name an earlier group of the file has."""
    for file in analysed.project.rule_files:
        taken: dict[str, GroupView] = {}
        for group in file.groups:
            first = taken.setdefault(group.name, group)
            if first is not group:
                where = f"; the first is in {first.origin}" if first.origin else ""
                message = f'group "{group.name}" is there twice in rule file "{file.name}"'
                yield Problem(message, group.origin, f"join them, or rename one{where}")
