"""Every kind of panel that grafanalib 0.7.1 can make, and its boards, variables and targets, come out in today's shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import grafanalib.core as g
import jsonschema
import pytest
from grafanalib.elasticsearch import ElasticsearchTarget
from grafanalib.influxdb import InfluxDBTarget
from grafanalib_panels import ASK, OBSOLETE, PANELS, PLUGINS, built, one, paths, placed, plain
from official_model import dropped

import obskit.render
from obskit.model.modern import modernise

DEAD = {
    *("rows", "style", "hideControls", "sharedCrosshair", "gnetId", "__inputs", "time_options", "nowDelay", "error", "span", "minSpan"),
    *("height", "isNew", "fieldOptions", "useTags", "tagsQuery", "tagValuesQuery", "step", "metric", "intervalFactor", "aliasColors"),
    *("seriesOverrides", "yaxes", "xaxis", "nullPointMode", "sparkline", "valueMaps", "rangeMaps", "dataFormat", "cards", "fontSize"),
}


@pytest.mark.parametrize("name", PANELS)
def test_panel_has_no_nulls_but_base_thresholds(name: str) -> None:
    nulls = [path for path, value in paths(built(PANELS[name])) if value is None and not path.endswith(".steps.0.value")]
    assert nulls == []


@pytest.mark.parametrize("name", [name for name in PANELS if name not in PLUGINS])
def test_panel_has_no_dead_keys(name: str) -> None:
    dead = [path for path, _ in paths(built(PANELS[name])) if path.rsplit(".", 1)[-1] in DEAD and ".stateFilter." not in path]
    assert dead == []


@pytest.mark.parametrize("name", PANELS)
def test_panel_keeps_everything_in_the_official_model(name: str) -> None:
    board = built(PANELS[name])
    assert [path for path in dropped(board) if name not in PLUGINS or ".fieldConfig" in path or ".options" in path] == []


@pytest.mark.parametrize("name", PANELS)
def test_panel_satisfies_the_schema(name: str) -> None:
    path = Path(obskit.render.__path__[0]) / "dashboards" / "schema.json"
    board = placed(built(PANELS[name]))
    problems = jsonschema.Draft202012Validator(json.loads(path.read_text())).iter_errors(board)
    assert [f"{error.json_path}: {error.message}" for error in problems] == []


@pytest.mark.parametrize("name", PANELS)
def test_modernising_again_changes_nothing(name: str) -> None:
    board = built(PANELS[name])
    assert modernise(board)[0] == board


@pytest.mark.parametrize("name", OBSOLETE)
def test_obsolete_panel_is_built_as_today_s_kind(name: str) -> None:
    kind, panel = OBSOLETE[name]
    assert one(panel)["type"] == kind


@pytest.mark.parametrize("name", OBSOLETE)
def test_obsolete_panel_is_noted(name: str) -> None:
    notes = modernise({"panels": [plain(OBSOLETE[name][1])]})[1]
    assert [check for check, _ in notes] == ["legacy-panel"]


@pytest.mark.parametrize("name", PLUGINS)
def test_plugin_panel_is_noted(name: str) -> None:
    notes = modernise({"panels": [plain(PLUGINS[name])]})[1]
    assert [check for check, _ in notes] == ["unknown-panel"]


def test_plugin_panel_keeps_its_own_members() -> None:
    assert one(PLUGINS["discrete"])["valueMaps"] == [{"op": "=", "text": "a", "value": "1"}]


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("timeseries", "fieldConfig.defaults.thresholds.steps", [{"color": "green", "value": None}, {"color": "red", "value": 80.0}]),
        ("timeseries", "options.legend", {"displayMode": "list", "placement": "bottom", "calcs": [], "showLegend": False}),
        ("stacked", "fieldConfig.defaults.custom.scaleDistribution", {"type": "log", "log": 2}),
        ("stat", "options.reduceOptions.calcs", ["mean"]),
        ("heatmap", "options.calculate", False),
        ("heatmap", "options.yAxis.unit", "s"),
        ("heatmap", "options.color.scheme", "Oranges"),
        ("bargauge", "options.reduceOptions", {"calcs": ["mean"], "fields": "", "values": False, "limit": 5}),
        ("bargauge", "fieldConfig.defaults.displayName", "l"),
        ("bargauge", "fieldConfig.defaults.links", [{"title": "a", "url": "/b", "targetBlank": False}]),
        ("gauge", "options.showThresholdLabels", True),
        ("gauge", "fieldConfig.defaults.mappings", [{"type": "value", "options": {"0": {"text": "down", "index": 0}}}]),
        ("table", "fieldConfig.defaults.custom.cellOptions", {"type": "color-background", "mode": "gradient"}),
        ("table", "fieldConfig.defaults.mappings.0.options.1", {"text": "up"}),
        ("text", "options.mode", "markdown"),
        ("alertlist", "options.stateFilter.firing", True),
        ("alertlist", "options.stateFilter.normal", False),
        ("dashlist", "options.tags", ["a"]),
        ("row", "panels.0.title", "q"),
        ("logs", "targets.0", {"refId": "A", "datasource": {"type": "loki", "uid": "l"}, "expr": '{app="a"}', "queryType": "range"}),
        ("graph", "fieldConfig.defaults.unit", "s"),
        ("graph", "fieldConfig.defaults.custom.scaleDistribution", {"type": "log", "log": 10}),
        ("graph", "fieldConfig.defaults.custom.fillOpacity", 10),
        ("graph", "options.legend.calcs", ["mean", "lastNotNull"]),
        ("graph", "options.legend.sortBy", "Mean"),
        ("graph", "fieldConfig.overrides.1.matcher", {"id": "byRegexp", "options": "/b/"}),
        ("graph", "fieldConfig.defaults.thresholds.steps.2", {"color": "red", "value": 10.0}),
        ("singlestat", "fieldConfig.defaults.unit", "suffix: req"),
        ("singlestat", "fieldConfig.defaults.mappings.0.options.match", "null"),
        ("singlestat", "options.reduceOptions.calcs", ["mean"]),
        ("singlestat-gauge", "fieldConfig.defaults.max", 100),
        ("piechart", "options.legend.values", ["value", "percent"]),
    ],
)
def test_panel_member_is(name: str, path: str, value: object) -> None:
    found: Any = one(PANELS[name])
    for key in path.split("."):
        found = found[int(key)] if isinstance(found, list) else found[key]
    assert found == value


def test_stat_without_thresholds_is_green_whatever_its_value() -> None:
    assert one(g.Stat(title="p", **ASK))["fieldConfig"]["defaults"]["thresholds"]["steps"] == [{"color": "green", "value": None}]


def test_stat_default_no_value_is_dropped() -> None:
    assert "noValue" not in one(g.Stat(title="p", **ASK))["fieldConfig"]["defaults"]


def test_extra_json_survives_in_a_reshaped_panel() -> None:
    extra = {"options": {"reduceOptions": {"calcs": ["max"]}}, "fieldConfig": {"defaults": {"unit": "s", "noValue": "-"}}}
    panel = one(g.BarGauge(title="p", extraJson=extra, **ASK))
    assert (panel["options"]["reduceOptions"]["calcs"], panel["fieldConfig"]["defaults"]["unit"]) == (["max"], "s")


def test_heatmap_with_modern_options_keeps_them() -> None:
    options = {"calculate": True, "yAxis": {"unit": "s"}}
    assert one(g.Heatmap(title="p", extraJson={"options": options}, **ASK))["options"] == options


def test_grafanalib_default_of_data_points_is_dropped() -> None:
    assert "maxDataPoints" not in one(g.TimeSeries(title="p", **ASK))


def test_other_number_of_data_points_is_kept() -> None:
    assert one(g.TimeSeries(title="p", maxDataPoints=50, **ASK))["maxDataPoints"] == 50


def test_prometheus_target_is_only_what_grafana_reads() -> None:
    source = {"type": "prometheus", "uid": "prometheus"}
    assert one(g.TimeSeries(title="p", **ASK))["targets"] == [
        {"refId": "A", "datasource": source, "editorMode": "code", "expr": "up", "range": True},
        {
            "refId": "B",
            "datasource": source,
            "editorMode": "code",
            "expr": "up",
            "legendFormat": "{{job}}",
            "instant": True,
            "range": False,
        },
    ]


def test_sql_target_keeps_its_own_keys() -> None:
    target = one(g.Table(title="p", dataSource={"type": "postgres", "uid": "db"}, targets=[g.SqlTarget(rawSql="select 1", format="table")]))
    assert target["targets"][0] == {
        "refId": "A",
        "datasource": {"type": "postgres", "uid": "db"},
        "rawSql": "select 1",
        "rawQuery": True,
        "format": "table",
    }


def test_influx_and_elasticsearch_targets_tell_their_datasource() -> None:
    panels = [g.TimeSeries(title="p", dataSource="db", targets=[target]) for target in (InfluxDBTarget(query="q"), ElasticsearchTarget())]
    assert [panel["datasource"]["type"] for panel in built(*panels)["panels"]] == ["influxdb", "elasticsearch"]


def test_panel_without_datasource_asks_the_datasource_variable() -> None:
    board = built(g.TimeSeries(title="p", targets=[g.Target(expr="up")]))
    assert (board["panels"][0]["datasource"], board["templating"]["list"]) == (
        {"type": "prometheus", "uid": "${datasource}"},
        [{"type": "datasource", "name": "datasource", "label": "Data source", "query": "prometheus"}],
    )


def test_default_board_has_no_more_than_it_needs() -> None:
    assert built() == {
        "uid": "board",
        "title": "board",
        "editable": True,
        "graphTooltip": 0,
        "refresh": "10s",
        "timezone": "utc",
        "time": {"from": "now-1h", "to": "now"},
        "timepicker": {},
        "schemaVersion": 42,
        "annotations": {"list": []},
        "panels": [],
        "templating": {"list": []},
    }


def test_own_refresh_intervals_are_kept() -> None:
    picker = g.TimePicker(refreshIntervals=["1m"], timeOptions=["1h"])
    assert built(timePicker=picker)["timepicker"] == {"refresh_intervals": ["1m"]}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (
            g.Template("job", "label_values(up, job)", dataSource="$ds", multi=True, includeAll=True, default="All"),
            {
                "type": "query",
                "name": "job",
                "datasource": {"type": "prometheus", "uid": "${ds}"},
                "refresh": 1,
                "sort": 1,
                "multi": True,
                "includeAll": True,
                "current": {"text": ["All"], "value": ["$__all"]},
                "definition": "label_values(up, job)",
                "query": {"qryType": 1, "query": "label_values(up, job)", "refId": "PrometheusVariableQueryEditor-VariableQuery"},
            },
        ),
        (
            g.Template("env", "a,b", type="custom", default="b"),
            {
                "type": "custom",
                "name": "env",
                "query": "a,b",
                "current": {"text": "b", "value": "b"},
                "options": [{"selected": False, "text": "a", "value": "a"}, {"selected": True, "text": "b", "value": "b"}],
            },
        ),
        (
            g.Template("step", "1m,5m", type="interval", auto=True),
            {
                "type": "interval",
                "name": "step",
                "query": "1m,5m",
                "refresh": 1,
                "auto": True,
                "auto_count": 30,
                "auto_min": "10s",
            },
        ),
        (
            g.Template("ds", "prometheus", type="datasource", label="Source", hide=g.HIDE_VARIABLE),
            {"type": "datasource", "name": "ds", "label": "Source", "query": "prometheus", "refresh": 1, "hide": 2},
        ),
        (g.Template("c", "x", type="constant"), {"type": "constant", "name": "c", "query": "x"}),
        (g.Template("t", "x", type="textbox"), {"type": "textbox", "name": "t", "query": "x"}),
        (
            g.Template("Filters", "", type="adhoc", dataSource="$ds"),
            {"type": "adhoc", "name": "Filters", "datasource": {"type": "prometheus", "uid": "${ds}"}},
        ),
    ],
    ids=lambda value: value.type if isinstance(value, g.Template) else "",
)
def test_variable_is_what_its_kind_needs(given: g.Template, wanted: Any) -> None:
    ds = g.Template("ds", "prometheus", type="datasource")
    board = built(templating=g.Templating([ds, given] if given.name != "ds" else [given]))
    assert (board["templating"]["list"][-1], dropped(board)) == (wanted, [])


def test_old_rows_become_balanced_panels_of_24_columns() -> None:
    row = g.Row(panels=[g.Text(title=title) for title in "abc"], height=g.Pixels(300))
    board = modernise(plain(g.Dashboard(title="b", rows=[row, g.Row(panels=[g.Text(title="d", span=6)])])))[0]
    assert [(panel["title"], *panel["gridPos"].values()) for panel in board["panels"]] == [
        *(("a", 8, 8, 0, 0), ("b", 8, 8, 8, 0), ("c", 8, 8, 16, 0), ("d", 7, 12, 0, 8)),
    ]


def test_titled_and_collapsed_old_rows_become_row_panels() -> None:
    rows = [g.Row(title="one", panels=[g.Text(title="a")]), g.Row(title="two", collapse=True, repeat="job", panels=[g.Text(title="b")])]
    panels = modernise(plain(g.Dashboard(title="b", rows=rows)))[0]["panels"]
    assert [(panel["type"], panel["title"], panel.get("repeat"), len(panel.get("panels", ()))) for panel in panels] == [
        *(("row", "one", None, 0), ("text", "a", None, 0), ("row", "two", "job", 1)),
    ]


def test_panels_of_an_expanded_row_come_behind_it() -> None:
    board = built(g.RowPanel(title="r", panels=[g.Text(title="a")]), g.Text(title="b"))
    assert [panel["title"] for panel in board["panels"]] == ["r", "a", "b"]


def test_unfinished_place_keeps_only_its_size() -> None:
    assert one(g.Text(title="a", gridPos=g.GridPos(h=8, w=12, x=None, y=None)))["gridPos"] == {"h": 8, "w": 12}
