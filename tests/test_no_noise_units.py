"""Correct units, thresholds and kinds of panels: no check has anything to say above info."""

from __future__ import annotations

import pytest
from quiet import grave

RATE = "sum(rate(shop_requests_total[$__rate_interval]))"
UNITS = [
    # (query, units that show it rightly)
    (RATE, ("reqps", "ops", "cps", "rps", "short", "none", "suffix: /s")),
    (f"{RATE} * 60", ("reqpm", "opm", "short")),
    ("sum(increase(shop_requests_total[$__range]))", ("short", "none", "locale", "sishort")),
    ("sum by (pod) (rate(shop_cpu_seconds_total[5m]))", ("short", "percentunit", "none", "suffix: cores")),
    ("100 * avg by (pod) (rate(shop_cpu_seconds_total[5m]))", ("percent", "short")),
    ("sum(rate(shop_sent_bytes_total[5m]))", ("Bps", "binBps", "short")),
    ("8 * sum(rate(shop_sent_bytes_total[5m]))", ("bps", "binbps")),
    ("sum(increase(shop_sent_bytes_total[1d]))", ("bytes", "decbytes")),
    ("shop_memory_bytes", ("bytes", "decbytes", "short")),
    ("shop_memory_bytes / 1024 / 1024", ("mbytes", "suffix: MiB")),
    ("shop_memory_bytes / 2 ^ 20", ("mbytes",)),
    ("shop_memory_bytes / 1e9", ("decgbytes", "short")),
    ("shop_memory_limit_bytes - shop_memory_bytes", ("bytes",)),
    ("shop_memory_bytes or vector(0)", ("bytes",)),
    ("shop_memory_bytes > 1e9", ("bytes",)),
    ("shop_memory_bytes * on (job, instance) group_left (version) shop_build_info", ("bytes",)),
    ("topk(5, shop_memory_bytes)", ("bytes",)),
    ("quantile(0.9, shop_memory_bytes)", ("bytes",)),
    ("stddev(shop_memory_bytes)", ("bytes",)),
    ("predict_linear(shop_memory_bytes[6h], 3600)", ("bytes",)),
    ("delta(shop_memory_bytes[1h])", ("bytes",)),
    ("deriv(shop_memory_bytes[1h])", ("Bps",)),
    ("avg_over_time(shop_memory_bytes[1h:5m])", ("bytes",)),
    ("shop_memory_bytes / shop_memory_limit_bytes", ("percentunit", "short", "none")),
    ("100 * shop_memory_bytes / shop_memory_limit_bytes", ("percent",)),
    ("shop_memory_bytes / shop_memory_limit_bytes * 100", ("percent",)),
    ("clamp_max(shop_memory_bytes / shop_memory_limit_bytes, 1)", ("percentunit",)),
    ("1 - shop_pool_ratio", ("percentunit", "short")),
    ("(1 - shop_pool_ratio) * 100", ("percent",)),
    ("shop_pool_ratio", ("percentunit", "short", "none")),
    ("avg_over_time(shop_ready[1d])", ("percentunit", "short")),
    ("100 * avg(shop_ready)", ("percent",)),
    ("count(up == 1) / count(up)", ("percentunit",)),
    ("shop_ready", ("short", "none", "bool", "bool_yes_no", "bool_on_off")),
    ("sum(shop_ready)", ("short", "none")),
    ("shop_queue_length", ("short", "none", "locale", "suffix: orders", "count")),
    ("shop_queue_length > bool 5", ("short", "bool_yes_no")),
    ("count(shop_build_info)", ("short", "none")),
    ("shop_certificate_expiry_timestamp_seconds - time()", ("s", "dtdurations", "dtdhms", "short")),
    ("(shop_certificate_expiry_timestamp_seconds - time()) / 86400", ("d", "short")),
    ("shop_certificate_expiry_timestamp_seconds * 1000", ("dateTimeAsIso", "dateTimeFromNow", "time: YYYY-MM-DD")),
    ("time() - process_start_time_seconds", ("s", "dtdurations")),
    ("process_start_time_seconds * 1e3", ("dateTimeAsIso",)),
    ("shop_clock_drift_seconds", ("s", "short")),
    ("shop_clock_drift_seconds * 1000", ("ms",)),
    ("1e6 * abs(shop_clock_drift_seconds)", ("µs",)),
    ("billing_oldest_open_seconds / 3600", ("h",)),
    ("histogram_quantile(0.95, sum by (le) (rate(shop_latency_seconds_bucket[5m])))", ("s", "short")),
    ("1000 * histogram_quantile(0.95, sum by (le) (rate(shop_latency_seconds_bucket[5m])))", ("ms",)),
    ("sum(rate(shop_latency_seconds_sum[5m])) / sum(rate(shop_latency_seconds_count[5m]))", ("s",)),
    ("sum(increase(shop_latency_seconds_sum[1h])) / sum(increase(shop_latency_seconds_count[1h])) * 1000", ("ms",)),
    ("sum(rate(shop_latency_seconds_count[5m]))", ("reqps", "ops")),
    ("sum(rate(shop_latency_seconds_sum[5m]))", ("short", "percentunit", "none")),
    ('sum(rate(shop_latency_seconds_bucket{le="0.5"}[5m])) / sum(rate(shop_latency_seconds_count[5m]))', ("percentunit",)),
    ("histogram_quantile(0.95, sum(rate(shop_order_bytes[5m])))", ("bytes", "decbytes")),
    ("histogram_avg(rate(shop_order_bytes[5m]))", ("bytes",)),
    ("sum(histogram_sum(rate(shop_order_bytes[5m])))", ("Bps", "binBps")),
    ("sum(histogram_sum(increase(shop_order_bytes[1h])))", ("bytes",)),
    ("sum(histogram_count(rate(shop_order_bytes[5m])))", ("reqps", "ops", "short")),
    ("sum(histogram_count(increase(shop_order_bytes[1h])))", ("short",)),
    ("histogram_sum(sum(rate(shop_order_bytes[5m]))) / histogram_count(sum(rate(shop_order_bytes[5m])))", ("bytes",)),
    ("histogram_fraction(0, 1024, sum(rate(shop_order_bytes[5m])))", ("percentunit",)),
    ("histogram_stddev(sum(rate(shop_order_bytes[5m])))", ("bytes",)),
    ("sum(rate(shop_errors_total[5m])) / sum(rate(shop_requests_total[5m]))", ("percentunit", "short")),
    ("sum(increase(billing_revenue_usd_total[1d]))", ("currencyUSD", "short")),
    ("3600 * sum(rate(billing_revenue_usd_total[5m]))", ("currencyUSD", "short")),
    ("sum(rate(billing_revenue_usd_total[1h])) / sum(rate(billing_invoices_total[1h]))", ("currencyUSD",)),
    ("sum(rate(shop_requests_total[5m])) / sum(rate(shop_cpu_seconds_total[5m]))", ("short", "none")),
    ("sum(rate(kube_anything_total[5m]))", ("reqps", "Bps", "percentunit", "s", "bytes")),
    ("kube_anything_bytes / kube_other_bytes", ("percentunit", "bytes", "short")),
    ("sum(histogram_count(rate(kube_seconds[5m])))", ("reqps", "ops", "short")),
    ("changes(shop_ready[1h])", ("short",)),
    ("vector(1)", ("short", "s", "bytes", "percentunit")),
    ("time()", ("short",)),
    ("hour()", ("short", "h")),
    ("days_in_month()", ("short", "d")),
    ("hour(shop_certificate_expiry_timestamp_seconds)", ("h",)),
]  # fmt: skip
PANELS = [
    # (what it is, the panel)
    ("a stat", f"stat('P', '{RATE}', thresholds=(10, 100))"),
    ("a gauge of a ratio", "gauge('P', 'shop_pool_ratio', min=0, max=1, thresholds=(0.7, 0.9))"),
    ("a gauge in percent", "gauge('P', '100 * shop_pool_ratio', unit='percent', min=0, max=100, thresholds=(70, 90))"),
    ("bars", "bar_gauge('P', 'sum by (path) (shop_queue_length)', thresholds=(10,))"),
    ("a pie", "pie('P', 'sum by (code) (increase(shop_requests_total[$__range]))')"),
    ("a table", "table('P', 'sum by (path, code) (increase(shop_requests_total[$__range]))')"),
    ("a heatmap", "heatmap('P', 'sum by (le) (increase(shop_latency_seconds_bucket[$__rate_interval]))', unit='s')"),
    ("a heatmap of a native histogram", "heatmap('P', 'sum(rate(shop_order_bytes[$__rate_interval]))', unit='bytes')"),
    ("a heatmap of what is not known", "heatmap('P', 'sum(rate(kube_api_seconds[$__rate_interval]))', unit='s')"),
    ("states", "state_timeline('P', 'shop_ready')"),
    ("two units on two axes",
     "timeseries('P', query('shop_memory_bytes', legend='memory'), query('shop_queue_length', legend='queue'), unit='bytes',"
     " overrides=(override('queue', unit='short'),))"),
    ("three quantiles",
     "timeseries('P', *(query(f'histogram_quantile({q}, sum by (le) (rate(shop_latency_seconds_bucket[5m])))', legend=f'p{q}')"
     " for q in (0.5, 0.95, 0.99)), unit='s', thresholds=(1, 2.5))"),
    ("a level and its limit",
     "timeseries('P', query('sum(shop_memory_bytes)', legend='used'), query('sum(shop_memory_limit_bytes)', legend='limit'))"),
    ("in and out", "timeseries('P', query('sum(rate(shop_sent_bytes_total[5m]))', legend='out'),"
     " query('-sum(rate(shop_sent_bytes_total[5m] offset 1d))', legend='a day ago'), unit='Bps')"),
    ("from queries made of signals", "timeseries('P', latency.quantile(0.95, by='path'), thresholds=(1, 2.5))"),
    ("a share made of signals", "stat('P', latency.share_below(0.5), thresholds=(0.9, 0.99), high_is_good=True)"),
]  # fmt: skip


def of_panel(panel: str) -> list[str]:
    return grave(f"board = dashboard('B', uid='b', tags=('shop',), description='B.', panels=[{panel}])")


@pytest.mark.parametrize(("query", "unit"), [(query, unit) for query, units in UNITS for unit in units])
def test_unit_is_left_in_peace(query: str, unit: str) -> None:
    assert of_panel(f"timeseries('P', query({query!r}, legend='__auto'), unit={unit!r}, description='What it shows.')") == []


@pytest.mark.parametrize("panel", [row[1] for row in PANELS], ids=[row[0] for row in PANELS])
def test_correct_panel_is_left_in_peace(panel: str) -> None:
    assert of_panel(f"{panel[:-1]}, description='What it shows.')") == []


def test_wrong_unit_is_not() -> None:
    assert [one.split(":")[0] for one in of_panel("stat('P', 'max(shop_memory_bytes)', unit='s', description='D.')")] == [
        "panel-unit-mismatch"
    ]  # fmt: skip
