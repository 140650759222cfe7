"""Queries in LogQL, which are not checked.

They are built as they are written; whether Loki takes them, and whether their labels exist, is for Loki to say. It is told once
for a project, however many there are.

Bad:
    board = dashboard("Shop", uid="shop", panels=[logs("Log", logql('{job="shop"} |= "error"'))])

Good:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "sum(up)", unit="short")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem

LEVEL: Severity = "info"


def check(analysed: Analysed) -> Iterator[Problem]:
    """One problem for all LogQL queries, at the first."""
    boards = analysed.project.boards
    found = [(board, panel, query) for board in boards for panel, query in board.queries() if query.language == "logql" and query.text]
    if found:
        board, panel, query = found[0]
        many = f"{len(found)} queries are LogQL, which is" if len(found) > 1 else "one query is LogQL, which is"
        yield Problem(f"{many} not checked", query.origin, "look at them in Grafana's Explore", waive=panel.waive + board.waive)
