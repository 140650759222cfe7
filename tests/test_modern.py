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
