"""Plugins by id with the names that Grafana 13 shows them by, and the list of those that a board requires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from obskit.model import Json

BUILT_IN = frozenset({"__expr__", "dashboard", "datasource", "grafana", "mixed"})
"""Datasources that every Grafana has: `-- Grafana --`, `-- Mixed --`, `-- Dashboard --`, expressions. Nobody is asked for them."""

DATASOURCES = {
    "alertmanager": "Alertmanager",
    "cloudwatch": "CloudWatch",
    "elasticsearch": "Elasticsearch",
    "grafana-azure-monitor-datasource": "Azure Monitor",
    "grafana-postgresql-datasource": "PostgreSQL",
    "grafana-pyroscope-datasource": "Grafana Pyroscope",
    "grafana-testdata-datasource": "TestData",
    "graphite": "Graphite",
    "influxdb": "InfluxDB",
    "jaeger": "Jaeger",
    "loki": "Loki",
    "mssql": "Microsoft SQL Server",
    "mysql": "MySQL",
    "opentsdb": "OpenTSDB",
    "parca": "Parca",
    "prometheus": "Prometheus",
    "stackdriver": "Google Cloud Monitoring",
    "tempo": "Tempo",
    "zipkin": "Zipkin",
}
PANELS = {
    "alertlist": "Alert list",
    "annolist": "Annotations list",
    "barchart": "Bar chart",
    "bargauge": "Bar gauge",
    "candlestick": "Candlestick",
    "canvas": "Canvas",
    "dashlist": "Dashboard list",
    "datagrid": "Datagrid",
    "flamegraph": "Flame Graph",
    "gauge": "Gauge",
    "geomap": "Geomap",
    "heatmap": "Heatmap",
    "histogram": "Histogram",
    "logs": "Logs",
    "news": "News",
    "nodeGraph": "Node Graph",
    "piechart": "Pie chart",
    "stat": "Stat",
    "state-timeline": "State timeline",
    "status-history": "Status history",
    "table": "Table",
    "text": "Text",
    "timeseries": "Time series",
    "traces": "Traces",
    "trend": "Trend",
    "xychart": "XY Chart",
}


def datasource_name(kind: str) -> str:
    """The name of a datasource plugin, its id where it is none of Grafana's own."""
    return DATASOURCES.get(kind, kind)


def required(version: str, datasources: Iterable[str], panels: Iterable[Json]) -> list[Json]:
    """Grafana and the plugins, sorted by id; plugins that come with Grafana have the version that Grafana's own export gives them."""
    made = [{"type": "grafana", "id": "grafana", "name": "Grafana", "version": version}]
    made += [{"type": "datasource", "id": kind, "name": datasource_name(kind), "version": "1.0.0"} for kind in set(datasources)]
    made += [{"type": "panel", "id": kind, "name": PANELS.get(kind, kind), "version": ""} for kind in set(_kinds(panels))]
    return sorted(made, key=lambda one: (one["id"], one["type"]))


def _kinds(panels: Iterable[Json]) -> Iterator[str]:
    for panel in panels:
        if panel.get("type") == "row":
            yield from _kinds(panel.get("panels", []))
        elif isinstance(panel.get("type"), str):
            yield panel["type"]
