"""A recording rule that nothing reads.

It is evaluated at every interval and its series are stored, for no panel, variable, alert or other rule of the project. What
is recorded for others (federation, remote storage) carries a waiver that says so. A copy of a metric under the name that it
should have is meant for others.

Bad:
    total = Record(name="job:up:sum", expr="sum by (job) (up)")
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "up")])

Good:
    total = Record(name="job:up:sum", expr="sum by (job) (up)")
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "job:up:sum")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.placed import Placed
from obskit.finding import Severity
from obskit.lint.alerts import alike
from obskit.lint.problem import Problem
from obskit.lint.records import reading, records

LEVEL: Severity = "info"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Records of a whole project, with boards, that no query names."""
    project = analysed.project
    recorded = records(analysed)
    if not recorded or not project.boards or not project.modules or project.faults:
        return
    twins = {signal.twin for signal in project.signals}
    is_read = reading(analysed)
    found = []
    for name, rules in recorded.items():
        if name not in twins and name not in analysed.known.series and not is_read(name):
            found += [Placed(one.file, one.group, one.rule) for one in rules if one.file and one.group and one.rule]
    yield from alike(found, "is read by no panel, variable, alert or rule", "leave it out, or waive this with who reads it")
