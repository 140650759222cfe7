"""A rule that reads what a later rule of its group records.

The rules of a group are evaluated in order, at the same moment: this one sees what was recorded an interval ago, and after a
restart nothing.

Bad:
    ratio = Record(name="job:up:ratio", expr="job:up:sum / job:up:count")
    total = Record(name="job:up:sum", expr="sum by (job) (up)")
    number = Record(name="job:up:count", expr="count by (job) (up)")
    group = RuleGroup("shop", rules=(ratio, total, number))

Good:
    total = Record(name="job:up:sum", expr="sum by (job) (up)")
    number = Record(name="job:up:count", expr="count by (job) (up)")
    ratio = Record(name="job:up:ratio", expr="job:up:sum / job:up:count")
    group = RuleGroup("shop", rules=(total, number, ratio))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "info"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Reads of what comes later in the group."""
    groups: dict[int, list[Asked]] = {}
    for asked in analysed.queries:
        if asked.group is not None and asked.meaning is not None:
            groups.setdefault(id(asked.group), []).append(asked)
    for members in groups.values():
        yield from _of_group(members)


def _of_group(members: list[Asked]) -> Iterator[Problem]:
    recorded = {asked.rule.name for asked in members if asked.rule is not None and asked.rule.kind == "record"}
    done: set[str] = set()
    for asked in members if recorded else ():
        assert asked.rule is not None
        assert asked.meaning is not None
        for read in asked.meaning.reads:
            late = read.name in recorded and read.name not in done and read.name != asked.rule.name
            if late and read.window is None and read.offset is None:
                message = f'{asked.who} reads "{read.name}", which its group records after it'
                yield told(asked, message, asked.span(read), "move the record before it")
                break
        if asked.rule.kind == "record":
            done.add(asked.rule.name)
