"""One panel of every kind that grafanalib 0.7.1 makes, and the way from its objects to a modern board."""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

import grafanalib.core as g
from grafanalib._gen import DashboardEncoder
from grafanalib.zabbix import ZabbixTrigger, ZabbixTriggersPanel

from obskit.model.modern import modernise

ASK = {"dataSource": "prometheus", "targets": [g.Target(expr="up"), g.Target(expr="up", legendFormat="{{job}}", instant=True)]}


FOUR = [g.Threshold("green", 0, 0.0), g.Threshold("red", 1, 80.0)]


MAPPED = [g.StatValueMappings(g.StatValueMappingItem("down", "0", "red"), g.StatValueMappingItem("up", "1"))]


MODERN = {
    "timeseries": g.TimeSeries(title="p", unit="s", thresholds=FOUR, mappings=MAPPED, legendDisplayMode="hidden", **ASK),
    "stacked": g.TimeSeries(title="p", stacking={"mode": "normal", "group": "A"}, scaleDistributionType="log", **ASK),
    "stat": g.Stat(title="p", thresholds=FOUR, mappings=[g.StatRangeMappings("low", 0, 10, "red")], **ASK),
    "piechart": g.PieChartv2(title="p", legendValues=["value", "percent"], **ASK),
    "heatmap": g.Heatmap(title="p", dataFormat="tsbuckets", yAxis=g.YAxis(format="s"), **ASK),
    "histogram": g.Histogram(title="p", bucketSize=5, **ASK),
    "bargauge": g.BarGauge(title="p", decimals=1, limit=5, label="l", dataLinks=[g.DataLink("a", "/b")], **ASK),
    "gauge": g.GaugePanel(title="p", thresholdLabels=True, valueMaps=[g.ValueMap("down", "0")], **ASK),
    "table": g.Table(title="p", displayMode="color-background", mappings=MAPPED, sortBy=[g.TableSortByField("Time", True)], **ASK),
    "statetimeline": g.StateTimeline(title="p", mappings=MAPPED, **ASK),
    "logs": g.Logs(title="p", dataSource={"type": "loki", "uid": "l"}, targets=[g.Target(expr='{app="a"}')]),
    "barchart": g.BarChart(title="p", **ASK),
    "text": g.Text(title="p", content="*hello*", mode="text"),
    "alertlist": g.AlertList(title="p", stateFilter=["alerting"]),
    "dashlist": g.DashboardList(title="p", searchTags=["a"]),
    "news": g.News(title="p", feedUrl="https://example.org/feed"),
    "row": g.RowPanel(title="p", collapsed=True, panels=[g.TimeSeries(title="q", **ASK)]),
}


OBSOLETE = {
    "graph": (
        "timeseries",
        g.Graph(
            title="p",
            stack=True,
            aliasColors={"a": "red"},
            seriesOverrides=[g.SeriesOverride("/b/", yaxis=2, color="blue"), g.SeriesOverride("c", bars=True)],
            thresholds=[g.GraphThreshold(10.0), g.GraphThreshold(5.0, colorMode="warning")],
            yAxes=g.YAxes(g.YAxis(format="s", min=0, logBase=10), g.YAxis(format="short", label="r")),
            legend=g.Legend(avg=True, current=True, alignAsTable=True, sort="avg"),
            **ASK,
        ),
    ),
    "singlestat": ("stat", g.SingleStat(title="p", thresholds="1,2", valueMaps=[g.ValueMap("N/A", "null")], postfix=" req", **ASK)),
    "singlestat-gauge": ("gauge", g.SingleStat(title="p", gauge=g.Gauge(show=True), **ASK)),
    "piechart": ("piechart", g.PieChart(title="p", aliasColors={"a": "red"}, showLegendPercentage=True, **ASK)),
}


PLUGINS = {
    "discrete": g.Discrete(title="p", valueMaps=[g.ValueMap("a", "1")], **ASK),
    "statusmap": g.Statusmap(title="p", **ASK),
    "worldmap": g.Worldmap(title="p", **ASK),
    "svg": g.Svg(title="p", **ASK),
    "epict": g.ePict(title="p", boxes=[g.ePictBox()], **ASK),
    "plotly": g.Ae3ePlotly(title="p", **ASK),
    "zabbix": ZabbixTriggersPanel("z", "p", triggers=ZabbixTrigger()),
}


PANELS = {**MODERN, **{name: panel for name, (_, panel) in OBSOLETE.items()}, **PLUGINS}


def plain(value: Any) -> Any:
    with contextlib.redirect_stdout(io.StringIO()):
        return json.loads(json.dumps(value.to_json_data(), cls=DashboardEncoder))


def built(*panels: Any, **members: Any) -> Any:
    board = modernise(plain(g.Dashboard(title="board", uid="board", panels=list(panels), **members)))[0]
    return {**board, "panels": _numbered(board["panels"])}


def _numbered(panels: list[Any], start: int = 1) -> list[Any]:
    """With the ids that are given to panels later."""
    for number, panel in enumerate(panels, start):
        panel["id"] = number
        _numbered(panel.get("panels", []), 100 * number)
    return panels


def one(panel: Any) -> Any:
    return built(panel)["panels"][0]


def paths(value: Any, path: str = "") -> list[tuple[str, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(path, value), *(found for key, item in items for found in paths(item, f"{path}.{key}"))]


def placed(board: Any) -> Any:
    """With the places that the layout gives to panels later."""
    for place, panel in enumerate(board["panels"]):
        panel["gridPos"] = {"h": 1 if panel["type"] == "row" else 8, "w": 24, "x": 0, "y": 8 * place}
        placed(panel if "panels" in panel else {"panels": []})
    return board
