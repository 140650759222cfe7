"""A panel without a title.

Nobody can talk about it, link to it or find it, and its id hangs on its place in the row.

Bad:
    board = G.Dashboard(title="Shop", uid="shop", panels=[G.TimeSeries(title="", targets=[G.Target(expr="up")])])

Good:
    board = G.Dashboard(title="Shop", uid="shop", panels=[G.TimeSeries(title="Up", targets=[G.Target(expr="up")])])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Panels other than rows, texts and library panels without a title."""
    for board in analysed.project.boards:
        for panel in board.panels:
            if panel.kind not in ("row", "text", "") and not str(panel.title).strip():
                message = f'panel of kind "{panel.kind}" on dashboard "{board.title}" has no title'
                yield Problem(message, panel.origin or board.origin, "say what it shows", waive=panel.waive + board.waive)
