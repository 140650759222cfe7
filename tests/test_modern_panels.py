"""Panels of foreign dashboards, of whatever age, come out in the shape of today's kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from official_model import dropped

import obskit.render
from obskit.model.modern import modernise

SCHEMA = Path(obskit.render.__path__[0]) / "dashboards" / "schema.json"


def board(*panels: Any, **members: Any) -> Any:
    return modernise({"title": "b", "panels": list(panels), **members})[0]


def one(**members: Any) -> Any:
    return board({"type": "timeseries", "title": "p", **members})["panels"][0]


def defaults(kind: str = "timeseries", **members: Any) -> Any:
    return one(type=kind, fieldConfig={"defaults": members})["fieldConfig"]["defaults"]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ([(80, "red"), (None, "green")], [(None, "green"), (80, "red")]),
        ([("null", "green"), ("80", "red"), ("", "blue")], [(None, "green"), (80, "red")]),
        ([(0, "green"), (0.5, "red")], [(None, "green"), (0.5, "red")]),
        ([("x", "red"), (None, "green")], [(None, "green")]),
    ],
)
def test_threshold_steps_are(given: Any, wanted: Any) -> None:
    steps = [{"color": colour, "value": value, "op": "gt", "line": True} for value, colour in given]
    found = defaults(thresholds={"mode": "absolute", "steps": steps})["thresholds"]["steps"]
    assert [(step.pop("value"), step.pop("color"), step) for step in found] == [(*step, {}) for step in wanted]


def test_empty_thresholds_go_where_colours_come_from_a_palette() -> None:
    assert defaults(thresholds={"mode": "absolute", "steps": []}) == {}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ([{"type": 1, "value": "0", "text": "off"}], [{"type": "value", "options": {"0": {"text": "off", "index": 0}}}]),
        (
            [{"op": "=", "value": "0", "text": "off"}, {"op": "=", "value": "1", "text": "on"}],
            [{"type": "value", "options": {"0": {"text": "off", "index": 0}, "1": {"text": "on", "index": 1}}}],
        ),
        (
            [{"type": 2, "from": "1", "to": "2.5", "text": "a"}],
            [{"type": "range", "options": {"from": 1, "to": 2.5, "result": {"text": "a", "index": 0}}}],
        ),
        (
            [{"from": "null", "to": "null", "text": "a"}],
            [{"type": "special", "options": {"match": "null", "result": {"text": "a", "index": 0}}}],
        ),
        (
            [{"type": 1, "value": "null", "text": "a"}],
            [{"type": "special", "options": {"match": "null", "result": {"text": "a", "index": 0}}}],
        ),
        (
            [{"type": "regex", "options": {"pattern": "a.*", "result": {"text": "a", "color": "", "index": None}}}],
            [{"type": "regex", "options": {"pattern": "a.*", "result": {"text": "a"}}}],
        ),
        (
            [{"type": "special", "options": {"match": "null+nan", "result": {"text": "-"}}}],
            [{"type": "special", "options": {"match": "null+nan", "result": {"text": "-"}}}],
        ),
    ],
)
def test_value_mappings_become(given: Any, wanted: Any) -> None:
    assert defaults(mappings=given)["mappings"] == wanted


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ({"id": "custom.displayMode", "value": "lcd-gauge"}, {"id": "custom.cellOptions", "value": {"type": "gauge", "mode": "lcd"}}),
        ({"id": "custom.hideFrom", "value": {"viz": True}}, {"id": "custom.hideFrom", "value": {"viz": True, "tooltip": True}}),
        ({"id": "max", "value": None}, {"id": "max"}),
        ({"id": "unit", "value": "s"}, {"id": "unit", "value": "s"}),
    ],
)
def test_override_property_becomes(written: Any, wanted: Any) -> None:
    override = {"matcher": {"id": "byName", "options": "a"}, "properties": [written]}
    assert one(type="table", fieldConfig={"defaults": {}, "overrides": [override]})["fieldConfig"]["overrides"][0]["properties"] == [wanted]


def test_table_footer_goes_to_the_columns() -> None:
    panel = one(type="table", options={"showHeader": True, "footer": {"show": True, "reducer": ["sum"], "fields": ""}})
    assert (panel["options"], panel["fieldConfig"]["defaults"]) == ({"showHeader": True}, {"custom": {"footer": {"reducers": ["sum"]}}})


def test_styled_table_becomes_overrides() -> None:
    styles = [
        {"pattern": "/.*/", "type": "number", "unit": "s", "decimals": 1},
        {"pattern": "Value", "type": "number", "unit": "short", "colorMode": "cell", "colors": ["a", "b"], "thresholds": ["5"]},
        {"pattern": "Time", "type": "hidden"},
    ]
    panel = one(type="table", styles=styles, transform="table")
    properties = {item["matcher"]["options"]: [each["id"] for each in item["properties"]] for item in panel["fieldConfig"]["overrides"]}
    assert (panel["fieldConfig"]["defaults"], properties, panel["transformations"]) == (
        {"unit": "s", "decimals": 1},
        {"Time": ["custom.hideFrom"], "Value": ["unit", "custom.cellOptions", "thresholds"]},
        [{"id": "merge", "options": {}}],
    )


@pytest.mark.parametrize(
    ("members", "kind", "wanted"),
    [
        ({}, "timeseries", {"fillOpacity": 10, "showPoints": "never"}),
        (
            {"lines": True, "fill": 0, "linewidth": 3},
            "timeseries",
            {"lineWidth": 3, "showPoints": "never"},
        ),
        (
            {"bars": True, "stack": True, "percentage": True},
            "timeseries",
            {"drawStyle": "bars", "fillOpacity": 100, "showPoints": "never", "stacking": {"mode": "percent", "group": "A"}},
        ),
        ({"xaxis": {"mode": "histogram"}}, "histogram", {}),
        ({"xaxis": {"mode": "series"}}, "bargauge", {}),
    ],
)
def test_graph_becomes(members: Any, kind: str, wanted: Any) -> None:
    panel = one(type="graph", **members)
    assert (panel["type"], panel["fieldConfig"]["defaults"].get("custom", {})) == (kind, wanted)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([("gt", 5, "critical")], [(None, "transparent"), (5, "red")]),
        ([("lt", 5, "critical")], [(None, "red"), (5, "transparent")]),
        ([("gt", 9, "critical"), ("gt", 5, "warning")], [(None, "transparent"), (5, "orange"), (9, "red")]),
        ([("lt", 1, "critical"), ("lt", 3, "warning"), ("gt", 9, "ok")], [(None, "red"), (1, "orange"), (3, "transparent"), (9, "green")]),
    ],
)
def test_graph_threshold_lines_become_steps(lines: Any, wanted: Any) -> None:
    thresholds = [{"op": op, "value": value, "colorMode": mode, "fill": True} for op, value, mode in lines]
    found = one(type="graph", thresholds=thresholds)["fieldConfig"]["defaults"]
    assert [(step["value"], step["color"]) for step in found["thresholds"]["steps"]] == wanted


OLD = {
    "graph": {
        "type": "graph",
        "xaxis": {"mode": "time"},
        "lines": True,
        "dashes": True,
        "steppedLine": True,
        "points": True,
        "pointradius": 2,
        "yaxes": [{"format": "bytes", "min": "0", "logBase": 2, "label": "l"}, {"format": "s", "show": False}],
        "seriesOverrides": [
            {"alias": "/a/", "stack": "B", "transform": "negative-Y", "dashes": True, "legend": False, "fillBelowTo": "b", "yaxis": 2}
        ],
        "thresholds": [{"op": "gt", "value": 5, "colorMode": "custom", "lineColor": "red", "line": True}],
        "legend": {"show": True, "values": True, "max": True, "rightSide": True, "sideWidth": 300, "sort": "max", "sortDesc": True},
    },
    "graph of before 9": {"type": "graph", "y_formats": ["s", "short"], "grid": {"threshold1": 3, "leftMin": 0, "leftLogBase": 10}},
    "bars": {
        "type": "graph",
        "xaxis": {"mode": "series", "values": ["avg"]},
        "seriesOverrides": [{"alias": "a", "fill": 0, "color": "red"}],
    },
    "histogram": {"type": "graph", "xaxis": {"mode": "histogram", "buckets": 10}},
    "singlestat": {
        "type": "singlestat",
        "thresholds": "1,2",
        "colors": ["green", "orange", "red"],
        "colorBackground": True,
        "tableColumn": "a.b",
        "mappingType": 2,
        "rangeMaps": [{"from": "0", "to": "1", "text": "low"}],
        "prefix": "v",
        "sparkline": {"show": True},
    },
    "table": {
        "type": "table",
        "transform": "timeseries_aggregations",
        "columns": [{"text": "Avg", "value": "avg"}],
        "styles": [
            {"pattern": "Time", "type": "date", "alias": "when", "dateFormat": "YYYY"},
            {
                "pattern": "/a/",
                "type": "string",
                "mappingType": 1,
                "valueMaps": [{"value": "1", "text": "up"}],
                "link": True,
                "linkUrl": "/x",
            },
            {"pattern": "Value", "type": "number", "colorMode": "row", "colors": ["a", "b"], "thresholds": ["5"], "align": "right"},
            {"pattern": "b", "type": "hidden"},
        ],
    },
    "heatmap": {
        "type": "heatmap",
        "dataFormat": "timeseries",
        "xBucketSize": "1m",
        "yBucketNumber": 10,
        "cards": {"cardPadding": 2, "cardRound": 1},
        "color": {"mode": "opacity", "cardColor": "red", "colorScale": "linear", "min": 0},
        "yAxis": {"format": "s", "logBase": 2, "show": False},
    },
    "gauge of 6": {
        "type": "gauge",
        "options": {
            "showThresholdMarkers": True,
            "showThresholdLabels": False,
            "fieldOptions": {
                "calcs": ["avg"],
                "values": False,
                "mappings": [{"type": 1, "value": "0", "text": "off"}],
                "defaults": {"unit": "s", "thresholds": {"mode": "absolute", "steps": [{"color": "green"}, {"color": "red", "value": 5}]}},
            },
        },
    },
    "piechart": {
        "type": "grafana-piechart-panel",
        "legendType": "On graph",
        "legend": {"show": True},
        "aliasColors": {"a": "red"},
        "valueName": "total",
    },
    "dashlist": {"type": "dashlist", "headings": True, "starred": True, "query": "", "tags": ["a"], "limit": 5},
    "text": {"type": "text", "mode": "html", "content": "<b>x</b>"},
}


@pytest.mark.parametrize("name", OLD)
def test_old_panel_keeps_everything_in_the_official_model(name: str) -> None:
    assert dropped(board({"id": 1, "title": "p", "targets": [{"expr": "up"}], **OLD[name]})) == []


@pytest.mark.parametrize("name", OLD)
def test_old_panel_satisfies_the_schema(name: str) -> None:
    place = {"h": 8, "w": 12, "x": 0, "y": 0}
    found = board({"id": 1, "title": "p", "gridPos": place, "targets": [{"expr": "up"}], **OLD[name]}, uid="b")
    problems = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).iter_errors(found)
    assert [f"{error.json_path}: {error.message}" for error in problems] == []


def test_alert_of_a_graph_is_noted() -> None:
    notes = modernise({"panels": [{"type": "graph", "title": "p", "alert": {"name": "a"}}]})[1]
    assert notes[0][1].endswith("its alert is left out, for Grafana has no alerts in panels any more")


def test_library_panel_is_only_a_reference() -> None:
    given = {"id": 4, "gridPos": {"h": 8, "w": 12, "x": 0, "y": 0}, "title": "t", "libraryPanel": {"uid": "u", "name": "n"}}
    assert board({**given, "datasource": None})["panels"] == [given]


def test_core_panel_that_grafanalib_lacks_is_not_noted() -> None:
    assert modernise({"panels": [{"type": "nodeGraph", "options": {}}]})[1] == ()


def test_least_span_of_a_repeated_panel_limits_its_row() -> None:
    assert one(repeat="job", minSpan=3)["maxPerRow"] == 4


def test_old_panel_link_becomes_a_url() -> None:
    assert one(links=[{"type": "absolute", "title": "a", "url": "/x", "keepTime": True, "targetBlank": True}])["links"] == [
        {"title": "a", "url": "/x?$__url_time_range", "targetBlank": True}
    ]


@pytest.mark.parametrize(("given", "wanted"), [(7, 7), (None, None), ("7", None), (True, None)])
def test_panel_id_is_kept_if_it_is_a_number(given: object, wanted: object) -> None:
    assert one(id=given).get("id") == wanted
