"""Checks of labels and of what meets in operators: what they find on boards, and which odd but right queries they leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from labelled import found, recording, shown

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


@pytest.mark.parametrize(("query", "ids"), SHOWN)
def test_query_on_a_board_has_these_problems(tmp_path: Path, query: str, ids: list[str]) -> None:
    assert sorted(one.id for one in found(tmp_path, shown(query))) == ids


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


def test_chain_of_a_thousand_operators_is_judged_without_an_end(tmp_path: Path) -> None:
    assert found(tmp_path, shown(" + ".join(["calls_total"] * 900))) == ()
