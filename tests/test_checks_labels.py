"""Checks of labels and of what meets in operators: what they find in queries, and which odd but right queries they leave alone."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from project import write

from obskit import analysis, lint, settings, source
from obskit.finding import Finding

IDS = frozenset(
    {
        "absence-unseen", "absent-labels", "alert-fan-out", "alert-label", "cardinality", "contradictory-matchers", "equals-variable",
        "legend-label", "lost-label", "many-to-many", "nan-in-aggregation", "needless-exclusion", "needless-label", "panel-denominator",
        "ratio-grouping", "ratio-of-same", "static-regex", "topk-in-alert", "unguarded-denominator", "unknown-label",
        "unknown-label-value", "vector-matching",
    }
)  # fmt: skip
TODAY = datetime.date(2027, 1, 31)
CATALOG = """\
from obskit.catalog import Counter, Gauge, Histogram, Info, Label, Service, units

shop = Service("shop", job="shop", labels=("namespace",), external_labels={"cluster": "eu"})
lone = Service("lone", instances=False)
method = Label("method", values=("GET", "POST"))
code = Label("code", pattern=r"[1-5][0-9][0-9]", zero=("200", "500"))
zone = Label("zone", values=("a", "b"), optional=True)
endpoint = Label("endpoint", at_most=50)
requests = Counter("requests_total", help="R.", service=shop, labels=(method, code, endpoint))
failures = Counter("failures_total", help="F.", service=shop, labels=(method, endpoint))
calls = Counter("calls_total", help="C.", service=shop)
orders = Counter("orders_total", help="O.", service=shop, labels=(zone,))
latency = Histogram("latency_seconds", help="L.", service=shop, unit=units.SECONDS, labels=(method,), buckets=(1, 2))
native = Gauge("queue", help="Q.", service=shop, bounds=(0, None), labels=(endpoint,))
flag = Gauge("reload_successful", help="S.", service=shop, unit=units.BOOLEAN)
build = Info("build_info", help="B.", service=shop, labels=(Label("version", at_most=9),))
idle = Gauge("idle", help="I.", service=lone, bounds=(0, None))
_theirs = Service("theirs", job="theirs")
borrowed = Counter("borrowed_total", help="B.", service=_theirs)
spans = Counter("spans_total", help="S.", service=lone, labels=(zone,))
"""


def found(root: Path, files: dict[str, str]) -> tuple[Finding, ...]:
    project = source.load(settings.load(write(root, {"pyproject.toml": "[tool.obskit]\n", "dashboards_src/.keep": ""}, files)))
    assert project.findings == ()
    return tuple(one for one in lint.run(analysis.run(project), today=TODAY) if one.id in IDS)


def shown(query: str, *, catalog: str = CATALOG, legend: str = "", variables: str = "", extra: str = "{}") -> dict[str, str]:
    """A project with this query on a board."""
    board = f"""\
from obskit.dashboards import dashboard, query, query_variable, timeseries
board = dashboard("B", uid="b", variables=[{variables}], panels=[
    timeseries("P", query({query!r}, legend={legend!r}), extra={extra})])
"""
    return {"rules_src/catalog.py": catalog, "dashboards_src/board.py": board}


def alerting(query: str, **options: str) -> dict[str, str]:
    """A project with this query in an alert."""
    given = "".join(f", {name}={value!r}" for name, value in options.items())
    rules = f"from obskit.rules import Alert\nalert = Alert(name='A', expr={query!r}{given})\n"
    return {"rules_src/catalog.py": CATALOG, "rules_src/rules.py": rules}


def recording(*rules: tuple[str, str]) -> dict[str, str]:
    lines = [f"r{number} = Record(name={name!r}, expr={expr!r})" for number, (name, expr) in enumerate(rules)]
    return {"rules_src/catalog.py": CATALOG, "rules_src/rules.py": "\n".join(["from obskit.rules import Record", *lines, ""])}


SHOWN = [
    # (query on a board, ids)
    ('sum(rate(requests_total{staus="500"}[5m]))', ["unknown-label"]),
    ('sum(rate(requests_total{staus!="500"}[5m]))', ["unknown-label"]),
    ('sum(rate(requests_total{team=""}[5m]))', []),
    ('sum(rate(requests_total{team!=""}[5m]))', ["unknown-label"]),
    ('sum(rate(requests_total{team=~"a|"}[5m]))', []),
    ('sum(rate(requests_total{namespace="x",instance="y",cluster="z",job="shop"}[5m]))', []),
    ('sum(rate(anything_total{staus="500"}[5m]))', []),
    ('sum(rate({__name__="requests_total",method="GET"}[5m]))', []),
    ("sum by (day) (rate(requests_total[5m]))", ["unknown-label"]),
    ("sum by (day, job) (rate(anything_total[5m]))", []),
    ("sum by (le) (rate(latency_seconds_bucket[5m]))", []),
    ("sum by (le) (rate(latency_seconds_count[5m]))", ["unknown-label"]),
    ("count by (__name__) (requests_total)", []),
    ('count by (v) (count_values("v", queue))', []),
    ("sum without (methd) (rate(requests_total[5m]))", ["needless-label"]),
    ("sum without (replica) (rate(requests_total[5m]))", []),
    ("topk by (day) (3, queue)", ["unknown-label"]),
    ('label_replace(queue, "team", "shop", "nothing", "")', []),
    ('label_replace(queue, "team", "shop", "", "")', []),
    ('label_replace(queue, "team", "$1", "squad", "(.*)")', ["unknown-label"]),
    ('label_join(queue, "id", "-", "job", "squad")', ["unknown-label"]),
    ("queue * on (instance) group_left (release) build_info", ["unknown-label"]),
    ("queue * on (instance) group_left (version) build_info", []),
    ("sum by (endpoint) (sum by (job) (rate(requests_total[5m])))", ["lost-label"]),
    ("sum by (endpoint) (sum by (job) (rate(anything_total[5m])))", ["lost-label"]),
    ("sum by (endpoint) (absent(anything_total))", ["lost-label"]),
    ("sum by (le) (histogram_quantile(0.9, sum by (le) (rate(latency_seconds_bucket[5m]))))", ["lost-label"]),
    ("sum by (job) (sum by (job, endpoint) (rate(requests_total[5m])))", []),
    ("sum by ($by) (sum by (job) (rate(requests_total[5m])))", []),
    ('rate(requests_total{method="get"}[5m])', ["unknown-label-value"]),
    ('rate(requests_total{method=~"GET|PUT"}[5m])', ["unknown-label-value"]),
    ('rate(requests_total{method=~"G.*"}[5m])', []),
    ('rate(requests_total{method=~"P.T"}[5m])', ["unknown-label-value"]),
    ('rate(requests_total{code="5xx"}[5m])', ["unknown-label-value"]),
    ('rate(requests_total{code=~"5..|404"}[5m])', []),
    ('rate(requests_total{code=~"404|40"}[5m])', ["unknown-label-value"]),
    ('rate(requests_total{job="shpo"}[5m])', ["unknown-label-value"]),
    ('rate(spans_total{job="any"}[5m])', ["unknown-label"]),
    ('rate(anything_total{job="shpo"}[5m])', []),
    ('rate(requests_total{method!="get"}[5m])', ["needless-exclusion"]),
    ('rate(requests_total{method!=""}[5m])', []),
    ('rate(orders_total{zone=""}[5m])', []),
    ('rate(requests_total{method!~"GET|POST"}[5m])', ["contradictory-matchers"]),
    ('rate(orders_total{zone!~"a|b"}[5m])', []),
    ('anything{a="1",a="2"}', ["contradictory-matchers"]),
    ('anything{a=~"1.*",a="2"}', ["contradictory-matchers"]),
    ('anything{a=~"1|2",a!="2"}', []),
    ('anything{a=~"x.*",a!="xy"}', []),
    ('anything{a=~"$a",a!="$a"}', []),
    ('rate(requests_total{method="GET",code="200"}[5m])', []),
    ('rate(failures_total{method="GET"}[5m]) / rate(failures_total{method="POST"}[5m])', ["panel-denominator", "vector-matching"]),
    ('rate(failures_total{method="GET"}[5m]) / ignoring (method) (rate(failures_total{method="POST"}[5m]) > 0)', []),
    ('anything{a="1"} - anything{a="2"}', ["vector-matching"]),
    ('anything{a="1"} - anything{b="2"}', []),
    ('anything{a="1"} or anything{a="2"}', []),
    ('anything{a="1"} unless anything{a="2"}', ["vector-matching"]),
    ('anything{a="1"} - on (b) anything{a="2"}', []),
    ('anything{a="1"} - on (a) anything{a="2"}', ["vector-matching"]),
    ("rate(failures_total[5m]) - rate(calls_total[5m])", ["vector-matching"]),
    ("sum by (job) (rate(failures_total[5m])) - rate(calls_total[5m])", ["vector-matching"]),
    ("sum by (instance, job, namespace, cluster) (rate(failures_total[5m])) - rate(calls_total[5m])", []),
    ("rate(orders_total[5m]) - rate(calls_total[5m])", []),
    ("rate(failures_total[5m]) and hour() > 8", ["vector-matching"]),
    ("rate(failures_total[5m]) and on () hour() > 8", []),
    ("rate(failures_total[5m]) * scalar(sum(build_info))", []),
    ("sum(rate(failures_total[5m])) > vector(5)", []),
    ("rate(failures_total[5m]) - on (method) rate(calls_total[5m])", ["vector-matching"]),
    ("sum by (team) (anything) - sum(other)", ["ratio-grouping"]),
    ("sum by (team) (anything) - on () group_left () sum(other)", []),
    ("sum by (team) (anything) and sum(other)", []),
    ("sum by (team) (anything) - sum without (x) (other)", []),
    ("sum by ($team) (anything) - sum(other)", []),
    ("sum by (team) (anything) > bool 3", []),
    ("(sum by (team) (anything) or vector(0)) - sum(other)", []),
    ("sum by (team) (anything) - fill(0) sum(other)", []),
    ("rate(failures_total[5m]) - on (instance) rate(requests_total[5m])", ["many-to-many"]),
    ("sum by (instance) (rate(failures_total[5m])) - on (instance) rate(requests_total[5m])", ["many-to-many"]),
    ("rate(failures_total[5m]) - on (instance) group_left () rate(requests_total[5m])", ["many-to-many"]),
    ("rate(failures_total[5m]) - on (instance) group_left () sum by (instance) (rate(requests_total[5m]))", []),
    ('rate(failures_total{method="GET"}[5m]) - on (instance, endpoint) rate(calls_total[5m])', ["vector-matching"]),
    ('rate(failures_total{method="GET"}[5m]) - on (instance) rate(calls_total[5m])', []),
    ('rate(failures_total{method="GET"}[5m]) - on (job) rate(calls_total[5m])', ["many-to-many"]),
    ("rate(failures_total[5m]) - on (instance) rate(anything_total[5m])", ["many-to-many"]),
    ('topk(1, rate(failures_total[5m])) - on (instance) rate(calls_total[5m])', []),
    ("(rate(failures_total[5m]) > 0) - on (instance) rate(calls_total[5m])", []),
    ("queue - on (job) calls_total", []),
    ("rate(failures_total[5m]) and on (instance) rate(requests_total[5m])", []),
    ("rate(orders_total[5m]) - on (instance) rate(calls_total[5m])", []),
    ('rate(requests_total{code=~"5.."}[5m]) / rate(requests_total[5m])', ["ratio-of-same"]),
    ('rate(anything{code=~"5.."}[5m]) / rate(anything[5m])', ["ratio-of-same"]),
    ('100 * rate(anything{code=~"5.."}[$__rate_interval]) / (rate(anything[$__rate_interval]) > 0)', ["ratio-of-same"]),
    ('rate(anything{code=~"5.."}[$__rate_interval]) / rate(anything[$__interval])', []),
    ('rate(anything{code=~"5.."}[5m]) / rate(anything[10m])', []),
    ("anything / anything offset 1d", []),
    ('sum by (code) (rate(anything{code=~"5.."}[5m])) / sum by (code) (rate(anything[5m]))', ["ratio-of-same"]),
    ('sum by (job) (rate(anything{code=~"5.."}[5m])) / sum by (job) (rate(anything[5m]))', []),
    ('sum without (code) (rate(anything{code=~"5.."}[5m])) / sum without (code) (rate(anything[5m]))', []),
    ('anything{a="x$v"} / anything{a="y$v"}', []),
    ('anything{a="$v"} / anything{a="$v"}', ["ratio-of-same"]),
    ("max(anything) / min(anything)", []),
    ("sum(rate(calls_total[5m])) / sum(rate(orders_total[5m]))", ["panel-denominator"]),
    ("sum(rate(calls_total[5m])) / clamp_min(sum(rate(orders_total[5m])), 1)", []),
    ("sum(rate(calls_total[5m])) / (sum(rate(orders_total[5m])) != 0)", []),
    ("sum(rate(calls_total[5m])) / (sum(rate(orders_total[5m]) > 0) * 60)", []),
    ("sum(rate(calls_total[5m])) / (sum(rate(orders_total[5m])) or vector(1))", []),
    ("sum(rate(calls_total[5m])) / count(orders_total)", []),
    ("sum(rate(latency_seconds_sum[5m])) / sum(rate(latency_seconds_count[5m]))", []),
    ('sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m]))', []),
    ("sum by (endpoint) (rate(requests_total[5m])) / on () group_left () sum(rate(requests_total[5m]))", []),
    ("sum(rate(requests_total[5m])) / on () group_right () sum by (endpoint) (rate(requests_total[5m]))", ["panel-denominator"]),
    ("sum(rate(calls_total[5m])) / sum(rate(anything_total[5m]))", []),
    ("avg(rate(latency_seconds_sum[5m]) / rate(latency_seconds_count[5m]))", ["nan-in-aggregation"]),
    ("max(rate(latency_seconds_sum[5m]) / rate(latency_seconds_count[5m]))", []),
    ("avg(anything / other)", []),
    ("avg(anything / (other > 0) * 100)", []),
    ("avg(rate(a_sum[5m]) / (rate(a_count[5m]) > 0))", []),
    ('up{job=~"shop"}', ["static-regex"]),
    ('up{job=~"shop\\\\.eu"}', ["static-regex"]),
    ('up{job=~"shop.eu"}', []),
    ('up{job=~"(shop)"}', ["static-regex"]),
    ('up{job=~"a|b",zone=~".+"}', []),
    ('up{job=~"$job"}', []),
    ('up{job=~"^$job$"}', []),
    ('up{job=~".*"}', ["static-regex"]),
    ('up{job!~"shop"}', ["static-regex"]),
    ('up{job=~"^a.+"}', ["static-regex"]),
    ('up{job=~"a.+$"}', ["static-regex"]),
    ('up{job=~"a.+\\\\$"}', []),
    ("topk(3, queue)", []),
    ("rate(calls_total[5m]) - on (zone) rate(orders_total[5m])", []),
    ('rate(borrowed_total{job="mine"}[5m])', []),
    ('rate(requests_total{method="get",method=~".+"}[5m])', ["unknown-label-value"]),
    ("sum by (instance, job, namespace) (rate(calls_total[5m])) - rate(calls_total[5m])", []),
    ('anything{a="1"} - fill(0) anything{a="2"}', []),
    ("topk without (endpoint) (1, rate(failures_total[5m])) - on (instance) rate(calls_total[5m])", []),
    ("sum by (endpoint) (rate(requests_total[5m])) - sum(rate(calls_total[5m]))", ["vector-matching"]),
    ("avg(rate(a_sum[5m]) / rate(a_count[5m]) * 1000)", ["nan-in-aggregation"]),
]  # fmt: skip

ALERTS = [
    # (query in an alert, options, ids)
    ("topk(3, queue) > 1", {}, ["topk-in-alert"]),
    ("count(topk(3, queue)) > 1", {}, []),
    ("sum by (job) (rate(calls_total[5m])) / sum by (job) (rate(orders_total[5m])) > 2", {}, ["unguarded-denominator"]),
    ("2 < sum by (job) (rate(calls_total[5m])) / sum by (job) (rate(orders_total[5m]))", {}, ["unguarded-denominator"]),
    ("sum by (job) (rate(calls_total[5m])) / sum by (job) (rate(orders_total[5m])) < 2", {}, []),
    ("1 - sum by (job) (rate(calls_total[5m])) / sum by (job) (rate(orders_total[5m])) < 0.5", {}, ["unguarded-denominator"]),
    ("1 - sum by (job) (rate(calls_total[5m])) / sum by (job) (rate(orders_total[5m])) > 0.5", {}, []),
    ("sum by (job) (rate(calls_total[5m])) / sum by (job) (rate(orders_total[5m])) > 2"
     " and sum by (job) (rate(orders_total[5m])) > 1", {}, []),
    ('sum by (job) (rate(requests_total{code="500"}[5m])) / sum by (job) (rate(requests_total[5m])) > 0.1', {}, []),
    ("sum by (job) (rate(unknown_total[5m])) / sum by (job) (rate(others_total[5m])) > 2", {}, []),
    ("sum by (job) (queue) == 0", {}, ["absence-unseen"]),
    ("sum by (job) (queue) < 1 and on () hour() > 8", {}, ["absence-unseen"]),
    ("max by (job) (max_over_time(queue[30m])) == 0", {}, ["absence-unseen"]),
    ("sum by (job) (queue) < 5", {}, []),
    ("sum by (job) (anything) == 0", {}, []),
    ("sum by (job) (rate(calls_total[5m])) == 0", {}, []),
    ("reload_successful == 0", {}, []),
    ("deriv(queue[5m]) == 0", {}, []),
    ('sum by (job) (queue) == 0 or absent(queue{job="shop"})', {"for_": "5m"}, []),
    ("sum by (job) (queue) == 0 unless on () absent(queue)", {}, []),
    ('sum(queue) == 0 or absent(queue{job="shop"})', {"for_": "5m"}, ["absent-labels"]),
    ('sum(queue) == 0 or absent(queue{job="shop"})', {}, []),
    ("sum(queue) == 0 or absent(queue)", {"for_": "5m"}, []),
    ("queue == 0 or absent(queue)", {"for_": "5m"}, []),
    ("anything == 0 or absent(anything)", {"for_": "5m"}, []),
    ('anything{a="b"} == 0 or absent(anything)', {"for_": "5m"}, []),
    ("absent(queue) or absent(calls_total)", {"for_": "5m"}, []),
    ('absent(queue{job="shop"}) or absent(calls_total)', {"for_": "5m"}, []),
    ("sum by (job) (up) == 0", {"summary": "{{ $labels.instance }}"}, ["alert-label"]),
    ("sum by (job) (up) == 0", {"summary": "{{ $labels.job }}"}, []),
    ("sum by (job) (up) == 0", {"summary": "{{ .Labels.instance }}"}, ["alert-label"]),
    ("sum by (job) (up) == 0", {"summary": "{{ $.Labels.instance }}"}, ["alert-label"]),
    ("sum by (job) (up) == 0", {"summary": '{{ range query "up" }}{{ .Labels.instance }}{{ end }}'}, []),
    ("sum by (job) (up) == 0", {"summary": '{{ range query "up" }}{{ $.Labels.instance }}{{ end }}'}, ["alert-label"]),
    ("sum by (job) (up) == 0", {"summary": '{{ if $value }}{{ .Labels.instance }}{{ end }}'}, ["alert-label"]),
    ("sum by (job) (up) == 0", {"summary": "{{ if $labels.instance }}{{ $labels.instance }}{{ end }}"}, []),
    ("sum by (job) (up) == 0", {"summary": '{{ index $labels "instance" }}'}, ["alert-label"]),
    ("sum by (job) (up) == 0", {"summary": '{{ reReplaceAll ":.*" "" $labels.instance }}'}, ["alert-label"]),
    ("sum by (job) (up) == 0", {"summary": '{{ range $labels := query "up" }}{{ $labels.Labels.instance }}{{ end }}'}, []),
    ("sum by (job) (up) == 0", {"summary": "{{ range $k, $v := $labels }}{{ $k }}{{ end }}"}, []),
    ("sum by (job) (up) == 0", {"summary": "{{ $labels.severity }}", "severity": "info"}, ["alert-label"]),
    ("sum by (job) (up) == 0", {"summary": "{{ $labels.alertname }}"}, ["alert-label"]),
    ("sum by (job) (up) == 0", {"summary": "{{ $externalLabels.cluster }}"}, []),
    ("sum by (job) (up) == 0", {"summary": "{{ $externalLabels.clutser }}"}, ["alert-label"]),
    ("up == 0", {"summary": "{{ $labels.anything }}"}, []),
    ("sum by (job) (up) == 0 or absent(up)", {"summary": "{{ $labels.instance }}"}, ["alert-label"]),
    ("up == 0 or sum(up) == 0", {"summary": "{{ $labels.instance }}"}, []),
    ("rate(requests_total[5m]) > 9", {}, []),
]  # fmt: skip

LEGENDS = [
    # (query, legend, ids)
    ("sum by (job) (up)", "{{instance}}", ["legend-label"]),
    ("sum by (job) (up)", "{{ job }} {{ instance }}", ["legend-label"]),
    ("sum by (job) (up)", "{{job}}", []),
    ("sum by (job) (up)", "__auto", []),
    ("sum by (job) (up)", "{{__name__}}", []),
    ("sum by ($by) (up)", "{{instance}}", []),
    ("up", "{{whatever}}", []),
    ("histogram_quantile(0.9, sum by (le) (rate(latency_seconds_bucket[5m])))", "{{le}}", ["legend-label"]),
]

MULTI = 'query_variable("job", "label_values(up, job)", multi=True)'
ONE = 'query_variable("job", "label_values(up, job)", multi=False)'
VARIABLES = [
    # (query, variables, what the panel has besides, ids)
    ('up{job="$job"}', MULTI, "{}", ["equals-variable"]),
    ('up{job!="$job"}', MULTI, "{}", ["equals-variable"]),
    ('up{job="${job:regex}"}', MULTI, "{}", ["equals-variable"]),
    ('up{job="shop-$job"}', MULTI, "{}", ["equals-variable"]),
    ('up{job=~"$job"}', MULTI, "{}", []),
    ('up{job="$job"}', ONE, "{}", []),
    ('up{job="$job"}', MULTI, '{"repeat": "job"}', []),
    ('up{job="$job"}', MULTI, '{"repeat": "other"}', ["equals-variable"]),
    ('requests_total{squad=~"$job"}', ONE, "{}", ["unknown-label"]),
    ('requests_total{squad=~"$job"}', MULTI, "{}", ["unknown-label"]),
]  # fmt: skip


@pytest.mark.parametrize(("query", "ids"), SHOWN)
def test_query_on_a_board_has_these_problems(tmp_path: Path, query: str, ids: list[str]) -> None:
    assert sorted(one.id for one in found(tmp_path, shown(query))) == ids


@pytest.mark.parametrize(("query", "options", "ids"), ALERTS)
def test_alert_has_these_problems(tmp_path: Path, query: str, options: dict[str, str], ids: list[str]) -> None:
    assert sorted(one.id for one in found(tmp_path, alerting(query, **options))) == ids


@pytest.mark.parametrize(("query", "legend", "ids"), LEGENDS)
def test_legend_has_these_problems(tmp_path: Path, query: str, legend: str, ids: list[str]) -> None:
    assert [one.id for one in found(tmp_path, shown(query, legend=legend))] == ids


@pytest.mark.parametrize(("query", "variables", "extra", "ids"), VARIABLES)
def test_variable_has_these_problems(tmp_path: Path, query: str, variables: str, extra: str, ids: list[str]) -> None:
    assert [one.id for one in found(tmp_path, shown(query, variables=variables, extra=extra))] == ids


@pytest.mark.parametrize(
    ("matcher", "all_value", "ids"),
    [
        ('job="$job"', "None", ["equals-variable"]),
        ('job="$job"', "'.*'", ["equals-variable"]),
        ('job="$job"', "'every'", []),
        ('job="${job:raw}"', "None", []),
        ('squad=~"$job"', "'.*'", []),
        ('squad=~"$job"', "'.+'", ["unknown-label"]),
    ],
)
def test_variable_with_all_has_these_problems(tmp_path: Path, matcher: str, all_value: str, ids: list[str]) -> None:
    board = f"""\
import grafanalib.core as G
source = {{"type": "prometheus", "uid": "${{datasource}}"}}
job = G.Template(name="job", query="label_values(up, job)", dataSource=source, includeAll=True, multi=False, allValue={all_value})
board = G.Dashboard(title="B", uid="b", templating=G.Templating([job]), panels=[
    G.TimeSeries(title="P", dataSource=source, targets=[G.Target(expr='calls_total{{{matcher}}}', refId="A")])])
"""
    assert [one.id for one in found(tmp_path, {"rules_src/catalog.py": CATALOG, "dashboards_src/board.py": board})] == ids


@pytest.mark.parametrize("row", ["job", "other"])
def test_variable_that_repeats_the_row_is_one_value(tmp_path: Path, row: str) -> None:
    board = f"""\
from obskit.dashboards import dashboard, query_variable, row, timeseries
board = dashboard("B", uid="b", variables=[{MULTI}], panels=[
    row("R", [timeseries("P", 'up{{job="$job"}}')], repeat={row!r})])
"""
    ids = [one.id for one in found(tmp_path, {"rules_src/catalog.py": CATALOG, "dashboards_src/board.py": board})]
    assert ids == ([] if row == "job" else ["equals-variable"])


@pytest.mark.parametrize("query", [query for query, ids in SHOWN if "anything" not in query and "up{" not in query and ids])
def test_nothing_is_said_of_labels_nobody_declared(tmp_path: Path, query: str) -> None:
    ids = {one.id for one in found(tmp_path, shown(query, catalog=""))}
    assert ids <= {"lost-label", "ratio-of-same", "ratio-grouping", "vector-matching", "nan-in-aggregation"}


def test_unknown_label_is_shown_with_its_place_and_the_right_one(tmp_path: Path) -> None:
    (one,) = found(tmp_path, shown('sum(rate(requests_total{staus="500",methd="GET"}[5m]))'.replace('staus="500",', "")))
    assert one.message == 'label "methd" is not on metric "requests_total"'
    assert one.hint == 'did you mean "method"? declared in rules_src/catalog.py:5'
    assert one.span is not None
    assert one.query[slice(*one.span)] == 'methd="GET"'


def test_lost_label_tells_what_removed_it(tmp_path: Path) -> None:
    (one,) = found(tmp_path, shown("max by (endpoint) (avg by (job) (sum by (job, endpoint) (rate(requests_total[5m]))))"))
    assert one.message == 'label "endpoint" is gone: "avg by (job)" removed it, so in "by" all series become one group'


def test_label_of_a_variable_is_unknown(tmp_path: Path) -> None:
    variable = 'query_variable("x", "label_values(requests_total, methd)")'
    assert [one.id for one in found(tmp_path, shown("up", variables=variable))] == ["unknown-label"]


def test_label_of_a_recording_rule_is_followed(tmp_path: Path) -> None:
    files = recording(("job:r:rate5m", "sum by (job) (rate(requests_total[5m]))"), ("job:x", "job:r:rate5m / rate(calls_total[5m])"))
    assert [one.id for one in found(tmp_path, files)] == ["vector-matching"]


def test_recording_rule_with_either_label_set_is_not_judged(tmp_path: Path) -> None:
    either = "sum by (job, method) (rate(failures_total[5m])) or sum(rate(calls_total[5m]))"
    assert found(tmp_path, recording(("r", either), ("x", "r - sum(rate(calls_total[5m]))"))) == ()


def test_recorded_ratio_that_is_averaged_needs_a_guard(tmp_path: Path) -> None:
    files = recording(("r", "sum(rate(calls_total[5m])) / sum(rate(orders_total[5m]))"), ("a", "avg_over_time(r[1d])"))
    assert [one.id for one in found(tmp_path, files)] == ["unguarded-denominator"]


def test_recorded_ratio_that_is_only_shown_needs_no_guard(tmp_path: Path) -> None:
    files = recording(("r", "sum(rate(calls_total[5m])) / sum(rate(orders_total[5m]))"), ("a", "max_over_time(r[1d])"))
    assert found(tmp_path, files) == ()


@pytest.mark.parametrize(
    ("watcher", "ids"),
    [
        ('up{job="shop"} == 0', []),
        ("up == 0", []),
        ('up{job=~"sh.*"} == 0', []),
        ('up{job="other"} == 0', ["absence-unseen"]),
        ('absent(queue{job="shop"})', []),
        ("absent(calls_total)", ["absence-unseen"]),
    ],
)
def test_gauge_at_zero_needs_somebody_who_watches_its_absence(tmp_path: Path, watcher: str, ids: list[str]) -> None:
    files = alerting("sum by (job) (queue) == 0")
    files["rules_src/watch.py"] = f"from obskit.rules import Alert\nwatch = Alert(name='W', expr={watcher!r})\n"
    assert [one.id for one in found(tmp_path, files)] == ids


def test_up_does_not_watch_a_gauge_without_a_job(tmp_path: Path) -> None:
    files = alerting("idle == 0")
    files["rules_src/watch.py"] = "from obskit.rules import Alert\nwatch = Alert(name='W', expr='up == 0')\n"
    assert [one.id for one in found(tmp_path, files)] == ["absence-unseen"]


def test_label_of_the_alert_itself_is_explained(tmp_path: Path) -> None:
    (one,) = found(tmp_path, alerting("sum by (job) (up) == 0", summary="{{ $labels.severity }}", severity="info"))
    assert one.message == 'annotation "summary" of alert "A": "$labels" has no "severity"'


@pytest.mark.parametrize(
    ("labels", "kind", "ids"),
    [
        ("at_most=10000", "Counter", []),
        ("at_most=10001", "Counter", ["cardinality"]),
        ("at_most=2000", "Histogram", []),
        ("at_most=2001", "Histogram", ["cardinality"]),
        ('pattern=".*"', "Counter", []),
    ],
)
def test_series_of_a_metric_have_a_budget(tmp_path: Path, labels: str, kind: str, ids: list[str]) -> None:
    buckets = ", buckets=(1, 2)" if kind == "Histogram" else ""
    given = f"service=Service('s', job='s'), labels=(Label('l', {labels}),){buckets}"
    text = f"from obskit.catalog import *\nm = {kind}('m', help='M.', {given})\n"
    assert [one.id for one in found(tmp_path, {"rules_src/catalog.py": text})] == ids


def test_old_systems_users_are_too_many_series(tmp_path: Path) -> None:
    labels = "Label('user_id', at_most=500), Label('project', at_most=40), Label('level', at_most=4), Label('task', at_most=6)"
    text = f"from obskit.catalog import *\nm = Counter('m', help='M.', service=Service('s', job='s'), labels=({labels}))\n"
    (one,) = found(tmp_path, {"rules_src/catalog.py": text})
    assert "480 000 series" in one.message


@pytest.mark.parametrize(("query", "ids"), [("queue > 9", []), ("wide > 9", ["alert-fan-out"]), ('wide{a="x"} > 9', [])])
def test_alert_with_a_thousand_results_is_reported(tmp_path: Path, query: str, ids: list[str]) -> None:
    files = alerting(query)
    labels = "labels=(Label('a', at_most=40), Label('b', at_most=26))"
    files["rules_src/catalog.py"] += f"wide = Gauge('wide', help='W.', service=shop, {labels})\n"
    assert [one.id for one in found(tmp_path, files)] == ids


def test_chain_of_a_thousand_operators_is_judged_without_an_end(tmp_path: Path) -> None:
    assert found(tmp_path, shown(" + ".join(["calls_total"] * 900))) == ()
