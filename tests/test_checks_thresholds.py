"""Comparisons that cannot hold or always do, unlike units, odd thresholds: what is found, and what is left alone."""

from __future__ import annotations

import pytest
from judged import ALL, BOARD, ERRORS, P95, RATIO, findings, ids, of_alert

NEVER = [
    "up == 2",
    "up < 0",
    "up{job='shop'} > 1",
    "2 < up",
    "count(up == 0) == 0",
    "count(up) < 1",
    "count_over_time(up[5m]) == 0",
    "absent(up) == 0",
    "build_info == 0",
    "rate(requests_total[5m]) < 0",
    "increase(requests_total[1h]) == -1",
    "disk_percent > 100",
    "max(disk_percent) > 120",
    "fill_ratio > 90",
    "1 - fill_ratio > 1",
    "fill_ratio * 100 > 100",
    f"{RATIO} > 10",
    f"{RATIO} > (14.4 * 0.1)",
    f"{RATIO} > 6 * (1 - 0.8)",
    f"{P95} > 500",
    f"{P95} > 10",
    f"max_over_time(({P95})[1h:]) > 12",
    "sum(disk_percent > 100)",
    "sum(disk_percent > 100) > 3",
    "up == 1 and disk_percent > 200",
    "disk_percent > 200 and up == 1",
    "disk_percent > 200 unless up == 0",
    "disk_percent > 200 or fill_ratio > 2",
    "disk_percent > 200 and fill_ratio > 2",
    f"max({RATIO} > (14.4 * 0.1)) and max({RATIO} > 0.2)",
    "fill_ratio > bool 0.5 == 2",
    "clamp(queue_length, 0, 5) > 5",
    "(disk_percent > 50) <= 50",
    "(disk_percent > 50) == 50",
]


@pytest.mark.parametrize("expr", NEVER)
def test_alert_that_can_never_fire_is_an_error(expr: str) -> None:
    assert [(one.id, one.severity) for one in of_alert(expr, for_="5m")] == [("never-fires", "error")]


def test_alert_that_can_never_fire_is_told_with_the_reason() -> None:
    (found,) = of_alert(f"{RATIO} > (14.4 * 0.1)")
    assert 'the quotient is between 0 and 1, so "> 1.44" never holds' in found.message


@pytest.mark.parametrize(
    ("expr", "hint"),
    [
        ("fill_ratio > 90", "> 0.9"),
        ("90 < fill_ratio", "> 0.9"),
        (f"{P95} > 500", "> 0.5"),
        ("count(up == 1) == 0", "absent(…)"),
        ("up == 2", "between 0 and 1"),
    ],
)
def test_alert_that_can_never_fire_is_told_what_may_be_meant(expr: str, hint: str) -> None:
    assert hint in of_alert(expr)[0].hint


ALWAYS = [
    "rate(requests_total[5m]) >= 0",
    "sum(increase(requests_total[5m])) > -1",
    "disk_percent <= 100",
    "disk_percent != 101",
    "up >= 0",
    "up >= 0 or disk_percent > 90",
    "up >= 0 and disk_percent >= 0",
    f"{RATIO} >= 0",
]


@pytest.mark.parametrize("expr", ALWAYS)
def test_alert_that_fires_whatever_happens_is_a_warning(expr: str) -> None:
    assert ("always-fires", "warning") in [(one.id, one.severity) for one in of_alert(expr)]


QUIET = [
    # nothing of these is wrong
    "up == 0",
    "up != 1",
    "absent(up) == 1",
    "absent(up) > 0",
    "count(up == 0) > 0",
    "count(up == 0) >= 1",
    "(count(up == 1) or vector(0)) == 0",
    "sum(up) < 1",
    "avg(up) < 1",
    "build_info == 1",
    "changes(build_info[1h]) > 0",
    f"{RATIO} > 0.05",
    f"{RATIO} >= 1",
    f"{RATIO} > (14.4 * 0.01) and {RATIO} > (14.4 * 0.01)",
    f"{RATIO} > 0.05 and {ALL} > 0.2",
    f"{RATIO} / 0.01 > 14.4",
    f"{RATIO} * 100 > 90",
    f"{P95} > 2.5",
    f"{P95} >= 10",
    f"{P95} * 1000 > 2500",
    f"floor({P95} > 0.5) == 0",
    "round(disk_percent > 0.4) == 0",
    "disk_percent > 99",
    "disk_percent >= 100",
    "growth_ratio > 1.5",
    "delta(disk_percent[1h]) < -5",
    "predict_linear(disk_percent[6h], 3600) > 100",
    "memory_bytes > 1e9",
    "time() - expiry_timestamp_seconds > 0",
    "expiry_timestamp_seconds - time() < 86400 * 7",
    "expiry_timestamp_seconds < time() + 3600",
    "wait_seconds * 1000 > wait_ms",
    "wait_seconds > wait_ms / 1000",
    "wait_seconds > 5 and queue_length > 3",
    "rate(requests_total[5m]) > limit_per_second",
    "rate(cpu_seconds_total[5m]) > fill_ratio",
    "rate(cpu_seconds_total[5m]) / limit_per_second > 0.8",
    "increase(billed_cents_total[1h]) / 100 - increase(paid_usd_total[1h]) > 5",
    "avg_over_time(queue_length[5m]) > 2 * avg_over_time(queue_length[5m] offset 1w)",
    "abs(queue_length - avg_over_time(queue_length[1w])) / stddev_over_time(queue_length[1w]) > 3",
    "active_users > queue_length",
    "wait_seconds > limit_per_second",
    "clamp_max(growth_ratio, 50) > 30",
    "hour() > 9 and day_of_week() < 6 and disk_percent > 80",
    "unknown:thing:sum",
    "sum by (alertname) (ALERTS{alertstate='firing'})",
    "vector(1)",
    "label_replace(up == 0, 'host', '$1', 'instance', '(.*):.*')",
    "topk(3, disk_percent > 80)",
    "up == 0 unless on () ALERTS{alertname='Other'}",
    "memory_bytes and on (job) up == 0",
]


@pytest.mark.parametrize("expr", QUIET)
def test_alert_that_is_odd_but_right_is_left_alone(expr: str) -> None:
    assert of_alert(expr, for_="5m") == []


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("up == 0 or disk_percent > 200", ["dead-branch"]),
        (f"({RATIO} > (14.4 * 0.1)) or ({RATIO} > (6 * 0.1))", ["dead-branch"]),
        ("up == 0 or (disk_percent > 200 or fill_ratio > 2)", ["dead-branch", "dead-branch"]),
        ("disk_percent > 90 and queue_length > 5 unless disk_percent > 200", ["idle-comparison"]),
        ("disk_percent > 90 and on (job, instance) sum by (job, instance) (rate(requests_total[5m])) >= 0", ["idle-comparison"]),
        ("absent(disk_percent > 200)", ["idle-comparison"]),
        ("memory_bytes > wait_seconds", ["unit-mismatch"]),
        ("memory_bytes + wait_seconds > 5", ["unit-mismatch"]),
        ("wait_seconds > wait_ms", ["unit-mismatch"]),
        ("max_over_time(wait_seconds[5m]) > wait_ms", ["unit-mismatch"]),
        ("increase(billed_cents_total[1h]) - increase(paid_usd_total[1h]) > 5", ["unit-mismatch"]),
        ("rate(sent_bytes_total[5m]) > increase(sent_bytes_total[5m])", ["unit-mismatch"]),
        ("fill_ratio > disk_percent", ["unit-mismatch"]),
        ("expiry_timestamp_seconds > memory_bytes", ["unit-mismatch"]),
        ("disk_percent > 0.9", ["threshold-scale"]),
        ("disk_percent < 0.1", ["threshold-scale"]),
        ("growth_ratio > 90", ["threshold-scale"]),
        (f"{P95} > 2", ["threshold-bucket"]),
        (f"max({P95}) < 0.05", ["threshold-bucket"]),
        ("rate(requests_total[5m])", ["alert-comparison"]),
        ("up == bool 0", ["alert-comparison"]),
        (RATIO, ["alert-comparison"]),
        ("sum(queue_length) * 2", ["alert-comparison"]),
    ],
)
def test_alert_is_found_out(expr: str, expected: list[str]) -> None:
    assert ids(of_alert(expr, for_="5m")) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("up > 1", ["idle-comparison"]),
        ("rate(requests_total[5m]) >= 0", ["idle-comparison"]),
        ("up > 0", []),
        (f"{RATIO} >= 0", []),
        ("disk_percent >= 0", []),
        ("count(up == 0) > 0", []),
        ("memory_bytes + wait_seconds", ["unit-mismatch"]),
        ("memory_bytes + 5", []),
        ("memory_bytes or wait_seconds", []),
        ("disk_percent > $limit", []),
    ],
)
def test_panels_are_judged(query: str, expected: list[str]) -> None:
    assert [one.id for one in findings(BOARD.format(query=query)) if one.id != "unused-signal"] == expected


@pytest.mark.parametrize(
    "expr",
    [
        "fill_ratio > 90",
        f"{RATIO} > (14.4 * 0.1)",
        f"{ERRORS} > 0.1",
        "memory_bytes + wait_seconds > 1",
        "disk_percent > 0.9",
        "disk_percent >= 0",
        f"{P95} > 500",
        f"{P95} > 2",
    ],
)
def test_without_a_catalogue_nothing_is_known_of_a_metric(expr: str) -> None:
    text = {"for_": "5m", "description": "{{ $value | humanizePercentage }}", "summary": "Over 10 % fail"}
    assert of_alert(expr, signals="from obskit.rules import *\n", **text) == []


@pytest.mark.parametrize(
    ("expr", "expected"), [("count(odd == 0) == 0", ["never-fires"]), ("rate(odd[5m]) < 0", ["never-fires"]), ("odd", ["alert-comparison"])]
)
def test_without_a_catalogue_the_text_of_a_query_is_judged(expr: str, expected: list[str]) -> None:
    assert ids(of_alert(expr, signals="from obskit.rules import *\n", for_="5m")) == expected


def test_alert_of_a_thousand_conditions_is_judged() -> None:
    assert ids(of_alert(" and ".join(["queue_length > 5"] * 450 + ["up == 2"]), for_="5m")) == ["never-fires"]
