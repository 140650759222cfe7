"""What dashboards are written with: helpers that return grafanalib objects. The only door to grafanalib."""

from obskit.dashboards.board import annotation, dashboard, row, tag_links
from obskit.dashboards.fields import board_link, link, no_value, override, values
from obskit.dashboards.neutral import DASHBOARD, neutral
from obskit.dashboards.notes import noting
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

__all__ = [
    "DASHBOARD", "LokiTarget", "ModernPanel", "PrometheusTarget", "TempoTarget", "alert_list", "annotation", "bar_gauge", "board_link",
    "custom_variable", "dashboard", "datasource_variable", "gauge", "heatmap", "histogram", "instance_variable",
    "interval_variable", "link", "logql", "logs", "neutral", "no_value", "node_graph", "noting", "override", "pie", "query",
    "query_variable", "row", "stat", "state_timeline", "table", "tag_links", "text", "textbox_variable", "timeseries",
    "trace_list", "traceql", "traces", "values",
]  # fmt: skip
