"""What dashboards are written with: helpers that return grafanalib objects. The only door to grafanalib.

A name is imported when it is first asked for: a project of plain grafanalib boards never pays for the helpers. What a helper is
given is checked here against its annotations.
"""

from __future__ import annotations

import importlib
import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from obskit.dashboards.board import annotation, dashboard, row, tag_links
    from obskit.dashboards.fields import board_link, link, no_value, override, value_mapping
    from obskit.dashboards.others import ModernPanel, alert_list, logs, node_graph, text, trace_list, traces
    from obskit.dashboards.series import heatmap, state_timeline, timeseries
    from obskit.dashboards.targets import LokiTarget, PrometheusTarget, TempoTarget, logql, query, traceql
    from obskit.dashboards.values import bar_gauge, gauge, histogram, pie, stat, table
    from obskit.dashboards.variables import (
        custom_variable,
        datasource_variable,
        instance_variable,
        interval_variable,
        query_variable,
        textbox_variable,
    )

_HOMES = {
    "board": ("annotation", "dashboard", "row", "tag_links"),
    "fields": ("board_link", "link", "no_value", "override", "value_mapping"),
    "others": ("ModernPanel", "alert_list", "logs", "node_graph", "text", "trace_list", "traces"),
    "series": ("heatmap", "state_timeline", "timeseries"),
    "targets": ("LokiTarget", "PrometheusTarget", "TempoTarget", "logql", "query", "traceql"),
    "values": ("bar_gauge", "gauge", "histogram", "pie", "stat", "table"),
    "variables": (
        "custom_variable", "datasource_variable", "instance_variable", "interval_variable", "query_variable", "textbox_variable",
    ),
}  # fmt: skip
_MAKES = {
    "annotation": "annotation", "dashboard": "dashboard", "row": "row", "tag_links": "link", "board_link": "link", "link": "link",
    "no_value": "mapping", "override": "override", "value_mapping": "mapping", "logql": "query", "query": "query", "traceql": "query",
    **dict.fromkeys(_HOMES["variables"], "variable"),
}  # fmt: skip
"""What a helper makes, as messages say it; all others make panels."""
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "LokiTarget", "ModernPanel", "PrometheusTarget", "TempoTarget", "alert_list", "annotation", "bar_gauge", "board_link",
    "custom_variable", "dashboard", "datasource_variable", "gauge", "heatmap", "histogram", "instance_variable",
    "interval_variable", "link", "logql", "logs", "no_value", "node_graph", "override", "pie", "query", "query_variable", "row",
    "stat", "state_timeline", "table", "tag_links", "text", "textbox_variable", "timeseries", "trace_list", "traceql", "traces",
    "value_mapping",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    value = getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    if inspect.isfunction(value):
        from obskit.shape import checked

        value = checked(_MAKES.get(name, "panel"))(value)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
