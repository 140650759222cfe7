"""A dashboard as Grafana 13.2 writes it by hand of a careful author: one panel of every kind that the schema knows by name."""

from __future__ import annotations

import copy
import json
from typing import Any

Json = dict[str, Any]

PROM = {"type": "prometheus", "uid": "${datasource}"}
TEMPO = {"type": "tempo", "uid": "${tempo}"}
LOKI = {"type": "loki", "uid": "${loki}"}
EXPR = {"type": "__expr__", "uid": "__expr__"}
LEGEND = {"showLegend": True, "displayMode": "table", "placement": "bottom", "calcs": ["mean", "max"], "sortBy": "Max", "sortDesc": True}
TOOLTIP = {"mode": "multi", "sort": "desc", "hideZeros": True}
REDUCE = {"calcs": ["lastNotNull"], "fields": "", "values": False}
STEPS = {"mode": "absolute", "steps": [{"color": "green", "value": None}, {"color": "red", "value": 0.5}]}
MAPPINGS = [
    {"type": "value", "options": {"0": {"text": "down", "color": "red", "index": 0}, "1": {"text": "up", "color": "green", "index": 1}}},
    {"type": "range", "options": {"from": 10, "to": None, "result": {"text": "many"}}},
    {"type": "regex", "options": {"pattern": "5..", "result": {"color": "red"}}},
    {"type": "special", "options": {"match": "null", "result": {"text": "no data"}}},
]
QUERY = {
    "refId": "A", "datasource": PROM, "expr": "sum(rate(http_requests_total[$__rate_interval]))", "legendFormat": "{{route}}",
    "range": True, "exemplar": True, "editorMode": "code", "format": "time_series", "interval": "30s", "intervalFactor": 1,
    "useBackend": False,
}
TRACES = {
    "refId": "A", "datasource": TEMPO, "queryType": "traceql", "query": "{} | rate()",
    "filters": [{"id": "a", "tag": "name", "scope": "span"}],
    "metricsQueryType": "range", "step": "1m", "limit": 20, "spss": 3, "tableType": "traces", "exemplars": 0,
}
LINES = {"refId": "A", "datasource": LOKI, "expr": '{job="api"}', "queryType": "range", "maxLines": 100, "direction": "backward"}
AXIS = {"axisLabel": "s", "axisPlacement": "auto", "axisSoftMin": 0, "scaleDistribution": {"type": "log", "log": 10}}
SHAPE = {"lineWidth": 1, "fillOpacity": 10, "hideFrom": {"legend": False, "tooltip": False, "viz": False}}

# kind -> options, custom, targets
KINDS: dict[str, tuple[Json, Json, list[Json]]] = {
    "timeseries": (
        {"legend": LEGEND, "tooltip": TOOLTIP, "annotations": {"multiLane": True}},
        {
            **AXIS, **SHAPE, "drawStyle": "line", "lineInterpolation": "smooth", "showPoints": "auto", "spanNulls": 60000,
            "axisColorMode": "text", "showValues": False, "stacking": {"group": "A", "mode": "none"}, "thresholdsStyle": {"mode": "dashed"},
            "lineStyle": {"fill": "dash", "dash": [10, 10]},
        },
        [QUERY, {"refId": "B", "datasource": EXPR, "type": "math", "expression": "$A * 2"}],
    ),
    "stat": ({"reduceOptions": REDUCE, "colorMode": "background", "graphMode": "area", "wideLayout": True}, {}, [QUERY]),
    "piechart": ({"pieType": "donut", "sort": "desc", "legend": {**LEGEND, "values": ["value"]}}, {}, [QUERY]),
    "heatmap": (
        {
            "calculate": False, "color": {"mode": "scheme", "scheme": "Oranges", "steps": 64}, "filterValues": {"le": 1e-9},
            "cellGap": 1, "yAxis": {"unit": "s", "axisPlacement": "left"}, "tooltip": {"mode": "single", "yHistogram": True},
            "rowsFrame": {"layout": "auto"},
        },
        {"scaleDistribution": {"type": "linear"}},
        [{**QUERY, "format": "heatmap"}],
    ),
    "histogram": ({"bucketCount": 30, "combine": True, "legend": LEGEND}, {**AXIS, **SHAPE, "gradientMode": "none"}, [QUERY]),
    "bargauge": ({"displayMode": "gradient", "valueMode": "color", "namePlacement": "left", "orientation": "horizontal"}, {}, [QUERY]),
    "gauge": ({"reduceOptions": REDUCE, "showThresholdMarkers": True, "sizing": "auto"}, {}, [QUERY]),
    "table": (
        {"showHeader": True, "cellHeight": "sm", "sortBy": [{"displayName": "Value", "desc": True}], "enablePagination": True},
        {"align": "auto", "cellOptions": {"type": "color-background", "mode": "basic"}, "footer": {"reducers": ["sum"]}, "inspect": False},
        [{**QUERY, "instant": True, "range": False, "format": "table"}],
    ),
    "state-timeline": ({"mergeValues": True, "rowHeight": 0.9, "legend": LEGEND}, {**SHAPE, "spanNulls": False}, [QUERY]),
    "logs": ({"dedupStrategy": "none", "sortOrder": "Descending", "wrapLogMessage": True, "enableLogDetails": True}, {}, [LINES]),
    "traces": ({"spanFilters": {"query": "GET", "serviceNameOperator": "=", "matchesOnly": False}}, {}, [TRACES]),
    "text": ({"mode": "markdown", "content": "# Words", "code": {"language": "yaml", "showMiniMap": False}}, {}, []),
    "alertlist": ({"viewMode": "list", "alertInstanceLabelFilter": '{job="a"}', "stateFilter": {"firing": True}, "sortOrder": 3}, {}, []),
    "nodeGraph": ({"zoomMode": "cooperative", "layoutAlgorithm": "layered", "nodes": {"mainStatUnit": "s"}}, {}, [TRACES]),
    "barchart": ({"stacking": "none", "xTickLabelRotation": 45, "showValue": "auto", "legend": LEGEND}, {**AXIS, **SHAPE}, [QUERY]),
    "dashlist": ({"query": "", "tags": ["obskit"], "showStarred": False, "maxItems": 10, "includeVars": True}, {}, []),
    "news": ({"feedUrl": "https://example.org/feed.xml", "showImage": False}, {}, []),
}


def panel_of(kind: str, number: int) -> Json:
    options, custom, targets = copy.deepcopy(KINDS[kind])
    defaults = {
        "unit": "s", "decimals": 2, "min": 0, "max": 10, "noValue": "-", "mappings": MAPPINGS, "thresholds": STEPS, "custom": custom,
        "color": {"mode": "palette-classic-by-name"}, "links": [{"title": "trace", "url": "/explore", "targetBlank": True}],
    }
    overrides = [
        {
            "matcher": {"id": "byName", "options": "p99"},
            "properties": [
                {"id": "color", "value": {"mode": "fixed", "fixedColor": "red"}},
                {"id": "thresholds", "value": STEPS},
                {"id": "custom.hideFrom", "value": {"legend": False, "tooltip": True, "viz": True}},
            ],
        }
    ]
    return {
        "id": number, "type": kind, "title": kind, "description": f"Shows {kind}.",
        "datasource": {"type": "datasource", "uid": "-- Mixed --"}, "gridPos": {"h": 8, "w": 12, "x": 0, "y": 8 * number},
        "targets": targets, "options": options, "interval": "1m", "maxDataPoints": 500, "transparent": False, "pluginVersion": "13.2.0",
        "fieldConfig": {"defaults": defaults, "overrides": overrides}, "links": [{"title": "runbook", "url": "https://example.org"}],
        "transformations": [{"id": "organize", "options": {"excludeByName": {"Time": True}}}],
    }


def board_of(panels: list[Json]) -> Json:
    board = {
        "uid": "svc-red", "title": "Service RED", "schemaVersion": 42, "version": 0, "editable": False, "graphTooltip": 1, "refresh": "1m",
        "timezone": "browser", "weekStart": "monday", "fiscalYearStartMonth": 0, "liveNow": False, "preload": False, "tags": ["obskit"],
        "description": "Golden signals.", "time": {"from": "now-1h", "to": "now"},
        "timepicker": {"refresh_intervals": ["30s", "1m"], "quick_ranges": [{"display": "shift", "from": "now-8h", "to": "now"}]},
        "annotations": {"list": [
            {"builtIn": 1, "datasource": {"type": "grafana", "uid": "-- Grafana --"}, "enable": True, "hide": True, "iconColor": "blue",
             "name": "Annotations & Alerts", "type": "dashboard"},
        ]},
        "templating": {"list": [
            {"type": "datasource", "name": "datasource", "label": "Data Source", "query": "prometheus"},
            {"type": "query", "name": "job", "datasource": PROM, "query": {"qryType": 1, "query": "label_values(up, job)", "refId": "V"},
             "definition": "label_values(up, job)", "refresh": 2, "sort": 1, "multi": True, "includeAll": True, "allValue": ".+",
             "current": {"text": ["All"], "value": ["$__all"]}, "regexApplyTo": "value"},
            {"type": "interval", "name": "step", "query": "1m,5m", "auto": True, "auto_min": "10s", "auto_count": 30},
            {"type": "custom", "name": "q", "query": "0.5,0.99", "options": [{"text": "0.5", "value": "0.5", "selected": True}]},
            {"type": "constant", "name": "ns", "query": "prod", "hide": 2},
            {"type": "textbox", "name": "search", "query": ""},
            {"type": "adhoc", "name": "Filters", "datasource": PROM, "filters": [{"key": "a", "operator": "=", "value": "b"}]},
            {"type": "switch", "name": "detail", "current": {"text": "true", "value": "true"}},
        ]},
        "links": [
            {"type": "dashboards", "title": "Siblings", "tags": ["obskit"], "asDropdown": True, "includeVars": True, "keepTime": True},
            {"type": "link", "title": "Source", "url": "https://example.org", "targetBlank": True, "icon": "external link"},
        ],
        "panels": panels,
    }
    unshared: Json = json.loads(json.dumps(board))
    return unshared


def modern() -> Json:
    kinds = [panel_of(kind, number) for number, kind in enumerate(KINDS, start=2)]
    inner = panel_of("stat", 41)
    return board_of([
        {"id": 1, "type": "row", "title": "Overview", "collapsed": False, "gridPos": {"h": 1, "w": 24, "x": 0, "y": 0}, "panels": []},
        *kinds,
        {"id": 40, "type": "row", "title": "More", "collapsed": True, "gridPos": {"h": 1, "w": 24, "x": 0, "y": 200}, "panels": [inner]},
        {"id": 42, "title": "Shared", "gridPos": {"h": 8, "w": 12, "x": 0, "y": 210}, "libraryPanel": {"uid": "lib", "name": "Shared"}},
    ])


def plugin_panel() -> Json:
    return {
        "id": 50, "type": "acme-globe-panel", "title": "Globe", "gridPos": {"h": 8, "w": 12, "x": 0, "y": 220}, "spin": {"speed": 3},
        "options": {"tilt": None}, "fieldConfig": {"defaults": {"custom": {"shine": 1}}, "overrides": []},
    }
