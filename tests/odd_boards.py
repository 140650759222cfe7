"""Small projects of odd shapes, for whatever delivers boards and rules: every helper, every way to name a datasource, hostile texts."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from project import write

from obskit import analysis, render, source
from obskit.analysis import Analysed
from obskit.artifact import Artifact
from obskit.settings import load

HOSTILE = (
    "$", "$$", "${X}", "${DS_FOO}", "${datasource}", "$__env{HOME}", "{{ $labels.job }}", "{{ $value | humanize }}",
    'quotes " and \'', "back\\slash \\n", "two\nlines\n", "\n\nblank first", " blank around ", "tab\there", "ends in tab\t",
    "数据中心", "emoji 🎉🚒", "line\u2028para\u2029", "next\x85line", "carriage\rreturn", "\ufeffmark", "del\x7f c1\x9f", "\uffff",
    "100 %", "# no comment", "a # b", "a: b", "- item", "!tag", "*alias", "&anchor", "@at", "`tick", "%percent", "? key", "| block",
    "> fold", "{brace", "[bracket", "}", "]", ",", "yes", "no", "on", "y", "N", "null", "~", "true", "1e3", "0x1F", "0o7", "1_000",
    "12:30:45", "2026-11-30", ".inf", "=", "<<", "---", "...", "long " * 900, "长" * 3000, "-",
)  # fmt: skip
"""Texts that some format takes for something else."""

RULES = f"""\
from obskit.rules import Alert, Record, RuleGroup

hostile = {HOSTILE!r}
alerts = [
    Alert(name=f"Odd{{number}}", expr=f'up{{{{job="a{{number}}"}}}} == 0', for_="5m", severity="warning", summary=text,
          description=text * 2, labels={{"odd": text}})
    for number, text in enumerate(hostile)
]
records = RuleGroup("odd: group", interval="30s", rules=(Record(name="job:up:sum", expr="sum by (job) (\\n  up\\n)"),))
"""
TEXTS = f"""\
from obskit.dashboards import dashboard, link, row, text, timeseries

hostile = {HOSTILE!r}
board = dashboard("Texts", uid="texts", folder="数据 / A & B", description="all", panels=[
    row(f"Row {{number}}: {{words}}"[:90], [
        text(f"Text {{number}} {{words}}"[:90], words + " ", description=words + " ", key=f"t{{number}}"),
        timeseries(f"Chart {{number}} {{words}}"[:90], "up", key=f"c{{number}}", links=[link("a" + words[:40], "/x?" + words)]),
    ])
    for number, words in enumerate(hostile)
])
"""
KINDS = """\
from obskit.dashboards import (
    alert_list, annotation, bar_gauge, custom_variable, dashboard, datasource_variable, gauge, heatmap, histogram, instance_variable,
    interval_variable, link, logql, logs, node_graph, pie, query_variable, row, stat, state_timeline, table, text, textbox_variable,
    timeseries, trace_list, traceql, traces,
)

SUM = "sum(up)"
kinds = dashboard("Every kind 数据 🎉", uid="kinds", folder="Shop", description="all", variables=[
    query_variable("node", "label_values(up, instance)"), instance_variable("up"), interval_variable("step", ("1m", "5m")),
    custom_variable("env", ("a", "b"), multi=True), textbox_variable("trace_id", default="abc"),
], annotations=[annotation("Deploys", "changes(up[5m]) > 0")], panels=[
    row("Values", [stat("Stat", SUM, thresholds=(1, 2)), gauge("Gauge", SUM), bar_gauge("Bars", SUM), pie("Pie", SUM),
                   table("Table", SUM)]),
    row("Series", [timeseries("Series", SUM, traceql("{ } | rate()")), heatmap("Heat", "sum by (le) (rate(x_bucket[5m]))"),
                   histogram("Histogram", SUM), state_timeline("States", "up")], collapsed=True),
    row("Others", [logs("Logs", logql('{job="a"}')), trace_list("Traces", "{ status = error }"), traces("Trace", "$trace_id"),
                   node_graph("Map", service_map=True), text("Words", "*words*"), alert_list("Alerts")]),
])
"""
SOURCES = """\
from grafanalib.core import Annotations, Dashboard, Templating
from obskit.dashboards import annotation, datasource_variable, query_variable, text
from obskit.dashboards.variables import Variable

FIRST = {"type": "prometheus", "uid": "${datasource}"}
OTHER, LOKI = {"type": "prometheus", "uid": "$other"}, {"type": "loki", "uid": "[[loki]]"}
OWN, EXPR = {"type": "prometheus", "uid": "prom-eu.1"}, {"type": "__expr__", "uid": "__expr__"}
CLUSTER = {"type": "constant", "name": "cluster", "query": "eu-1", "current": {"text": "eu-1", "value": "eu-1"},
           "options": [{"selected": True, "text": "eu-1", "value": "eu-1"}]}


def mixed(title):
    asked = (FIRST, OTHER, LOKI, OWN)
    targets = [{"refId": ref, "datasource": source, "expr": "up"} for ref, source in zip("ABCD", asked)]
    targets.append({"refId": "E", "datasource": EXPR, "type": "math", "expression": "$A + $B"})
    return {"type": "timeseries", "title": title, "datasource": {"type": "datasource", "uid": "-- Mixed --"}, "targets": targets}


sources = Dashboard(
    title="Every source", uid="sources",
    templating=Templating([
        datasource_variable("prometheus"), datasource_variable("prometheus", name="other", label="Other"), datasource_variable("loki"),
        datasource_variable("tempo"), Variable("cluster", CLUSTER), Variable("empty", {"type": "constant", "name": "empty", "query": ""}),
        query_variable("node", "label_values(up, instance)", datasource="${other}"),
    ]),
    annotations=Annotations([annotation("Deploys", "changes(up[5m]) > 0")]),
    links=[{"title": "Explore", "type": "link", "url": "/explore?left=${datasource:queryparam}"}],
    panels=[
        mixed("Mixed"),
        {"title": "Everyone's", "libraryPanel": {"uid": "lib-1", "name": "Everyone's panel"}},
        {"type": "row", "title": "Kept shut", "collapsed": True, "panels": [mixed("Inside")]},
        {"type": "timeseries", "title": "Shared", "datasource": {"type": "datasource", "uid": "-- Dashboard --"},
         "targets": [{"refId": "A", "datasource": {"type": "datasource", "uid": "-- Dashboard --"}, "panelId": 1}]},
        text("Words", "literally ${DS_PROMETHEUS_DATASOURCE}, ${DS_FOO}, ${datasource}, ${VAR_CLUSTER} \\u2028 数据"),
    ],
)
"""
REPEATED = """\
from grafanalib.core import Dashboard, Templating
from obskit.dashboards import datasource_variable

TRACES = {"type": "tempo", "uid": "${tempo:raw}"}
link = {"title": "Trace", "url": "", "internal": {"datasourceUid": "${tempo}", "datasourceName": "Tempo", "query": {"query": "{}"}}}
repeated = Dashboard(
    title="Repeated", uid="repeated", templating=Templating([datasource_variable("prometheus"), datasource_variable("tempo")]),
    panels=[
        {"type": "timeseries", "title": "Each", "repeat": "datasource", "datasource": {"type": "prometheus", "uid": "${datasource}"},
         "targets": [{"refId": "A", "datasource": {"uid": "${datasource}"}, "expr": "up"}],
         "fieldConfig": {"defaults": {"links": [link]}, "overrides": []}},
        {"type": "my-panel", "title": "A plugin's", "datasource": TRACES,
         "targets": [{"refId": "A", "datasource": TRACES, "queryType": "traceql", "query": "{}"}]},
    ],
)
"""
FILTERED = """\
from grafanalib.core import Dashboard, Templating
from obskit.dashboards import datasource_variable
from obskit.dashboards.variables import Variable

PROM = {"type": "prometheus", "uid": "${datasource}"}
FILTERS = Variable("filters", {"type": "adhoc", "name": "filters", "datasource": PROM})
filtered = Dashboard(
    title="Filtered", uid="filtered",
    templating=Templating([datasource_variable("prometheus"), FILTERS]),
    panels=[{"type": "timeseries", "title": "Up", "datasource": PROM, "targets": [{"refId": "A", "datasource": PROM, "expr": "up"}]}],
)
"""
ENVIRONMENT = '[tool.obskit.env.x]\ndatasources = { prometheus = "X", tempo = "T-1", loki = "L_2", other = "Y" }\n'
ODD = {
    "pyproject.toml": "[tool.obskit]\n" + ENVIRONMENT,
    "dashboards_src/texts.py": TEXTS,
    "dashboards_src/kinds.py": KINDS,
    "dashboards_src/sources.py": SOURCES,
    "dashboards_src/repeated.py": REPEATED,
    "dashboards_src/filtered.py": FILTERED,
    "rules_src/odd.py": RULES,
}


def understood(root: Path, *formats: str, env: str = "") -> Analysed:
    """The project in `root` as formats get it; whatever is wrong with it is said by the checks, which are not asked."""
    settings = dataclasses.replace(load(root), formats=formats)
    return analysis.run(source.load(settings.built_for(env) if env else settings))


def made(root: Path, *formats: str, env: str = "") -> dict[str, Artifact]:
    """What the formats make of the project in `root`, by path."""
    analysed = understood(root, *formats, env=env)
    return {artifact.path: artifact for artifact in render.run(analysed, render.formats(analysed.project.settings))}


def odd(root: Path, **files: str) -> Path:
    """The odd project in `root`."""
    return write(root, {**ODD, **files})
