"""Checks of labels where queries stand: in alerts, in legends, in variables, and how many series there can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from labelled import CATALOG, alerting, found, recording, shown

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
    ("queue == 0 or absent(queue)", {"for_": "5m"}, ["absent-labels"]),
    ("anything == 0 or absent(anything)", {"for_": "5m"}, []),
    ('anything{a="b"} == 0 or absent(anything)', {"for_": "5m"}, ["absent-labels"]),
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
