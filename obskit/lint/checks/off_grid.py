"""A panel that does not stand on the grid.

A dashboard is 24 columns wide. What reaches beyond them, begins left of or above them, or has no size is moved or cut.

Bad:
    board = dashboard("Shop", uid="shop", panels=[
        G.TimeSeries(title="Up", targets=[G.Target(expr="up")], gridPos=G.GridPos(h=8, w=12, x=18, y=0)),
    ])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        G.TimeSeries(title="Up", targets=[G.Target(expr="up")], gridPos=G.GridPos(h=8, w=12, x=12, y=0)),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.grid import COLUMNS, Box, box
from obskit.lint.problem import Problem

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Panels that leave the grid."""
    for board in analysed.project.boards:
        for panel in board.panels:
            place = box(panel)
            wrong = _wrong(place) if place else ""
            if wrong:
                hint = "leave x and y out: the panel is placed by itself"
                yield Problem(f"{panel.name} is off the grid: {wrong}", panel.origin or board.origin, hint, waive=panel.waive + board.waive)


def _wrong(place: Box) -> str:
    if place.w < 1 or place.h < 1:
        return f"{place.w} wide and {place.h} high"
    if place.x < 0 or place.y < 0:
        return f"x={place.x}, y={place.y}"
    end = place.x + place.w
    return f"x={place.x} and w={place.w} reach to column {end} of {COLUMNS}" if end > COLUMNS else ""
