"""Foreign dashboards, of whatever age, come out in the shape of schemaVersion 42."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obskit.model.json import NOTE
from obskit.model.modern import modernise

PROMETHEUS = {"type": "prometheus", "uid": "p"}
DEFAULT = {"type": "prometheus", "uid": "${datasource}"}
MIXED = {"type": "datasource", "uid": "-- Mixed --"}


def board(*panels: Any, **members: Any) -> Any:
    return modernise({"title": "b", "panels": list(panels), **members})[0]


def one(**members: Any) -> Any:
    return board({"type": "timeseries", "title": "p", **members})["panels"][0]


def variable(*others: Any, **members: Any) -> Any:
    return board(templating={"list": [*others, {"name": "v", **members}]})["templating"]["list"][-1]


def defaults(kind: str = "timeseries", **members: Any) -> Any:
    return one(type=kind, fieldConfig={"defaults": members})["fieldConfig"]["defaults"]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ({"type": "loki", "uid": "l"}, {"type": "loki", "uid": "l"}),
        ("-- Mixed --", MIXED),
        ("-- Grafana --", {"type": "datasource", "uid": "-- Grafana --"}),
        ({"type": "datasource", "uid": "grafana"}, {"type": "datasource", "uid": "-- Grafana --"}),
        ("-- Dashboard --", {"type": "datasource", "uid": "-- Dashboard --"}),
        ("$ds", {"type": "tempo", "uid": "${ds}"}),
        ("${ds}", {"type": "tempo", "uid": "${ds}"}),
        ("[[ds]]", {"type": "tempo", "uid": "${ds}"}),
        ({"uid": "$ds"}, {"type": "tempo", "uid": "$ds"}),
        ("$other", {"type": "prometheus", "uid": "${other}"}),
        ("Main", {"type": "prometheus", "uid": "Main"}),
        (None, DEFAULT),
        ("default", DEFAULT),
        ({}, DEFAULT),
    ],
)
def test_panel_datasource_becomes_a_reference(written: object, wanted: object) -> None:
    known = {"list": [{"type": "datasource", "name": "ds", "query": "tempo"}]}
    panel = board({"type": "timeseries", "datasource": written, "targets": [{"expr": "up"}]}, templating=known)["panels"][0]
    assert panel["datasource"] == wanted


def test_datasource_that_tells_no_type_has_none() -> None:
    assert one(datasource="Main", targets=[{"rawSql": "select 1"}])["datasource"] == {"uid": "Main"}


def test_nothing_asked_of_nothing_has_no_datasource() -> None:
    assert "datasource" not in one(datasource=None, targets=[{"rawSql": "select 1"}])


@pytest.mark.parametrize("kind", ["text", "row", "news", "dashlist"])
def test_kind_without_queries_has_no_datasource(kind: str) -> None:
    assert "datasource" not in one(type=kind, datasource="Main")


def test_targets_inherit_the_datasource_of_the_panel() -> None:
    assert [target["datasource"] for target in one(datasource=PROMETHEUS, targets=[{"expr": "a"}, {"expr": "b"}])["targets"]] == [
        PROMETHEUS
    ] * 2


def test_targets_of_a_mixed_panel_keep_their_own_datasource() -> None:
    targets = one(
        datasource="-- Mixed --", targets=[{"expr": "a", "datasource": "A"}, {"query": "{}", "datasource": {"type": "tempo", "uid": "t"}}]
    )
    assert [target["datasource"]["uid"] for target in targets["targets"]] == ["A", "t"]


def test_panel_without_datasource_takes_the_one_of_all_its_targets() -> None:
    assert one(targets=[{"expr": "a", "datasource": PROMETHEUS}, {"datasource": "__expr__", "type": "math"}])["datasource"] == PROMETHEUS


def test_panel_without_datasource_is_mixed_if_its_targets_differ() -> None:
    assert one(targets=[{"expr": "a", "datasource": PROMETHEUS}, {"expr": "a"}])["datasource"] == MIXED


def test_default_datasource_variable_is_added_in_front() -> None:
    found = board({"type": "stat", "targets": [{"expr": "up"}]}, templating={"list": [{"type": "custom", "name": "a", "query": "1"}]})
    assert [item["name"] for item in found["templating"]["list"]] == ["datasource", "a"]


def test_default_datasource_variable_of_the_author_is_left() -> None:
    own = {"type": "datasource", "name": "datasource", "query": "prometheus", "regex": "/prod/"}
    assert board({"type": "stat", "targets": [{"expr": "up"}]}, templating={"list": [own]})["templating"]["list"] == [own]


def test_datasources_of_the_import_dialog_become_variables() -> None:
    inputs = [{"type": "datasource", "name": "DS_MAIN", "label": "Main", "pluginId": "prometheus"}]
    found = board({"type": "stat", "datasource": "${DS_MAIN}", "targets": [{"query": "x"}]}, __inputs=inputs)
    assert (found["templating"]["list"], found["panels"][0]["datasource"]) == (
        [{"type": "datasource", "name": "DS_MAIN", "label": "Main", "query": "prometheus"}],
        {"type": "prometheus", "uid": "${DS_MAIN}"},
    )


def test_missing_references_are_filled_around_the_given_ones() -> None:
    targets = one(targets=[{"expr": "a"}, {"expr": "b", "refId": "A"}, {"expr": "c", "refId": ""}])["targets"]
    assert [target["refId"] for target in targets] == ["B", "A", "C"]


def test_references_go_on_with_two_letters() -> None:
    assert one(targets=[{"expr": "a"} for _ in range(28)])["targets"][27]["refId"] == "AB"


@pytest.mark.parametrize(
    ("members", "wanted"),
    [
        ({}, {"range": True}),
        ({"instant": True}, {"instant": True, "range": False}),
        ({"instant": True, "range": True}, {"instant": True, "range": True}),
        ({"format": "time_series", "intervalFactor": 1, "hide": False, "legendFormat": ""}, {"range": True}),
        ({"format": "heatmap", "intervalFactor": 4, "hide": True}, {"range": True, "format": "heatmap", "intervalFactor": 4, "hide": True}),
        ({"step": 10, "metric": "", "query": "up", "target": ""}, {"range": True}),
        (
            {"exemplar": True, "interval": "1m", "useBackend": False},
            {"range": True, "exemplar": True, "interval": "1m", "useBackend": False},
        ),
        ({"editorMode": "builder"}, {"range": True, "editorMode": "builder"}),
    ],
)
def test_prometheus_target_has_only(members: Any, wanted: Any) -> None:
    target = one(datasource=PROMETHEUS, targets=[{"expr": "up", "refId": "A", **members}])["targets"][0]
    assert target == {"refId": "A", "datasource": PROMETHEUS, "editorMode": "code", "expr": "up", **wanted}


def test_tempo_target_keeps_its_query() -> None:
    target = {"refId": "A", "datasource": {"type": "tempo", "uid": "t"}, "queryType": "traceql", "query": "{}", "step": "1m", "limit": 20}
    assert one(targets=[target])["targets"] == [target]


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
        ({}, "timeseries", {"fillOpacity": 10, "showPoints": "never", "stacking": {"mode": "none", "group": "A"}}),
        (
            {"lines": True, "fill": 0, "linewidth": 3},
            "timeseries",
            {"lineWidth": 3, "showPoints": "never", "stacking": {"mode": "none", "group": "A"}},
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


@pytest.mark.parametrize(
    ("query", "number"),
    [("label_values(up, job)", 1), ("label_names()", 0), ("metrics(a)", 2), ("query_result(up)", 3), ("up", 5)],
)
def test_prometheus_variable_query_names_its_editor(query: str, number: int) -> None:
    assert variable(type="query", query=query, datasource=PROMETHEUS)["query"]["qryType"] == number


@pytest.mark.parametrize(
    ("members", "wanted"),
    [
        ({"multi": True, "current": {"text": "a", "value": "a", "tags": []}}, {"text": ["a"], "value": ["a"]}),
        ({"multi": False, "current": {"text": ["a"], "value": ["a"]}}, {"text": "a", "value": "a"}),
        ({"includeAll": True, "current": {"text": "All", "value": "All"}}, {"text": "All", "value": "$__all"}),
        ({"current": {"text": None, "value": None}}, None),
        ({"current": {}}, None),
    ],
)
def test_variable_choice_becomes(members: Any, wanted: Any) -> None:
    assert variable(type="query", query={"q": 1}, datasource={"type": "mysql", "uid": "m"}, **members).get("current") == wanted


def test_constant_of_the_import_dialog_takes_its_value() -> None:
    found = board(
        __inputs=[{"type": "constant", "name": "VAR_A", "value": "x"}],
        templating={"list": [{"type": "constant", "name": "a", "query": "${VAR_A}"}]},
    )
    assert found["templating"]["list"] == [{"type": "constant", "name": "a", "query": "x"}]


@pytest.mark.parametrize(
    ("item", "wanted"),
    [
        ({"name": "a", "datasource": "-- Grafana --"}, {"type": "grafana", "uid": "-- Grafana --"}),
        ({"name": "a", "builtIn": 1}, {"type": "grafana", "uid": "-- Grafana --"}),
        ({"name": "a", "expr": "up", "datasource": "Main"}, {"type": "prometheus", "uid": "Main"}),
        ({"name": "a", "expr": "up"}, DEFAULT),
        ({"name": "a"}, None),
    ],
)
def test_annotation_datasource_becomes(item: Any, wanted: Any) -> None:
    assert board(annotations={"list": [item]})["annotations"]["list"][0].get("datasource") == wanted


@pytest.mark.parametrize(
    ("members", "wanted"),
    [
        ({"sharedCrosshair": True}, {"graphTooltip": 1}),
        ({"refresh": False}, {"refresh": ""}),
        ({"timepicker": {"time_options": ["5m"], "nowDelay": "1m"}}, {"timepicker": {"nowDelay": "1m"}}),
        ({"links": [{"type": "link", "title": "a", "url": "/", "icon": None}]}, {"links": [{"type": "link", "title": "a", "url": "/"}]}),
        ({"id": 3, "version": 5, "iteration": 1, "gnetId": 1, "style": "dark", "__requires": [], "tags": []}, {}),
    ],
)
def test_board_member_becomes(members: Any, wanted: Any) -> None:
    assert board(**members) == {**board(), **wanted}


@pytest.mark.parametrize(("given", "wanted"), [(7, 7), (None, None), ("7", None), (True, None)])
def test_panel_id_is_kept_if_it_is_a_number(given: object, wanted: object) -> None:
    assert one(id=given).get("id") == wanted


def test_rows_go_below_panels_that_are_there() -> None:
    found = board({"type": "text", "gridPos": {"h": 5, "w": 24, "x": 0, "y": 0}}, rows=[{"panels": [{"type": "text", "span": 12}]}])
    assert found["panels"][1]["gridPos"]["y"] == 5


def test_row_that_is_too_wide_goes_on_below() -> None:
    found = board(rows=[{"height": 152, "panels": [{"type": "text", "span": 8}, {"type": "text", "span": 8}]}])
    assert [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in found["panels"]] == [(0, 0), (0, 4)]


def test_notes_are_carried_over() -> None:
    marks = {name: object() for name in ("board", "panel", "target", "variable", "row", "inner", "old row")}
    found = board(
        {"type": "graph", "targets": [{"expr": "up", NOTE: marks["target"]}], NOTE: marks["panel"]},
        {"type": "row", "collapsed": True, "panels": [{"type": "text", NOTE: marks["inner"]}], NOTE: marks["row"]},
        rows=[{"title": "r", "showTitle": True, "panels": [], NOTE: marks["old row"]}],
        templating={"list": [{"name": "v", "type": "custom", "query": "a", NOTE: marks["variable"]}]},
        **{NOTE: marks["board"]},
    )
    graph, row, old = found["panels"]
    assert marks == {
        "board": found[NOTE],
        "panel": graph[NOTE],
        "target": graph["targets"][0][NOTE],
        "variable": found["templating"]["list"][1][NOTE],
        "row": row[NOTE],
        "inner": row["panels"][0][NOTE],
        "old row": old[NOTE],
    }


ANY = st.recursive(
    st.sampled_from([None, "", "x", "null", "$ds", "All", True, False, 0, 1, 2.5, "-- Mixed --", "5,80", "300px"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "type", "text", "color", "show", "a"]), inner, max_size=4)
    ),
    max_leaves=6,
)
KINDS = [
    *("graph", "singlestat", "table", "table-old", "heatmap", "grafana-piechart-panel", "stat", "gauge", "bargauge", "timeseries", "text"),
    *("dashlist", "alertlist", "row", "plugin"),
]
MEMBERS = [
    *("fieldConfig", "options", "targets", "datasource", "thresholds", "styles", "yaxes", "seriesOverrides", "legend", "tooltip", "gauge"),
    *("valueMaps", "colors", "dataFormat", "yAxis", "links", "gridPos", "id", "repeat", "panels", "stateFilter", "aliasColors", "xaxis"),
]
PANEL = st.builds(
    lambda kind, members: {**members, "type": kind}, st.sampled_from(KINDS), st.dictionaries(st.sampled_from(MEMBERS), ANY, max_size=6)
)
TARGETED = st.builds(
    lambda panel, target: {**panel, "targets": [{**target, "expr": "up"}]}, PANEL, st.dictionaries(st.just("datasource"), ANY)
)
BOARD = st.fixed_dictionaries(
    {"panels": st.lists(PANEL | TARGETED, max_size=2), "title": st.just("b")},
    optional={
        "rows": st.lists(
            st.fixed_dictionaries({"panels": st.lists(PANEL, max_size=2)}, optional={"title": ANY, "height": ANY, "collapse": ANY}),
            max_size=2,
        ),
        "templating": st.fixed_dictionaries(
            {"list": st.lists(st.dictionaries(st.sampled_from(["name", "type", "query", "current"]), ANY), max_size=2)}
        ),
        "annotations": ANY,
        "__inputs": ANY,
        "timepicker": ANY,
    },
)


@settings(max_examples=150, deadline=None)
@given(BOARD)
def test_modernising_twice_is_modernising_once(given: Any) -> None:
    once = modernise(given)[0]
    assert modernise(once)[0] == once


@settings(max_examples=100, deadline=None)
@given(BOARD)
def test_modernising_leaves_its_input(given: Any) -> None:
    before = copy.deepcopy(given)
    modernise(given)
    assert given == before
