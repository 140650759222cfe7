"""A dashboard without a uid of its own.

It gets one that is made from its module and title. When either is renamed Grafana sees another dashboard: links,
bookmarks and stars lead nowhere.

Bad:
    board = dashboard("Shop", panels=[timeseries("Up", "up")])

Good:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "up")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Boards whose uid was derived."""
    for board in analysed.project.boards:
        if not board.uid_given:
            file = board.origin is not None and board.origin.path.endswith((".json", ".yaml", ".yml"))
            kept = f'keep the one it has: uid="{board.uid}"'
            hint = '"uid": "…" beside the title; else Grafana makes another one up at each import' if file else kept
            yield Problem(f'dashboard "{board.title}" has no uid of its own', board.origin, hint, waive=board.waive)
