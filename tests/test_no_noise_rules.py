"""Correct alerts and recording rules that look unusual: no check has anything to say above info."""

from __future__ import annotations

import pytest
from quiet import grave, of_alert

ERRORS = 'sum by (job) (rate(shop_requests_total{code=~"5.."}[W]))'
RATIO = f"{ERRORS} / (sum by (job) (rate(shop_requests_total[W])) > 0)"
P99 = "histogram_quantile(0.99, sum by (le, job) (rate(shop_latency_seconds_bucket[5m])))"


def burns(*windows: str, above: str = "14.4 * 0.001") -> str:
    return " and ".join(f"({RATIO.replace('W', window)} > {above})" for window in windows)


ALERTS: list[tuple[str, str, dict[str, object]]] = [
    # (what it is, expression, options)
    ("a target is down", 'up{job="shop"} == 0', {}),
    ("a target is down, or gone", 'min by (job) (up{job="shop"}) == 0 or absent(up{job="shop"}) == 1', {"for_": "10m"}),
    ("a job is gone", 'absent(up{job="shop"})', {"for_": "10m"}),
    ("a series has been gone for a while", 'absent_over_time(shop_ready{job="shop"}[15m])', {"for_": ""}),
    ("errors of one window", RATIO.replace("W", "5m") + " > 0.05", {}),
    ("errors in percent", f"100 * {RATIO.replace('W', '5m')} > 5", {}),
    ("errors of two windows", burns("1h", "5m"), {"for_": "2m", "severity": "critical"}),
    ("errors of four windows", f"{burns('1h', '5m')} or {burns('6h', '30m', above='6 * 0.001')}", {"for_": "2m"}),
    ("errors of three days", burns("3d", "6h", above="0.001"), {"for_": "1h"}),
    ("errors with enough traffic", RATIO.replace("W", "5m") + " > 0.05 and sum by (job) (rate(shop_requests_total[5m])) > 1", {}),
    ("errors, or none at all", f"({RATIO.replace('W', '5m')} or on (job) up * 0) > 0.05", {}),
    ("success below an objective", f"1 - {RATIO.replace('W', '30m')} < 0.995", {}),
    ("slow answers", f"{P99} > 2", {}),
    ("slow answers with traffic", f"{P99} > 2 and sum by (job) (rate(shop_latency_seconds_count[5m])) > 0.1", {}),
    ("slow answers of a native histogram", "histogram_quantile(0.99, sum by (job) (rate(shop_order_bytes[5m]))) > 1e6", {}),
    ("too few small orders", "histogram_fraction(0, 1024, sum by (job) (rate(shop_order_bytes[5m]))) < 0.9", {}),
    ("too few fast answers",
     'sum by (job) (rate(shop_latency_seconds_bucket{le="0.5"}[5m])) / sum by (job) (rate(shop_latency_seconds_count[5m])) < 0.9', {}),
    ("slower than last week",
     f"{P99} > 1.5 * histogram_quantile(0.99, sum by (le, job) (rate(shop_latency_seconds_bucket[5m] offset 1w)))", {}),
    ("a certificate ends", "shop_certificate_expiry_timestamp_seconds - time() < 14 * 86400", {"for_": "1h"}),
    ("a certificate ends, and has not", "(shop_certificate_expiry_timestamp_seconds - time()) / 86400 < 7 > 0", {"for_": "1h"}),
    ("a disk will be full", "predict_linear(shop_memory_bytes[6h], 4 * 3600) > shop_memory_limit_bytes", {"for_": "30m"}),
    ("nearly full, and growing", "shop_memory_bytes / shop_memory_limit_bytes > 0.9 and deriv(shop_memory_bytes[1h]) > 0", {}),
    ("a full pool", "shop_pool_ratio > 0.9", {}),
    ("a pool, full for an hour", "min_over_time(shop_pool_ratio[1h]) > 0.9", {"for_": ""}),
    ("a clock ahead or behind", "abs(shop_clock_drift_seconds) > 0.05", {}),
    ("a clock behind, and not mending", "shop_clock_drift_seconds < -0.05 and deriv(shop_clock_drift_seconds[5m]) <= 0", {}),
    ("not ready", "shop_ready == 0", {}),
    ("not ready for most of the time", "avg_over_time(shop_ready[1h]) < 0.5", {"for_": ""}),
    ("fewer than half are ready", "sum by (job) (shop_ready) / count by (job) (shop_ready) < 0.5", {}),
    ("it flaps", "changes(shop_ready[1h]) > 6", {"for_": ""}),
    ("restarts", "changes(process_start_time_seconds{job=\"shop\"}[1h]) > 3", {"for_": ""}),
    ("two versions", "count by (job) (count by (job, version) (shop_build_info)) > 1", {"for_": "1h"}),
    ("a growing queue", "delta(shop_queue_length[1h]) > 1000", {}),
    ("an odd rate",
     "abs(sum by (job) (rate(shop_requests_total[5m])) - avg_over_time(sum by (job) (rate(shop_requests_total[5m]))[1d:5m]))"
     " > 3 * stddev_over_time(sum by (job) (rate(shop_requests_total[5m]))[1d:5m])", {}),
    ("no traffic", "sum by (job) (rate(shop_requests_total[30m])) == 0", {}),
    ("no traffic in working hours", "sum by (job) (rate(shop_requests_total[30m])) == 0 and on () (hour() >= 8 < 18)", {}),
    ("any error", "increase(shop_errors_total[10m]) > 0", {}),
    ("oldest invoice", "billing_oldest_open_seconds > 30 * 86400", {"for_": "1h"}),
    ("traffic of one service without the other",
     "sum(rate(billing_invoices_total[1h])) > 0 unless on () sum(rate(shop_requests_total[1h])) > 0", {}),
    ("joined with its version", "shop_ready * on (job, instance) group_left (version) shop_build_info == 0",
     {"description": "Version {{ $labels.version }} on {{ $labels.instance }}."}),
    ("the always firing", "vector(1)", {"name": "Watchdog", "for_": "", "severity": "none"}),
    ("an alert about alerts", 'count(ALERTS{alertstate="firing", severity="critical"}) > 5', {}),
    ("bool, then a comparison", "sum(shop_queue_length > bool 100) > 3", {}),
    ("a comparison the other way round", "0.9 < shop_pool_ratio", {}),
    ("a threshold from another metric", "shop_memory_bytes > on (instance) 0.9 * shop_memory_limit_bytes", {}),
    ("it keeps on", "shop_ready == 0", {"keep_firing_for": "15m"}),
    ("a template of printf", "shop_pool_ratio > 0.9", {"description": '{{ printf "%.2f" $value }} of {{ $labels.instance }} is in use.'}),
    ("a template of functions",
     "shop_pool_ratio > 0.9", {"description": "{{ $value | humanizePercentage }} at {{ $labels.pod | toUpper }}."}),
    ("a template that asks", "shop_ready == 0",
     {"description": '{{ range query "up{job=\'shop\'} == 0" }}{{ .Labels.instance }} {{ end }}are down.'}),
    ("a template with a query in variables", "shop_ready == 0",
     {"description": '{{ with printf "shop_queue_length{instance=\'%s\'}" .Labels.instance | query }}{{ . | first }}{{ end }} wait.'}),
    ("a template with conditions", "shop_ready == 0",
     {"description": '{{ if eq $labels.namespace "prod" }}Now.{{ else }}Later.{{ end }}'}),
    ("a template of variables", "shop_ready == 0",
     {"description": "{{ $job := $labels.job }}{{ $job }} at {{ $labels.instance | reReplaceAll \":.*\" \"\" }}"}),
    ("a template of dots", "shop_ready == 0", {"description": "{{ .Labels.instance }} is at {{ .Value }}."}),
    ("a template of the outside", "shop_ready == 0", {"description": "{{ $externalLabels.cluster }}: see {{ $externalURL }}."}),
    ("a template that ranges over labels", "shop_ready == 0", {"description": "{{ range $k, $v := $labels }}{{ $k }}={{ $v }} {{ end }}"}),
    ("a date in a template", "shop_certificate_expiry_timestamp_seconds - time() < 86400",
     {"description": "Ends in {{ $value | humanizeDuration }}."}),
]  # fmt: skip

RULES = [
    # (what they are, the module)
    ("a record", 'one = Record(name="job:shop_requests:rate5m", expr="sum by (job) (rate(shop_requests_total[5m]))")'),
    (
        "records that read each other",
        'a = Record(name="path:shop_requests:rate5m", expr="sum by (job, path) (rate(shop_requests_total[5m]))")\n'
        'b = Record(name="job:shop_requests:rate5m", expr="sum by (job) (path:shop_requests:rate5m)")\n'
        'c = Record(name="job:shop_errors:rate5m", expr="sum by (job) (rate(shop_errors_total[5m]))")\n'
        'd = Record(name="job:shop_errors:ratio5m", expr="job:shop_errors:rate5m / job:shop_requests:rate5m")\n'
        'e = Alert(name="ShopErrors", expr="job:shop_errors:ratio5m > 0.05", for_="5m", severity="critical",'
        ' summary="Errors.", description="{{ $value | humanizePercentage }} on {{ $labels.job }}.")\n'
        'group = RuleGroup("shop-rates", rules=(a, b, c, d, e))',
    ),
    (
        "buckets recorded, and a quantile of them",
        'a = Record(name="job:shop_latency_seconds_bucket:rate5m", expr="sum by (job, le) (rate(shop_latency_seconds_bucket[5m]))")\n'
        'b = Record(name="job:shop_latency_seconds:p95", expr="histogram_quantile(0.95, job:shop_latency_seconds_bucket:rate5m)")',
    ),
    (
        "a native histogram recorded, and a quantile of it",
        'a = Record(name="job:shop_order_bytes:rate5m", expr="sum by (job) (rate(shop_order_bytes[5m]))")\n'
        'b = Record(name="job:shop_order_bytes:p95", expr="histogram_quantile(0.95, job:shop_order_bytes:rate5m)")',
    ),
    (
        "what cannot be known, recorded, and a quantile of it",
        'a = Record(name="job:kube_api_seconds:rate5m", expr="sum by (job) (rate(kube_api_seconds[5m]))")\n'
        'b = Record(name="job:kube_api_seconds:p9", expr="histogram_quantile(0.9, job:kube_api_seconds:rate5m)")',
    ),
    (
        "one name by several rules",
        'a = Record(name="job:slow:info", expr="job:shop_latency_seconds:p95 > 1", labels={"quantile": "0.95"})\n'
        'b = Record(name="job:slow:info", expr="job:shop_latency_seconds:p99 > 1", labels={"quantile": "0.99"})',
    ),
    (
        "burn rates by window",
        "\n".join(
            f'r{window} = Record(name="job:shop_errors:ratio{window}", expr="sum by (job) (rate(shop_errors_total[{window}]))'
            f' / sum by (job) (rate(shop_requests_total[{window}]))")'
            for window in ("5m", "30m", "1h", "6h", "3d")
        )
        + '\nburn = Alert(name="ShopBudgetBurn", expr="job:shop_errors:ratio1h > 14.4 * 0.001 and job:shop_errors:ratio5m > 14.4 * 0.001",'
        ' for_="2m", severity="critical", summary="Budget burns.", description="{{ $labels.job }}")',
    ),
    (
        "three severities of one condition",
        "\n".join(
            f'a_{severity} = Alert(name="ShopFull", expr="shop_pool_ratio > {at}", for_="5m", severity="{severity}", '
            f'summary="Full.", description="F.")'
            for at, severity in ((0.7, "info"), (0.8, "warning"), (0.9, "critical"))
        ),
    ),
    ("objective as a number", 'a = Record(name="shop:availability:objective", expr="vector(0.999)")'),
    ("a record of a mean over a day", 'a = Record(name="job:shop_pool:avg1d", expr="avg by (job) (avg_over_time(shop_pool_ratio[1d]))")'),
    ("a record of a subquery",
     'a = Record(name="job:shop_requests:max1h", expr="max_over_time(sum by (job) (rate(shop_requests_total[5m]))[1h:1m])")'),
    (
        "a slow group",
        'a = Record(name="job:billing_revenue_usd:increase30d", expr="sum by (job) (increase(billing_revenue_usd_total[30d]))")\n'
        'group = RuleGroup("billing-slow", rules=(a,), interval="5m")',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("expr", "options"), [row[1:] for row in ALERTS], ids=[row[0] for row in ALERTS])
def test_correct_alert_is_left_in_peace(expr: str, options: dict[str, object]) -> None:
    assert of_alert(expr, **options) == []


@pytest.mark.parametrize("text", [row[1] for row in RULES], ids=[row[0] for row in RULES])
def test_correct_rules_are_left_in_peace(text: str) -> None:
    assert grave(text) == []


def test_faulty_alert_is_not() -> None:
    assert [one.split(":")[0] for one in of_alert("shop_pool_ratio > 90")] == ["never-fires"]
