"""Checks of metric types and histograms, by query: what each says, and what odd but right queries keep silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from typed_project import ids, of_alerts, of_stats, panel, said

STATS = [
    # counter-without-rate
    ("requests_total", ["counter-without-rate"]),
    ("-sum(requests_total)", ["counter-without-rate"]),
    ("topk(5, sum by (code) (requests_total))", ["counter-without-rate"]),
    ("sum(requests_total) or vector(0)", ["counter-without-rate"]),
    ("sum(requests_total) / 1000", ["counter-without-rate"]),
    ("requests_total * on (instance) group_left (version) build_info", ["counter-without-rate"]),
    ("job:requests:total", ["counter-without-rate"]),
    ("pause_count", ["counter-without-rate"]),
    ("resets(requests_total[1d])", []),
    ("changes(requests_total[1d])", []),
    ("requests_total offset 1d", []),
    ("sum(requests_total) - sum(requests_total offset 1d)", []),
    ("count(requests_total)", []),
    ("absent(requests_total)", []),
    ("timestamp(requests_total)", []),
    ("last_over_time(requests_total[1d])", []),
    ("predict_linear(sum(requests_total)[1h:], 3600)", []),
    ("sum(requests_total) + deriv(sum(requests_total)[1h:]) * 3600", []),
    ("sum(latency_sum) / sum(latency_count)", []),
    ("unknown_total", ["unknown-metric"]),
    ("process_cpu_seconds_total", []),
    ("native", []),
    ("queue", []),
    ("${metric}", []),
    # rate-on-gauge
    ("rate(queue[5m])", ["rate-on-gauge"]),
    ("irate(share[5m])", ["rate-on-gauge"]),
    ("increase(started_seconds[5m])", ["rate-on-gauge"]),
    ("rate(pause[5m])", ["rate-on-gauge"]),
    ("rate(build_info[5m])", ["rate-on-gauge"]),
    ("rate(job:requests:rate5m[5m])", ["rate-on-gauge"]),
    ("increase(sum(rate(requests_total[5m]))[1h:])", ["rate-on-gauge"]),
    ("resets(queue[5m])", ["rate-on-gauge"]),
    ("resets(ok[5m])", []),
    ("changes(started_seconds[5m])", []),
    ("rate(timestamp(queue)[5m:15s])", []),
    ("increase(max(ok)[1h:1m])", []),
    ("rate(pause_count[5m])", []),
    ("rate(native[5m])", []),
    ("rate(histogram_sum(native)[5m:15s])", []),
    ("rate(histogram_count(native)[5m:15s])", []),
    ("rate(requests:node[5m])", []),
    ("rate(requests:either[5m])", []),
    ("rate(absent(queue)[5m:])", []),
    ("rate({job='shop'}[5m])", []),
    ("rate(${metric}[5m])", []),
    ("${function}(queue[5m])", []),
    # rate-of-sum
    ("rate(sum(requests_total)[5m:])", ["rate-of-sum"]),
    ("sum(increase(sum by (code) (requests_total)[1h:1m]))", ["rate-of-sum"]),
    ("rate(job:requests:total[5m])", ["rate-of-sum"]),
    ("rate(job:requests:again[5m])", ["rate-of-sum"]),
    ("rate(requests:copy[5m])", []),
    ("rate(requests:max[5m])", []),
    ("rate(max without (replica) (requests_total)[5m:])", []),
    ("rate(max by (job) (requests_total)[5m:])", []),
    ("rate(sum by (job, instance, code) (requests_total)[5m:])", []),
    ("rate(sum by (job) (steps_total)[5m:])", []),
    ("rate(sum(unknown)[5m:])", ["unknown-metric"]),
    # delta-on-counter, deriv-on-counter
    ("delta(requests_total[5m])", ["delta-on-counter"]),
    ("idelta(latency_count[5m])", ["delta-on-counter"]),
    ("delta(queue[5m])", []),
    ("delta(native[5m])", []),
    ("deriv(requests_total[5m])", ["deriv-on-counter"]),
    ("deriv(sum(requests_total)[1h:])", []),
    ("predict_linear(requests_total[1h], 3600)", []),
    # metric-suffix
    ("latency", ["metric-suffix"]),
    ("sum(rate(change_sum[5m]))", ["metric-suffix"]),
    ("sum(rate(native_bucket[5m]))", ["metric-suffix"]),
    ("sum(rate(native_count[5m]))", ["metric-suffix"]),
    ("pause_bucket", ["metric-suffix"]),
    ("queue_total", ["metric-suffix"]),
    ("requests", ["metric-suffix"]),
    ("build", ["metric-suffix"]),
    ("bare", ["metric-suffix"]),
    ("request", ["unknown-metric"]),
    ("sum(rate(moved[5m]))", ["unknown-metric"]),
    # quantile-without-le
    ("histogram_quantile(0.9, sum(rate(latency_bucket[5m])))", ["quantile-without-le"]),
    ("histogram_quantile(0.9, sum without (le) (rate(latency_bucket[5m])))", ["quantile-without-le"]),
    ("histogram_quantile(0.9, rate(latency_sum[5m]))", ["quantile-without-le"]),
    ("histogram_quantile(0.9, queue)", ["quantile-without-le"]),
    ("histogram_quantile(0.9, job:requests:rate5m)", ["quantile-without-le"]),
    ("histogram_quantile(0.9, sum(rate(native[5m])))", []),
    ("histogram_quantile(0.9, sum by (le) (rate(latency_bucket[5m])) or sum(rate(native[5m])))", []),
    ("histogram_quantile(0.9, sum by (job) (rate(${metric}[5m])))", []),
    ("histogram_quantile(0.9, sum by ($by) (rate(latency_bucket[5m])))", []),
    ("histogram_quantile(0.9, le:latency_bucket:rate5m)", []),
    ("histogram_quantile(0.9, label_replace(queue, 'le', '$1', 'job', '(.*)'))", []),
    # buckets-not-summed, quantile-of-raw-buckets
    ("histogram_quantile(0.9, max by (le) (rate(latency_bucket[5m])))", ["buckets-not-summed"]),
    ("histogram_quantile(0.9, max by (le) (rate(plain_bucket[5m])))", []),
    ("histogram_quantile(0.9, max by (le) (rate(latency_bucket{code='200'}[5m])))", []),
    ("histogram_quantile(0.9, avg by (le) (rate(latency_bucket[5m])))", []),
    ("histogram_quantile(0.9, sum by (le) (latency_bucket))", ["quantile-of-raw-buckets"]),
    ("histogram_quantile(0.9, le:latency_bucket:sum)", ["quantile-of-raw-buckets"]),
    ("histogram_quantile(0.9, sum by (le) (latency_bucket - latency_bucket offset 1h))", []),
    # quantile-per-series
    ("histogram_quantile(0.9, rate(latency_bucket[5m]))", ["quantile-per-series"]),
    ("histogram_quantile(0.9, rate(native[5m]))", ["quantile-per-series"]),
    ("histogram_quantile(0.9, rate(latency_bucket{code='200'}[5m]))", []),
    ("histogram_quantile(0.9, rate(plain_bucket[5m]))", []),
    ("histogram_quantile(0.9, sum by (le, code) (rate(latency_bucket[5m])))", []),
    ("max(histogram_quantile(0.9, rate(latency_bucket[5m])))", []),
    # quantile-aggregated
    ("avg(histogram_quantile(0.9, sum by (le, code) (rate(latency_bucket[5m]))))", ["quantile-aggregated"]),
    ("sum(histogram_quantile(0.9, sum by (le, code) (rate(latency_bucket[5m]))) * 1000)", ["quantile-aggregated"]),
    ("avg(pause{quantile='0.5'})", ["quantile-aggregated"]),
    ("avg(code:latency:p95)", ["quantile-aggregated"]),
    ("max(code:latency:p95)", []),
    ("sum(code:latency:p95 > bool 1)", []),
    ("avg(histogram_quantile(0.9, sum by (le) (rate(latency_bucket[5m]))))", []),
    ("avg(rate(pause_sum[5m]))", []),
    # bucket-bound, bucket-spelling
    ("sum(rate(latency_bucket{le='0.3'}[5m]))", ["bucket-bound"]),
    ("sum(rate(latency_bucket{le='2.50'}[5m]))", ["bucket-bound"]),
    ("sum(rate(latency_bucket{le='Inf'}[5m]))", ["bucket-bound"]),
    ("sum(rate(latency_bucket{le=~'3|4'}[5m]))", ["bucket-bound", "bucket-bound"]),
    ("sum(rate(latency_bucket{le=~'3.*'}[5m]))", ["bucket-bound"]),
    ("sum(rate(latency_bucket{le=~'2\\\\.5|3\\\\.5'}[5m]))", ["bucket-bound"]),
    ("sum(rate(latency_bucket{le='1'}[5m]))", ["bucket-spelling"]),
    ("sum(rate(latency_bucket{le=~'0.5|10'}[5m]))", ["bucket-spelling"]),
    ("sum(rate(latency_bucket{le='1.0'}[5m]))", []),
    ("sum(rate(latency_bucket{le=~'1(\\\\.0)?'}[5m]))", []),
    ("sum(rate(latency_bucket{le=~'1|1.0'}[5m]))", []),
    ("sum(rate(latency_bucket{le='+Inf'}[5m]))", []),
    ("sum(rate(latency_bucket{le=~'.*'}[5m]))", []),
    ("sum(rate(latency_bucket{le!='3'}[5m]))", []),
    ("sum(rate(latency_bucket{le='$le'}[5m]))", []),
    ("sum(rate(plain_bucket{le='1e-05'}[5m]))", []),
    ("sum(rate(plain_bucket{le='0.0001'}[5m]))", []),
    ("sum(rate(plain_bucket{le='1e-04'}[5m]))", ["bucket-bound"]),
    ("sum(rate(change_bucket{le=~'0(\\\\.0)?|-1(\\\\.0)?'}[5m]))", []),
    ("sum(rate(plain_bucket{le='0.00001'}[5m]))", ["bucket-spelling"]),
    ("sum(rate(large_bucket{le='1000000'}[5m]))", ["bucket-spelling"]),
    ("sum(rate(large_bucket{le='1e+06'}[5m]))", []),
    ("sum(rate(large_bucket{le='1.048576e+06'}[5m]))", []),
    ("sum(rate(large_bucket{le='1048576.0'}[5m]))", ["bucket-spelling"]),
    ("sum(rate(large_bucket{le=~'1.*'}[5m]))", []),
    ("sum(rate(other_bucket{le='3'}[5m]))", ["unknown-metric"]),
    # parameter-range
    ("histogram_quantile(95, sum by (le) (rate(latency_bucket[5m])))", ["parameter-range"]),
    ("quantile_over_time(-0.1, queue[5m])", ["parameter-range"]),
    ("quantile(1.5, queue)", ["parameter-range"]),
    ("topk(0, queue)", ["parameter-range"]),
    ("clamp(queue, 5, 1)", ["parameter-range"]),
    ("quantile(0, queue)", []),
    ("quantile(NaN, queue)", ["parameter-range"]),
    ("topk(scalar(queue), queue)", []),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return of_stats(tmp_path_factory.mktemp("stats"), (query for query, _ in STATS))


@pytest.mark.parametrize(("query", "expected"), STATS, ids=[row[0] for row in STATS])
def test_query_of_a_stat_is_told(told: dict[str, list[str]], query: str, expected: list[str]) -> None:
    assert told.get(query, []) == expected


ALERTS = [
    ("sum(requests_total) > 5", ["counter-without-rate"]),
    ("5 < requests_total", ["counter-without-rate"]),
    ("requests_total > 5 and on () queue > 1", ["counter-without-rate"]),
    ("queue > 1 or requests_total > 1 + 1", ["counter-without-rate"]),
    ("count(requests_total > 5) > 0", ["counter-without-rate"]),
    ("(requests_total > bool 5) == 1", ["counter-without-rate"]),
    ("queue > 1 and on () requests_total > 5", []),
    ("requests_total unless queue", []),
    ("requests_total == 0", []),
    ("requests_total > requests_total offset 1h", []),
    ("requests_total > time()", []),
    ("rate(requests_total[5m]) / (requests_total > 5) > 1", []),
    ("last_over_time(requests_total[1h]) > 5", []),
    ("unknown_total > 5", ["unknown-metric"]),
    ("irate(requests_total[5m]) > 5", ["irate-in-rule"]),
    ("histogram_quantile(0.9, rate(latency_bucket[5m])) > 1", ["quantile-per-series"]),
    ("histogram_quantile(0.9, sum by (le, code) (rate(latency_bucket[5m]))) > 1", []),
    ("rate(requests_total[5m]) > 5", []),
]



@pytest.fixture(scope="module")
def warned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return of_alerts(tmp_path_factory.mktemp("alerts"), (query for query, _ in ALERTS))


@pytest.mark.parametrize(("query", "expected"), ALERTS, ids=[row[0] for row in ALERTS])
def test_query_of_an_alert_is_told(warned: dict[str, list[str]], query: str, expected: list[str]) -> None:
    assert warned.get(query, []) == expected


@pytest.mark.parametrize(("bound", "expected"), [("1", ["bucket-spelling"]), ("1.0", ["bucket-spelling"]), ("0.5", [])])
def test_spelling_of_a_bound_is_open_before_prometheus_3(tmp_path: Path, bound: str, expected: list[str]) -> None:
    assert ids(tmp_path, panel(f"sum(rate(latency_bucket{{le='{bound}'}}[5m]))"), "2.53") == expected


HINTS = [
    ("sum(rate(large_bucket{le='1000000'}[5m]))", 'write le="1e+06"'),
    ("sum(rate(plain_bucket{le='0.00002'}[5m]))", 'the nearest is le="1e-05"; or declare 2e-05 among its buckets'),
    ("sum(rate(latency_bucket{le='0.4'}[5m]))", 'the nearest is le="0.5"; or declare 0.4 among its buckets'),
    ("sum(rate(latency_bucket{le='1'}[5m]))", 'write le=~"1(\\\\.0)?"'),
    ("quantile(95, queue)", "write 0.95"),
    ("rate(requests_total[20s])", "take 1m or more"),
    ("latency", 'a histogram has the series "latency_bucket", "latency_count", "latency_sum"'),
    ("requests", 'write "requests_total"'),
    ("histogram_quantile(0.9, sum by (job) (rate(latency_bucket[5m])))", "keep it: sum by (le, job) (…)"),
]


@pytest.mark.parametrize(("query", "hint"), HINTS, ids=[row[0] for row in HINTS])
def test_hint_says_what_to_write(tmp_path: Path, query: str, hint: str) -> None:
    assert [found.hint for found in said(tmp_path, panel(query))] == [hint]


PLACES = [
    ("sum(rate(latency_bucket{le='0.4'}[5m]))", "le='0.4'"),
    ("histogram_quantile(0.9, sum by (job) (rate(latency_bucket[5m])))", "by (job)"),
    ("sum(rate(requests_total[20s]))", "20s"),
    ("sum(rate(queue[5m]))", "rate"),
    ("sum(requests_total)", "requests_total"),
    ("quantile(95, queue)", "95"),
]


@pytest.mark.parametrize(("query", "word"), PLACES, ids=[row[0] for row in PLACES])
def test_caret_is_under_the_guilty_word(tmp_path: Path, query: str, word: str) -> None:
    (found,) = said(tmp_path, panel(query))
    assert found.span is not None
    assert found.query[slice(*found.span)] == word
