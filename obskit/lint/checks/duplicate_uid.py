"""Two dashboards with one uid.

Grafana keeps one of them, and which one changes from start to start. Uids that differ only in upper and lower case are
the same file on some machines, so they count as one.

Bad:
    first = dashboard("Shop", uid="shop", panels=[timeseries("Up", "up")])
    second = dashboard("Shop, details", uid="Shop", panels=[timeseries("Up", "up")])

Good:
    first = dashboard("Shop", uid="shop", panels=[timeseries("Up", "up")])
    second = dashboard("Shop, details", uid="shop-details", panels=[timeseries("Up", "up")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.model import Board

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Boards whose uid an earlier board has."""
    taken: dict[tuple[str, str], Board] = {}
    for board in analysed.project.boards:
        uid = str(board.uid)
        first = taken.setdefault((board.form, uid.casefold()), board)
        if uid and first is not board:
            where = f" in {first.origin}" if first.origin else ""
            message = f'dashboard "{board.title}" has the uid "{uid}" of another dashboard'
            hint = f'"{first.uid}" belongs to "{first.title}"{where}: give one of them another uid'
            yield Problem(message, board.origin, hint, waive=board.waive)
