"""The kinds of panels whose shape has changed: each file brings one of them, as old as it may be, to today's members.

A function here takes a panel and answers with a copy that has today's `type`, `fieldConfig` and `options`; what is then left over at the
panel's root, and every null, is taken away for all kinds alike.
"""

from __future__ import annotations

from collections.abc import Callable

from obskit.model.json import Json
from obskit.model.modern.kinds.graph import graph
from obskit.model.modern.kinds.heatmap import heatmap, is_old_heatmap
from obskit.model.modern.kinds.lists import alert_list, dashboard_list, text
from obskit.model.modern.kinds.piechart import piechart
from obskit.model.modern.kinds.reduced import gauge, reduced
from obskit.model.modern.kinds.singlestat import singlestat
from obskit.model.modern.kinds.table import is_old_table, table
from obskit.model.modern.kinds.table_styles import styled_table

Reshape = Callable[[Json], Json]

OLD: dict[str, Reshape] = {
    "graph": graph,
    "singlestat": singlestat,
    "grafana-singlestat-panel": singlestat,
    "grafana-piechart-panel": piechart,
    "table-old": styled_table,
}
"""Kinds that are no more."""

TODAY: dict[str, Reshape] = {
    "alertlist": alert_list,
    "bargauge": reduced,
    "dashlist": dashboard_list,
    "gauge": gauge,
    "stat": reduced,
    "table": table,
    "text": text,
}
"""Kinds that still are, of which older forms are about."""


def reshape(panel: Json) -> tuple[Json, bool]:
    """The panel in today's shape, and whether it was of an old kind."""
    kind = panel.get("type")
    if not isinstance(kind, str):
        return panel, False
    if kind in OLD:
        return OLD[kind](panel), True
    if kind == "heatmap" and is_old_heatmap(panel):
        return heatmap(panel), True
    if kind == "table" and is_old_table(panel):
        return styled_table(panel), True
    return (TODAY[kind](panel), False) if kind in TODAY else (panel, False)
