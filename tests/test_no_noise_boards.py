"""Correct dashboards that look unusual: no check has anything to say above info."""

from __future__ import annotations

import json
from typing import Any

import pytest
from foreign import V2, checked
from quiet import of_query

from obskit.cli.show._folding import folded

VARIABLES = """
    query_variable("job", "label_values(up, job)", multi=True), query_variable("path", "label_values(shop_requests_total, path)"),
    query_variable("one", "label_values(shop_queue_length, path)", multi=False), interval_variable("window", ["1m", "5m", "1h"]),
    interval_variable("step", ["1m", "5m"]), custom_variable("by", ["path", "code"]),
    custom_variable("metric", ["shop_requests", "shop_errors"]),
    custom_variable("fn", ["avg", "max"]), custom_variable("k", ["5", "10"]), custom_variable("limit", ["1", "100"]),
    textbox_variable("search", default=".*"), custom_variable("scale", ["1", "60"]), custom_variable("ago", ["1d", "1w"]),
    custom_variable("q", ["0.5", "0.99"]), custom_variable("over", ["rate", "increase"])
"""
SLOTS = [
    # (where the variable stands, query)
    ("a value", 'shop_queue_length{path="$one"}'),
    ("a regex", 'sum by (job) (rate(shop_requests_total{job=~"$job", path=~"$path"}[$__rate_interval]))'),
    ("a regex with more", 'up{job=~"$job|other"}'),
    ("a part of a value", 'up{instance=~"$one:.*"}'),
    ("text of the reader", 'sum(rate(shop_requests_total{path=~".*$search.*"}[$__rate_interval]))'),
    ("with braces", 'up{job=~"${job}"}'),
    ("with a format", 'up{job=~"${job:regex}"}'),
    ("with a format of pipes", 'up{job=~"${job:pipe}"}'),
    ("with the old brackets", 'up{job=~"[[job]]"}'),
    ("with the old brackets and a format", 'up{job=~"[[job:regex]]"}'),
    ("a negated regex", 'up{job!~"$job"}'),
    ("a window", "sum(rate(shop_requests_total[$window]))"),
    ("a window in braces", "sum(rate(shop_requests_total[${window}]))"),
    ("the window of a subquery", "max_over_time(shop_memory_bytes[$window:$step])"),
    ("the window of a subquery of a rate", "max_over_time(sum(rate(shop_requests_total[$__rate_interval]))[$window:$step])"),
    ("the whole range", "sum(increase(shop_requests_total[$__range]))"),
    ("the range in seconds", "sum(increase(shop_requests_total[${__range_s}s]))"),
    ("the interval, of a gauge", "max_over_time(shop_memory_bytes[$__interval])"),
    ("the range as a number", "sum(increase(shop_requests_total[$__range])) / $__range_s"),
    ("an offset", "sum(rate(shop_requests_total[5m] offset $ago))"),
    ("a grouping", "sum by ($by) (rate(shop_requests_total[5m]))"),
    ("a grouping in braces", "sum(rate(shop_requests_total[5m])) by (${by})"),
    ("a grouping of several", "sum by (${by:csv}, job) (rate(shop_requests_total[5m]))"),
    ("a part of a name", "sum(rate(${metric}_total[5m]))"),
    ("a whole name", "sum({__name__=\"${metric}_total\"})"),
    ("a function", "${fn}_over_time(shop_memory_bytes[5m])"),
    ("an aggregation", "$fn(shop_memory_bytes)"),
    ("the function of a window", "sum($over(shop_requests_total[5m]))"),
    ("how many", "topk($k, sum by (path) (rate(shop_requests_total[5m])))"),
    ("a limit", "shop_queue_length > $limit"),
    ("a limit in arithmetic", "shop_queue_length / ${limit} * $scale"),
    ("which quantile", "histogram_quantile($q, sum by (le) (rate(shop_latency_seconds_bucket[$__rate_interval])))"),
    ("a switch", "sum(shop_queue_length) and on () vector($scale) == 1"),
    ("in a label's value", 'label_replace(shop_queue_length, "what", "$one", "", "")'),
    ("from and to", "sum(rate(shop_requests_total[5m])) * ($__to - $__from > bool 0)"),
    ("the name of the board", 'label_replace(vector(1), "board", "${__dashboard}", "", "")'),
]  # fmt: skip
PROMETHEUS = {"type": "prometheus", "uid": "${datasource}"}
LOKI = {"type": "loki", "uid": "${loki}"}
TEMPO = {"type": "tempo", "uid": "${tempo}"}
EXPRESSION = {"type": "__expr__", "uid": "__expr__"}
SOURCES = [
    {"type": "datasource", "name": "datasource", "query": "prometheus"}, {"type": "datasource", "name": "loki", "query": "loki"},
    {"type": "datasource", "name": "tempo", "query": "tempo"},
]  # fmt: skip


def ask(expr: str, ref: str = "A", **more: Any) -> dict[str, Any]:
    return {"refId": ref, "expr": expr, "datasource": PROMETHEUS} | more


def panel(at: int, *targets: dict[str, Any], kind: str = "timeseries", **more: Any) -> dict[str, Any]:
    return {
        "id": at, "type": kind, "title": f"Panel {at}", "description": "What it shows.", "datasource": PROMETHEUS,
        "gridPos": {"x": 0, "y": at * 8, "w": 24, "h": 8}, "fieldConfig": {"defaults": {"unit": "short"}, "overrides": []},
        "targets": [*targets],
    } | more  # fmt: skip


def row(at: int, *panels: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": at, "type": "row", "title": f"Row {at}", "gridPos": {"x": 0, "y": at * 8, "w": 24, "h": 1}, "panels": [*panels]} | more


def board(*panels: dict[str, Any], variables: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """A board that uses all its datasources and variables, whatever its panels do."""
    uses = "$datasource $loki $tempo " + " ".join(f"${one['name']}" for one in variables or [])
    last = {"id": 99, "type": "text", "title": "Notes", "description": "N.", "gridPos": {"x": 0, "y": 900, "w": 24, "h": 2},
            "options": {"mode": "markdown", "content": uses}}  # fmt: skip
    return {
        "uid": "odd", "title": "Odd", "schemaVersion": 41, "tags": ["odd"], "description": "Odd.", "panels": [*panels, last],
        "templating": {"list": [*SOURCES, *(variables or [])]},
    } | more  # fmt: skip


def variable(kind: str, name: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": kind, "name": name} | more


RATE = "sum(rate(a_total[$__rate_interval]))"
FILTER = 'sum(rate(a_total{x=~"$x"}[$__rate_interval]))'
VIEW = panel(1, ask(FILTER))
MIXED = {"type": "datasource", "uid": "-- Mixed --"}

BOARDS = [
    # (what it is, the board)
    ("mixed datasources", board(panel(1, ask(RATE), {"refId": "B", "expr": '{job="a"} |= "x"', "datasource": LOKI}, datasource=MIXED))),
    ("logs with Go templates",
     board(panel(1, {"refId": "A", "expr": '{job="a"} | json | line_format "{{.msg}}"', "datasource": LOKI},
                 kind="logs", datasource=LOKI))),
    ("a count of log lines",
     board(panel(1, {"refId": "A", "expr": 'sum(count_over_time({job="a"}[$__auto]))', "datasource": LOKI}, datasource=LOKI))),
    ("spans",
     board(panel(1, {"refId": "A", "query": "{ status = error } | rate()", "queryType": "traceql", "datasource": TEMPO},
                 datasource=TEMPO))),
    ("a trace by its id",
     board(panel(1, {"refId": "A", "query": "$x", "queryType": "traceql", "datasource": TEMPO}, kind="traces", datasource=TEMPO),
                                variables=[variable("textbox")])),
    ("the nodes of a trace",
     board(panel(1, {"refId": "A", "query": "${x}", "queryType": "traceql", "datasource": TEMPO}, kind="nodeGraph", datasource=TEMPO),
           variables=[variable("textbox")])),
    ("a service map", board(panel(1, {"refId": "A", "queryType": "serviceMap", "datasource": TEMPO}, kind="nodeGraph", datasource=TEMPO))),
    ("the panel's own datasource", board(panel(1, ask(RATE, datasource=None)))),
    ("no datasource at all: the default one", board(panel(1, {"refId": "A", "expr": RATE}, datasource=None))),
    ("another panel's data",
     board(panel(1, ask(RATE)), panel(2, {"refId": "A", "panelId": 1, "datasource": {"type": "datasource", "uid": "-- Dashboard --"}},
                                                              datasource={"type": "datasource", "uid": "-- Dashboard --"}))),
    ("Grafana's own data", board(panel(1, {"refId": "A", "queryType": "randomWalk", "datasource": {"type": "datasource", "uid": "grafana"}},
                                       datasource={"type": "datasource", "uid": "grafana"}))),
    ("a library panel",
     board({"id": 1, "title": "Lib", "gridPos": {"x": 0, "y": 0, "w": 12, "h": 8}, "libraryPanel": {"uid": "lib", "name": "Lib"}})),
    ("a library panel with what it was", board(panel(1, ask(RATE), libraryPanel={"uid": "lib", "name": "Lib"}))),
    ("a collapsed row", board(row(1, panel(2, ask(RATE)), collapsed=True))),
    ("an open row", board(row(1, collapsed=False), panel(2, ask(RATE)))),
    ("rows by a variable", board(row(1, panel(2, ask('up{job="$x"}')), collapsed=True, repeat="x"),
                                 variables=[variable("query", query="label_values(up, job)", multi=True, datasource=PROMETHEUS)])),
    ("an open row by a variable", board(row(1, collapsed=False, repeat="x"), panel(2, ask('up{job="$x"}')),
                                        variables=[variable("query", query="label_values(up, job)", multi=True, datasource=PROMETHEUS)])),
    ("panels by a variable", board(panel(1, ask('up{job="$x"}'), repeat="x", repeatDirection="h", maxPerRow=4),
                                   variables=[variable("query", query="label_values(up, job)", includeAll=True, datasource=PROMETHEUS)])),
    ("a query",
     board(VIEW, variables=[variable("query", datasource=PROMETHEUS, query={"query": "label_values(a_total, x)", "refId": "A"})])),
    ("a query of a result",
     board(VIEW, variables=[variable("query", datasource=PROMETHEUS, query='query_result(topk(5, a_total))', regex='/x="([^"]+)"/')])),
    ("names of metrics", board(VIEW, variables=[variable("query", datasource=PROMETHEUS, query="metrics(a_.*)")])),
    ("names of labels", board(VIEW, variables=[variable("query", datasource=PROMETHEUS, query="label_names()")])),
    ("all values of a label", board(VIEW, variables=[variable("query", datasource=PROMETHEUS, query="label_values(x)")])),
    ("values with matchers",
     board(VIEW, variables=[variable("query", datasource=PROMETHEUS, query='label_values(a_total{job=~"a|b"}, x)')])),
    ("values of logs", board(VIEW, variables=[variable("query", datasource=LOKI, query={"label": "x", "stream": "", "type": 1})])),
    ("a chain", board(VIEW, variables=[variable("query", "y", datasource=PROMETHEUS, query="label_values(a_total, y)"),
                                       variable("query", datasource=PROMETHEUS, query='label_values(a_total{y=~"$y"}, x)')])),
    ("all with a value of its own",
     board(VIEW, variables=[variable("query", datasource=PROMETHEUS, query="label_values(a_total, x)", includeAll=True, allValue=".*")])),
    ("a choice", board(VIEW, variables=[variable("custom", query="a,b : c,d\\,e")])),
    ("a choice in JSON", board(VIEW, variables=[variable("custom", query='[{"text": "A", "value": "a"}]', valuesFormat="json")])),
    ("a constant", board(VIEW, variables=[variable("constant", query="a", hide=2)])),
    ("a text", board(VIEW, variables=[variable("textbox", query="a")])),
    ("an interval",
     board(panel(1, ask("sum(rate(a_total[$x]))")),
           variables=[variable("interval", query="1m,5m", auto=True, auto_min="1m", auto_count=30)])),
    ("filters", board(panel(1, ask(RATE)), variables=[variable("adhoc", datasource=PROMETHEUS, filters=[], baseFilters=[])])),
    ("a grouping", board(panel(1, ask(RATE)), variables=[variable("groupby", datasource=PROMETHEUS)])),
    ("a switch",
     board(panel(1, ask("sum(a) and on() vector($x) == 1")),
           variables=[variable("switch", current={"value": "0"}, enabledValue="1", disabledValue="0")])),
    ("the signed-in user", board(panel(1, ask('sum(rate(a_total{user="${__user.login}", org="$__org"}[5m]))')))),
    ("an expression", board(panel(1, ask("sum(a)", hide=True), ask("sum(b)", "B", hide=True),
                                  {"refId": "C", "type": "math", "expression": "$A / $B", "datasource": EXPRESSION}))),
    ("a reducing expression",
     board(panel(1, ask(RATE), {"refId": "B", "type": "reduce", "expression": "A", "reducer": "last", "datasource": EXPRESSION},
                 kind="stat"))),
    ("SQL over results",
     board(panel(1, ask("up", format="table"), {"refId": "B", "type": "sql", "expression": "SELECT * FROM A", "datasource": EXPRESSION},
                 kind="table"))),
    ("transformations",
     board(panel(1, ask("sum by (a) (x)", instant=True, format="table"), ask("sum by (a) (y)", "B", instant=True, format="table"),
                                    kind="table", transformations=[{"id": "merge", "options": {}},
                                                                   {"id": "organize", "options": {"renameByName": {"Value #A": "X"}}}]))),
    ("a table with units by column",
     board(panel(1, ask("up", instant=True, format="table"), kind="table", fieldConfig={"defaults": {}, "overrides": [
        {"matcher": {"id": "byName", "options": "Value"}, "properties": [{"id": "unit", "value": "s"}]}]}))),
    ("a legend of Grafana's own", board(panel(1, ask("sum by (a) (x)", legendFormat="__auto")))),
    ("a legend with a variable", board(panel(1, ask(FILTER, legendFormat="$x")), variables=[variable("textbox")])),
    ("a heatmap of buckets",
     board(panel(1, ask("sum by (le) (increase(a_bucket[$__rate_interval]))", format="heatmap", legendFormat="{{le}}"), kind="heatmap"))),
    ("a heatmap of a native histogram", board(panel(1, ask("sum(rate(a[$__rate_interval]))"), kind="heatmap"))),
    ("exemplars", board(panel(1, ask(RATE, exemplar=True)))),
    ("hidden queries", board(panel(1, ask(RATE), ask("sum(b)", "B", hide=True)))),
    ("a panel's own range",
     board(panel(1, ask("sum(increase(a_total[$__range]))"), timeFrom="24h", timeShift="1d", hideTimeOverride=True))),
    ("a panel's own step", board(panel(1, ask(RATE, interval="1m", intervalFactor=2), interval="30s", maxDataPoints=100))),
    ("a list of alerts", board(panel(1, kind="alertlist", options={"alertInstanceLabelFilter": '{job="a"}'}))),
    ("a list of boards", board(panel(1, kind="dashlist", options={"tags": ["odd"], "showSearch": True}))),
    ("news", board(panel(1, kind="news", options={"feedUrl": "https://example.com/feed.xml"}))),
    ("text without a title", board(panel(1, kind="text", title="", options={"mode": "html", "content": "<b>Hello</b>"}))),
    ("a transparent panel without a title in a row",
     board(panel(1, kind="text", title="", transparent=True, options={"mode": "markdown", "content": "# Hi"}))),
    ("annotations", board(panel(1, ask(RATE)), annotations={"list": [
        {"builtIn": 1, "datasource": {"type": "grafana", "uid": "-- Grafana --"}, "enable": True, "hide": True,
         "name": "Annotations & Alerts", "type": "dashboard"},
        {"datasource": PROMETHEUS, "enable": True, "name": "Deploys", "expr": "changes(a_info[1m]) > 0", "titleFormat": "{{version}}"},
        {"datasource": LOKI, "enable": True, "name": "Logs", "expr": '{job="a"} |= "deploy"'}]})),
    ("links", board(panel(1, ask(RATE), links=[{"title": "More", "url": "/d/x?var-a=${__field.labels.a}&${__url_time_range}"}]),
                    links=[{"type": "dashboards", "tags": ["odd"], "title": "More", "asDropdown": True}])),
    ("the datasource by its variable's name, as of old", board(panel(1, {"refId": "A", "expr": RATE}, datasource="$datasource"))),
    ("mixed, as of old", board(panel(1, ask(RATE, datasource="$datasource"), datasource="-- Mixed --"))),
    ("a datasource with brackets",
     board(panel(1, {"refId": "A", "expr": RATE}, datasource={"type": "prometheus", "uid": "[[datasource]]"}))),
    ("an export for others",
     board(panel(1, {"refId": "A", "expr": RATE}, datasource={"type": "prometheus", "uid": "${DS_PROM}"}),
           __inputs=[{"name": "DS_PROM", "label": "Prometheus", "type": "datasource", "pluginId": "prometheus"}],
           __requires=[{"type": "grafana", "id": "grafana", "name": "Grafana", "version": "9.0.0"}], __elements={})),
    ("a constant that is asked at import",
     board(VIEW, variables=[variable("constant", query="${VAR_JOB}")],
           __inputs=[{"name": "VAR_JOB", "type": "constant", "label": "job", "value": "a"}])),
    ("Grafana 9", board(panel(1, ask(RATE, editorMode="builder", range=True), pluginVersion="9.5.1"), schemaVersion=38, style="dark",
                      gnetId=1,
                        iteration=1, version=3, liveNow=False, editable=True, fiscalYearStartMonth=0, graphTooltip=1)),
    ("Grafana 10", board(panel(1, ask(RATE, editorMode="code", includeNullMetadata=True, useBackend=False, disableTextWrap=False,
                                      fullMetaSearch=False), pluginVersion="10.4.2"), schemaVersion=39)),
    ("Grafana 13", board(panel(1, ask(RATE), pluginVersion="13.0.0"), schemaVersion=42, preload=False)),
    ("a step at least of the scrape's", board(panel(1, ask("rate(a_total[$__rate_interval])", legendFormat="{{a}}"), interval="$x"),
                                              variables=[variable("interval", query="1m,5m")])),
    ("variables with odd names", board(panel(1, ask('up{a=~"$A_b1", b=~"${_}"}')),
                                       variables=[variable("textbox", "A_b1"), variable("textbox", "_")])),
    ("a dollar that is no variable", board(panel(1, ask('sum(rate(a_total{path=~"/a$|/b", price!="$"}[5m]))')))),
    ("a group of label_replace", board(panel(1, ask('label_replace(a, "b", "$1-${2}", "c", "(.*):(.*)")')))),
    ("Kubernetes' resource of the classic form",
     {"apiVersion": "dashboard.grafana.app/v1beta1", "kind": "Dashboard", "metadata": {"name": "odd"}, "spec": board(panel(1, ask(RATE)))}),
    ("the answer of the API", {"meta": {"slug": "odd"}, "dashboard": board(panel(1, ask(RATE)))}),
    ("today's resource", V2),
    ("the default time zone, a week's range",
     board(panel(1, ask(RATE)), time={"from": "now-7d", "to": "now-1d/d"}, timezone="browser", refresh="", weekStart="monday")),
]  # fmt: skip


@pytest.mark.parametrize("query", [one[1] for one in SLOTS], ids=[one[0] for one in SLOTS])
def test_variable_may_stand_there(query: str) -> None:
    assert [one for one in of_query(query, variables=VARIABLES) if "is used nowhere" not in one] == []


@pytest.mark.parametrize("data", [one[1] for one in BOARDS], ids=[one[0] for one in BOARDS])
def test_correct_board_is_left_in_peace(data: Any) -> None:
    found = [one for one in checked(json.dumps(data), "b.json") if one.severity != "info"]
    assert [f"{one.id}: {one.message}" for one in found] == []


def test_faulty_board_is_not() -> None:
    faulty = board(panel(1, ask("sum(rate(a_total[$y]))"), repeat="y"))
    assert {one.id for one in checked(json.dumps(faulty), "b.json") if one.severity == "error"} == {"undefined-variable"}


def test_many_old_panels_are_shown_once() -> None:
    old = board(*(panel(at, ask(RATE), kind="graph") for at in range(1, 9)))
    told = [one for one in checked(json.dumps(old), "b.json") if one.id == "legacy-panel"]
    assert len(told) == 8
    (shown,) = folded(told)
    assert shown.message.endswith('(and 7 more panels of "Odd")')
