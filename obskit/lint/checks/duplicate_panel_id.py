"""Two panels of a dashboard with one id.

Grafana opens the wrong panel from a link, and draws one of them with the other's data.

Bad:
    board = G.Dashboard(title="Shop", uid="shop", panels=[
        G.TimeSeries(title="Up", id=7, dataSource="${datasource}", targets=[G.Target(expr="up")]),
        G.TimeSeries(title="Down", id=7, dataSource="${datasource}", targets=[G.Target(expr="1 - up")]),
    ])

Good:
    board = G.Dashboard(title="Shop", uid="shop", panels=[
        G.TimeSeries(title="Up", id=7, targets=[G.Target(expr="up")]),
        G.TimeSeries(title="Down", targets=[G.Target(expr="1 - up")]),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.model import Panel

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Panels whose id an earlier panel of the board has."""
    for board in analysed.project.boards:
        taken: dict[int, Panel] = {}
        for panel in board.panels:
            first = taken.setdefault(panel.id, panel) if panel.id else panel
            if first is not panel:
                message = f"{panel.name} has the id {panel.id} of {first.name}"
                hint = "leave the id out: it is made from row and title, or from the key"
                yield Problem(message, panel.origin or board.origin, hint, waive=panel.waive + board.waive)
