"""A panel over time whose query is asked for one moment only.

An instant query gives one point: a time series panel stays empty, or shows a dot at its right edge.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", query("sum(up)", instant=True), unit="short")])

Good:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "sum(up)", unit="short"), stat("Up now", "sum(up)", unit="short")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "warning"

_OVER_TIME = frozenset(("timeseries", "heatmap", "state-timeline", "status-history"))


def check(analysed: Analysed) -> Iterator[Problem]:
    """Instant queries of panels over time; one that also asks a range is fine."""
    for asked in analysed.queries:
        if asked.panel is None or asked.query is None or asked.panel.kind not in _OVER_TIME or asked.panel.json.get("transformations"):
            continue
        given = asked.query.json
        if given.get("instant") is True and not given.get("range"):
            yield told(asked, f"{asked.panel.name} shows values over time, and asks for one moment", None, "instant=False")
