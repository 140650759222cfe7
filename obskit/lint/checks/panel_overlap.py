"""A panel on top of another.

Grafana moves one of them when the dashboard is opened, and shows a layout that nobody chose.

Bad:
    board = dashboard("Shop", uid="shop", panels=[
        G.TimeSeries(title="Up", targets=[G.Target(expr="up")], gridPos=G.GridPos(h=8, w=12, x=0, y=0)),
        G.TimeSeries(title="Down", targets=[G.Target(expr="1 - up")], gridPos=G.GridPos(h=8, w=12, x=6, y=4)),
    ])

Bad:
    board = dashboard("Shop", uid="shop", panels=[row("Details", collapsed=True, panels=[
        G.TimeSeries(title="Up", targets=[G.Target(expr="up")], gridPos=G.GridPos(h=8, w=24, x=0, y=1)),
        G.Stat(title="Down", targets=[G.Target(expr="1 - up")], gridPos=G.GridPos(h=4, w=6, x=18, y=8)),
    ])])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        G.TimeSeries(title="Up", targets=[G.Target(expr="up")], gridPos=G.GridPos(h=8, w=12, x=0, y=0)),
        G.TimeSeries(title="Down", targets=[G.Target(expr="1 - up")], gridPos=G.GridPos(h=8, w=12, x=12, y=0)),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.grid import COLUMNS, box, grids
from obskit.lint.problem import Problem
from obskit.model import Panel

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Panels that cover a part of one that stands above them."""
    for board in analysed.project.boards:
        for panels in grids(board):
            for panel, other in _covering(panels):
                hint = "leave the positions out: the panels are placed by themselves"
                origin = panel.origin or board.origin
                yield Problem(f"{panel.name} overlaps {other.name}", origin, hint, waive=panel.waive + board.waive)


def _covering(panels: list[Panel]) -> Iterator[tuple[Panel, Panel]]:
    """From top to bottom, each panel that reaches into what a column has already been filled with, and whose it is."""
    boxes = [(place, panel) for panel in panels if (place := box(panel)) is not None and place.w > 0 and place.h > 0]
    boxes.sort(key=lambda pair: (pair[0].y, pair[0].x))
    bottoms = [boxes[0][0].y if boxes else 0] * COLUMNS
    owners: list[Panel | None] = [None] * COLUMNS
    for place, panel in boxes:
        start, stop, bottom = max(place.x, 0), min(place.x + place.w, COLUMNS), place.y + place.h
        lowest = max(bottoms[start:stop], default=place.y)
        if lowest > place.y:
            yield panel, next((owner for x in range(start, stop) if bottoms[x] > place.y and (owner := owners[x])), panel)
        if lowest <= bottom:
            width = max(stop - start, 0)
            bottoms[start:stop], owners[start:stop] = [bottom] * width, [panel] * width
            continue
        for x in range(start, stop):
            if bottom > bottoms[x]:
                bottoms[x], owners[x] = bottom, panel
