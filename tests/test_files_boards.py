"""Foreign dashboards in the neutral form: what they hold, where it stands, and what is wrong with them."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from foreign import V2, board, changed, checked, gathered, said, shown

OLD: dict[str, Any] = {
    "title": "Old",
    "schemaVersion": 14,
    "__inputs": [{"name": "DS_MAIN", "type": "datasource", "pluginId": "prometheus"}],
    "templating": {"list": [{"name": "job", "type": "query", "datasource": "${DS_MAIN}", "query": "label_values(up, job)"}]},
    "rows": [
        {
            "title": "First", "showTitle": True,
            "panels": [
                {"id": 1, "type": "graph", "title": "Rate", "datasource": "${DS_MAIN}", "targets": [{"expr": 'rate(x{job="$job"}[5m])'}]},
                {"id": 2, "type": "singlestat", "title": "Now", "targets": [{"expr": "up", "refId": "B"}]},
            ],
        }
    ],
}  # fmt: skip


def lines(data: Any) -> dict[str, int]:
    """Where the first line with each text is."""
    return {text.strip(): number for number, text in reversed(list(enumerate(json.dumps(data, indent=1).split("\n"), 1)))}


def test_old_dashboard_has_its_panels_and_queries() -> None:
    found = board(OLD)
    assert [(panel.kind, panel.title, panel.row) for panel in found.panels] == [
        ("row", "First", ""), ("timeseries", "Rate", "First"), ("stat", "Now", "First")
    ]  # fmt: skip
    assert [(query.text, query.language, query.ref) for _, query in found.queries()] == [
        ('rate(x{job="$job"}[5m])', "promql", "A"), ("up", "promql", "B")
    ]  # fmt: skip


def test_parts_of_an_old_dashboard_have_their_lines() -> None:
    found, at = board(OLD), lines(OLD)
    origins = [found.panels[1].origin, found.panels[1].queries[0].origin, found.panels[2].queries[0].origin, found.variables[-1].origin]
    wanted = ['"title": "Rate",', '"expr": "rate(x{job=\\"$job\\"}[5m])"', '"expr": "up",', '"name": "job",']
    assert [origin and origin.line for origin in origins] == [at[text] for text in wanted]


def test_query_of_a_panel_in_a_collapsed_row_has_its_line() -> None:
    panel = {"id": 2, "type": "timeseries", "title": "p", "targets": [{"expr": "up"}]}
    data = {"title": "t", "panels": [{"type": "row", "title": "r", "collapsed": True, "panels": [panel]}]}
    (query,) = (query for _, query in board(data).queries())
    assert query.origin is not None
    assert query.origin.line == lines(data)['"expr": "up"']


@pytest.mark.parametrize("data", [{"dashboard": OLD, "meta": {}}, {"apiVersion": "dashboard.grafana.app/v1", "spec": OLD}])
def test_wrapped_dashboard_has_its_lines(data: Any) -> None:
    origin = board(data).panels[1].origin
    assert origin is not None
    assert origin.line == lines(data)['"title": "Rate",']


def test_uid_of_a_resource_is_its_name() -> None:
    found = board({"apiVersion": "dashboard.grafana.app/v1", "metadata": {"name": "shop"}, "spec": OLD})
    assert (found.uid, found.uid_given) == ("shop", True)


def test_dashboards_without_uid_are_not_mixed_up() -> None:
    first, second = (gathered(json.dumps(OLD), name).boards[0] for name in ("a.json", "b/a.json"))
    assert first.uid != second.uid
    assert not first.uid_given


def test_note_in_foreign_json_is_no_note() -> None:
    data = changed(OLD, ("rows", 0, "panels", 0), lambda panel: {**panel, "__obskit_note__": "x"}) | {"__obskit_note__": [1]}
    assert board(data).panels[1].title == "Rate"


@pytest.mark.parametrize(
    ("expr", "language"),
    [
        ('{job="x"} |= "error"', "logql"), ('rate({job="x"} | json [5m])', "logql"), ('sum(rate({a="b"} !~ `x` [1m]))', "logql"),
        ('{job="x"}', "promql"), ('up{job="x"} != on(job) up', "promql"), ("topk_max(3, up)", "metricsql"), ("up default 0", "metricsql"),
        ("WITH (x = up) x", "metricsql"), ("range_median(up[5m])", "metricsql"), ("label_replace(up, 'a', 'b', 'c', 'd')", "promql"),
        ('rate(x{code=~"5[0-9]{2}|429"}[5m])', "promql"), ('rate(x{code=~"5[0-9]{2}|429"}[5m]) >', "promql"), ("up # default 5", "promql"),
        ('x{a="vmrange"}', "promql"), ('x{default ="a"} >', "promql"), ("sum by (default ) (up", "promql"), ("(up)default 0", "metricsql"),
        ('x{pool="default a"} >', "promql"), ("sum by (vmrange) (rate(x_bucket[5m]))", "metricsql"), ("union # (\n", "promql"),
        ('x{code=~"5[0-9]{2}|429', "promql"), ('x{a="}"} |= "b"', "logql"), ("sum(up # it is\n) default 0", "metricsql"),
    ],
)  # fmt: skip
def test_language_of_a_query_is_told_by_its_looks(expr: str, language: str) -> None:
    data = {"title": "t", "panels": [{"type": "timeseries", "title": "p", "datasource": "Main", "targets": [{"expr": expr}]}]}
    assert [query.language for _, query in board(data).queries()] == [language]


def test_one_query_in_metricsql_tells_that_what_its_datasource_gets_besides_and_is_no_promql_is_too() -> None:
    asked = (("Main", "up default 0"), ("Main", "rate(up)"), ("Main", "sum(up)"), ("Other", "rate(up)"))
    panels = [{"type": "timeseries", "title": text, "datasource": name, "targets": [{"expr": text}]} for name, text in asked]
    found = [query.language for _, query in board({"title": "t", "panels": panels}).queries()]
    assert found == ["metricsql", "metricsql", "promql", "promql"]


@pytest.mark.parametrize("beside", ["up # default x", 'up{pool="default a"}', 'up{code=~"5[0-9]{2}|429"}'])
def test_words_in_strings_and_comments_keep_no_query_from_being_checked(beside: str) -> None:
    panel = {"type": "timeseries", "title": "p", "datasource": "Main", "targets": [{"expr": "sum(up "}, {"expr": beside}]}
    found = [one.id for one in checked(json.dumps({"title": "t", "panels": [panel]}), "b.json") if one.severity == "error"]
    assert found == ["promql-syntax"]


@pytest.mark.parametrize(("expr", "name"), [('{a="b"} |= "x"', "LogQL"), ("rollup_rate(up[1m])", "MetricsQL")])
def test_unchecked_language_is_told_once(expr: str, name: str) -> None:
    panel = {"type": "timeseries", "title": "p", "targets": [{"expr": expr, "refId": "A"}, {"expr": expr, "refId": "B"}]}
    all_found = checked(json.dumps({"title": "t", "panels": [panel]}), "b.json")
    found = [one.message for one in all_found if one.severity == "error" or one.id == "dashboard-file"]
    assert found == [f"2 queries are in {name}, which is not checked"]


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        (("rows",), "x", 'error: "rows" must be a list, not text; it is left out'),
        (("rows", 0), 7, 'error: "rows/0" must be an object, not a number; it is left out'),
        (("rows", 0, "panels"), {}, 'error: "panels" must be a list, not an object; it is left out'),
        (("rows", 0, "panels", 0), None, ""),
        (("rows", 0, "panels", 0, "title"), 404, 'warning: "title" must be text, not a number; it is left out'),
        (("rows", 0, "panels", 0, "id"), True, 'warning: "id" must be a number, not true or false; it is left out'),
        (("rows", 0, "panels", 0, "targets", 0, "expr"), ["up"], 'warning: "expr" must be text, not a list; it is left out'),
        (("rows", 0, "panels", 0, "datasource"), 5, 'warning: "datasource" must be text or an object, not a number; it is left out'),
        (("templating", "list", 0, "name"), {}, 'warning: "name" must be text, not an object; it is left out'),
        (("templating",), [], 'error: "templating" must be an object, not a list; it is left out'),
        (("title",), [], 'warning: "title" must be text, not a list; it is left out'),
    ],
)
def test_member_of_the_wrong_type_is_told_and_left_out(place: tuple[str | int, ...], value: Any, message: str) -> None:
    data = changed(OLD, place, lambda _: value)
    found = [one.partition(": ")[2].removesuffix(" [dashboard-file]") for one in said(json.dumps(data), "b.json")]
    assert found == ([message] if message else [])


def test_member_of_the_wrong_type_is_told_at_its_line() -> None:
    data = changed(OLD, ("rows", 0, "panels", 1, "title"), lambda _: 404)
    (text,) = said(json.dumps(data, indent=1), "b.json")
    assert int(text.partition(":")[0]) == lines(data)['"title": 404,']


def test_good_dashboards_have_no_error() -> None:
    for data in (OLD, V2):
        assert [shown(one) for one in checked(json.dumps(data), "b.json") if one.severity == "error"] == []


def test_resource_of_version_2_has_rows_panels_and_queries() -> None:
    found = board(V2)
    assert [(panel.kind, panel.title, panel.row) for panel in found.panels] == [
        ("row", "Traffic", ""), ("timeseries", "Requests", "Traffic"), ("", "Shared", "Traffic")
    ]  # fmt: skip
    (query,) = (query for _, query in found.queries())
    assert (query.language, query.ref, query.datasource) == ("promql", "A", "${datasource}")
    assert found.panels[1].json["fieldConfig"]["defaults"]["unit"] == "reqps"
    assert found.panels[1].json["description"] == "Per second."


def test_variables_of_version_2_are_those_of_a_classic_dashboard() -> None:
    assert [(one.name, one.kind, one.query, one.datasource) for one in board(V2).variables] == [
        ("datasource", "datasource", "prometheus", ""), ("job", "query", "label_values(up, job)", "${datasource}")
    ]  # fmt: skip


def test_parts_of_version_2_have_their_lines() -> None:
    found, at = board(V2), lines(V2)
    (expr,) = (text for text in at if text.startswith('"expr": "sum'))
    origins = (found.panels[1].queries[0].origin, found.variables[1].origin)
    assert [origin and origin.line for origin in origins] == [at[expr], at['"name": "job",']]


ITEMS = ("spec", "layout", "spec", "rows", 0, "spec", "layout", "spec", "items")


def alpha() -> Any:
    """The same dashboard as Grafana 12.0 wrote it."""
    data = copy.deepcopy(V2)
    spec: Any = data["spec"]
    data["apiVersion"] = "dashboard.grafana.app/v2alpha1"
    source = {"type": "prometheus", "uid": "${datasource}"}
    panel = spec["elements"]["panel-1"]["spec"]
    for holder in (panel["data"]["spec"]["queries"][0]["spec"], spec["variables"][1]["spec"], spec["annotations"][0]["spec"]):
        holder["query"] = {"kind": "prometheus", "spec": holder["query"]["spec"]}
        holder["datasource"] = source
    panel["vizConfig"] = {"kind": "timeseries", "spec": panel["vizConfig"]["spec"]}
    return data


def test_version_2alpha1_is_read_as_version_2() -> None:
    assert board(alpha()).json == board(V2).json


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        (("spec", "elements"), 3, "error: a dashboard of version 2 has elements, an object of panels"),
        (("spec", "elements", "panel-1"), 3, 'error: element "panel-1" has no spec'),
        (("spec", "layout"), [], "error: a layout must be an object, not a list"),
        (("spec", "layout", "kind"), "New", 'info: not checked, for obskit does not know it: "layout New"'),
        ((*ITEMS, 0, "spec", "element", "name"), "x", 'error: the layout shows "x", which is no element'),
        (("spec", "variables", 0, "kind"), "NewVariable", 'info: not checked, for obskit does not know it: "variable NewVariable"'),
        (("spec", "elements", "panel-1", "spec", "data", "spec", "queries"), "x", "error: queries must be a list"),
    ],
)  # fmt: skip
def test_fault_in_version_2_is_told(place: tuple[str | int, ...], value: Any, message: str) -> None:
    found = [one.partition(": ")[2] for one in said(json.dumps(changed(V2, place, lambda _: value)), "b.json")]
    assert f"{message} [dashboard-file]" in found


def test_resource_without_spec_is_an_error() -> None:
    assert said('{"apiVersion": "dashboard.grafana.app/v2", "spec": 1}', "b.json") == [
        "1: error: the dashboard must be an object, not a number [dashboard-file]"
    ]
