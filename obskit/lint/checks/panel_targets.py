"""A panel of data that asks nothing.

It stays empty for ever. Panels from the library bring their queries with them.

Bad:
    board = G.Dashboard(title="Shop", uid="shop", panels=[G.TimeSeries(title="Up", targets=[], unit="short", description="Up.")])

Good:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "sum(up)", unit="short"), text("Notes", "Read me.")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem

LEVEL: Severity = "warning"

_ASKING = frozenset(
    ("timeseries", "stat", "gauge", "bargauge", "piechart", "barchart", "heatmap", "histogram", "table", "state-timeline", "status-history",
     "logs", "nodeGraph", "traces", "candlestick", "trend", "xychart", "geomap", "flamegraph")
)  # fmt: skip


def check(analysed: Analysed) -> Iterator[Problem]:
    """Panels of a kind that shows data, without a query."""
    for board in analysed.project.boards:
        for panel in board.panels:
            if panel.kind in _ASKING and not panel.queries and not panel.json.get("libraryPanel"):
                hint = "give it a query, or take it away"
                yield Problem(f"{panel.name} has no query", panel.origin or board.origin, hint, waive=panel.waive + board.waive)
