"""A panel without a description.

Grafana shows it behind the small i of the panel: what is measured, and what to do when it looks wrong. Panels of typed
queries take the help texts of their signals.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "up")])

Good:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "up", description="1 while the instance can be scraped.")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.several import lacking
from obskit.model import Panel

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Panels other than rows, texts and library panels without a description."""
    for board in analysed.project.boards:
        bare = (panel for panel in board.panels if panel.kind not in ("row", "text", "") and not _said(panel))
        yield from lacking(board, bare, "description", 'description="…", or a query made from signals, which have help texts')


def _said(panel: Panel) -> bool:
    return bool(str(panel.json.get("description") or "").strip())
