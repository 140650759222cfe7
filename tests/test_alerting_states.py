"""What a rule does when its query yields nothing or fails: from what the alert means, or as its author says."""

from __future__ import annotations

from pathlib import Path

import pytest
from alerting_project import built

SIGNALS = """
shop = Service("shop", job="shop")
code = Label("code", pattern=r"[1-5]\\d\\d", zero=("200", "500"))
zone = Label("zone", at_most=5)
method = Label("method", values=("GET", "PUT"))
requests = Counter("requests_total", help="Requests.", service=shop, labels=(code, method))
zoned = Counter("zoned_total", help="Requests.", service=shop, labels=(code, zone))
latency = Histogram("latency_seconds", help="Time.", service=shop, labels=(method,), buckets=(0.5, 1, 2))
far = Histogram("far_seconds", help="Time.", service=shop, labels=(zone,), buckets=(0.5, 1, 2))
queue = Gauge("queue_length", help="Orders.", service=shop)
build = Info("shop_info", help="Build.", service=shop, labels=(zone,))
guarded = Record(name="job:requests:ratio", expr='sum by (job) (rate(requests_total[5m])) / (sum by (job) (rate(requests_total[5m])) > 0)')
broken = Record(name="job:broken", expr="sum(")
circle = Record(name="job:circle", expr="job:circle + 1")
open_record = Record(name="job:zoned:rate5m", expr='sum by (job) (rate(zoned_total[5m]))')
simple = Record(name="job:requests:rate5m", expr='sum by (job) (rate(requests_total[5m]))')
"""
EMPTY = [
    # (expression, state when nothing is there)
    ('sum by (job) (rate(requests_total{job="shop"}[5m])) > 5', "NoData"),
    ('requests_total{job="shop",code="500"} > 5', "NoData"),
    ('sum(rate(requests_total{code=~"5.."}[5m])) > 5', "NoData"),
    ('sum(rate(requests_total{code="503"}[5m])) > 5', "OK"),
    ('sum(rate(requests_total{code=~"50[34]"}[5m])) > 5', "OK"),
    ('sum(rate(requests_total{code!="200"}[5m])) > 5', "NoData"),
    ('sum(rate(requests_total{method="PUT"}[5m])) > 5', "NoData"),
    ('sum(rate(zoned_total{zone="eu"}[5m])) > 5', "OK"),
    ('sum by (job) (rate(zoned_total[5m])) > 5', "OK"),
    ('sum(rate(zoned_total{code="500"}[5m])) > 5', "OK"),
    ("histogram_quantile(0.9, sum by (le) (rate(far_seconds_bucket[5m]))) > 1", "OK"),
    ("job:zoned:rate5m > 5", "OK"),
    ("queue_length > 5", "NoData"),
    ("count(shop_info) < 1", "NoData"),
    ('histogram_quantile(0.9, sum by (le) (rate(latency_seconds_bucket{job="shop",le=~"1|2"}[5m]))) > 1', "NoData"),
    ('sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m])) > 0.1', "NoData"),
    ('sum(rate(requests_total{code="500"}[5m])) / (sum(rate(requests_total[5m])) > 0) > 0.1', "OK"),
    ("sum(requests_total > 4) > 5", "OK"),
    ("sum(requests_total > bool 4) > 5", "NoData"),
    ("(sum(requests_total) or vector(0)) > 5", "OK"),
    ("absent(requests_total) == 1", "OK"),
    ("absent(requests_total)", "OK"),
    ("sum(requests_total) > 5 and sum(latency_seconds_count) > 1", "OK"),
    ("sum(requests_total) > sum(latency_seconds_count)", "OK"),
    ("job:requests:rate5m > 5", "NoData"),
    ("job:requests:ratio > 5", "OK"),
    ("job:broken > 5", "OK"),
    ("job:circle > 5", "OK"),
    ("up == 0", "NoData"),
    ("sum(rate(requests_total[5m])) / sum(rate(requests_total[5m] offset 1w)) > 2", "OK"),
    ("max_over_time(sum(requests_total)[1h:5m] offset 1d) > 5", "OK"),
    ("sum(requests_total @ 1700000000) > 5", "OK"),
    ("sum(requests_total offset -5m) > 5", "NoData"),
    ("max_over_time(sum(requests_total)[1h:5m]) > 5", "NoData"),
    ('somebody_elses{job="x"} > 1', "NoData"),
    ('somebody_elses{kind="x"} > 1', "OK"),
]


@pytest.mark.parametrize(("expr", "state"), EMPTY)
def test_nothing_is_told_where_it_means_that_the_target_is_gone(tmp_path: Path, expr: str, state: str) -> None:
    assert built(tmp_path, f"{SIGNALS}one = Alert(name='One', expr={expr!r})").called("One")["noDataState"] == state


@pytest.mark.parametrize(
    ("severity", "grafana", "state"),
    [("critical", "13.0", "Error"), ("page", "13.0", "Error"), ("Critical", "10.4", "Error"), ("warning", "13.0", "KeepLast"),
     ("info", "13.0", "KeepLast"), ("", "11.0", "KeepLast"), ("warning", "10.4", "Error"), ("info", "10.4", "OK"), ("", "10.4", "OK")],
)  # fmt: skip
def test_failure_is_told_to_who_is_called(tmp_path: Path, severity: str, grafana: str, state: str) -> None:
    text = f"one = Alert(name='One', expr='sum(q) > 1', severity={severity!r})"
    assert built(tmp_path, text, targets=grafana).rule["execErrState"] == state


def test_severity_of_the_group_counts(tmp_path: Path) -> None:
    text = "g = RuleGroup('g', labels={'severity': 'page'}, rules=(Alert(name='One', expr='sum(q) > 1'),))"
    assert built(tmp_path, text).rule["execErrState"] == "Error"


@pytest.mark.parametrize(
    ("no_data", "on_error", "states"),
    [("ok", "ok", ("OK", "OK")), ("alerting", "alerting", ("Alerting", "Alerting")), ("keep-last", "keep-last", ("KeepLast", "KeepLast")),
     ("no-data", "error", ("NoData", "Error"))],
)  # fmt: skip
def test_author_decides(tmp_path: Path, no_data: str, on_error: str, states: tuple[str, str]) -> None:
    rule = built(tmp_path, f"one = Alert(name='One', expr='absent(q)', no_data={no_data!r}, on_error={on_error!r})").rule
    assert (rule["noDataState"], rule["execErrState"]) == states


def test_state_that_grafana_does_not_know_is_told_and_replaced(tmp_path: Path) -> None:
    text = "one = Alert(name='One', expr='sum(q) > 1', no_data='keep-last', on_error='keep-last')"
    found = built(tmp_path, text, targets="10.4")
    assert (found.rule["noDataState"], found.rule["execErrState"]) == ("NoData", "Error")
    assert found.said("warning") == [
        'no_data="keep-last" of alert "One" needs Grafana 11.0, and the target is 10.4',
        'on_error="keep-last" of alert "One" needs Grafana 11.0, and the target is 10.4',
    ]
