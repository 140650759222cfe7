"""The texts, labels and timing of alerts, and how rules are named, ordered and read: what is found, and what is left alone."""

from __future__ import annotations

import pytest
from judged import ALL, BOARD, ERRORS, MINE, P95, RATIO, findings, ids, of_alert

from obskit import rooms


def test_table_names_only_checks_that_exist() -> None:
    assert {name.replace("_", "-") for name in rooms.names("obskit.lint.checks")} >= MINE


@pytest.mark.parametrize(
    ("expr", "options", "expected"),
    [
        (f"{ERRORS} > 0.1", {"summary": "Over 10 % fail"}, "threshold-unit"),
        (f"{ERRORS} > 0.1", {"summary": "Over 10% of 5 requests per second fail"}, "threshold-unit"),
        (f"{ERRORS} > 0.1", {"description": "ratio of errors is high"}, "threshold-unit"),
        (f"{ERRORS} > 0.1", {"name": "ErrorRatioHigh"}, "threshold-unit"),
        (f"{ERRORS} > 0.1", {"name": "HighErrorRate"}, "error-rate"),
        (f"{ERRORS} > 0.1", {"name": "HighErrorRate", "summary": "Over 0.1 errors per second"}, ""),
        (f"{ERRORS} > 0.1", {"name": "Errors"}, ""),
        (f"{ERRORS} > 10", {"name": "HighErrorRate"}, ""),
        (f"{RATIO} > 0.1 and {ALL} > 0.2", {"summary": "Over 10 % fail"}, ""),
        (f"{RATIO} > 0.1", {"name": "HighErrorRate", "summary": "Over 10 % fail"}, ""),
        ("rate(sent_bytes_total[5m]) > 0.1", {"summary": "Over 10 %"}, ""),
        ("disk_percent > 0.5", {"summary": "Over 0.5 % is in use"}, ""),
    ],
)
def test_texts_are_compared_with_the_threshold(expr: str, options: dict[str, str], expected: str) -> None:
    assert ids(of_alert(expr, for_="5m", **options)) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("expr", "text", "expected"),
    [
        ("disk_percent > 90", "{{ $value | humanizePercentage }}", ["value-format"]),
        ("disk_percent > 90", "{{ humanizePercentage $value }}", ["value-format"]),
        ("wait_seconds > 9", "{{ $value | humanizePercentage }}", ["value-format"]),
        (f"{ERRORS} > 9", "{{ $value | humanizePercentage }}", ["value-format"]),
        ("wait_ms > 9", "{{ $value | humanizeDuration }}", ["value-format"]),
        ("memory_bytes > 9", "{{ $value | humanizeDuration }}", ["value-format"]),
        ("wait_seconds > 9", "{{ $value | humanize1024 }}", ["value-format"]),
        ("memory_bytes > 9", "{{ $value | humanizeTimestamp }}", ["value-format"]),
        (f"{RATIO} > 0.9", "{{ $value | humanizePercentage }}", []),
        ("fill_ratio > 0.9", "{{ with $x := $value }}{{ $value | humanizePercentage }}{{ end }}", []),
        ("avg_over_time(up[1h]) < 0.9", "{{ $value | humanizePercentage }}", []),
        ("rate(cpu_seconds_total[5m]) > 0.9", "{{ $value | humanizePercentage }}", []),
        ("queue_length > 9", "{{ $value | humanizePercentage }}", []),
        ("memory_bytes > 9", "{{ $value | humanize1024 }}B", []),
        ("wait_seconds > 9", "{{ $value | humanizeDuration }}", []),
        ("expiry_timestamp_seconds > 9", "{{ $value | humanizeTimestamp }}", []),
        ("wait_seconds > 9", "{{ $labels.job | title }} {{ 0.5 | humanizePercentage }}", []),
        (f"{RATIO} > 0.9", "{{ $value }}", ["raw-value"]),
        (f"{ERRORS} > 9", "now {{$value}} a second", ["raw-value"]),
        (f"{P95} > 2.5", "{{ $value }}", ["raw-value"]),
        ("wait_seconds > 9", '{{ $value | printf "%.1f" }}', []),
        ("wait_seconds > 9", "{{ if gt $value 50.0 }}long{{ end }}", []),
        ("up == 0", "{{ $value }}", []),
        ("growth_ratio == 2", "{{ $value }}", []),
        ("queue_length > 9", "{{ $value }}", []),
        ("wait_seconds > 9", "{{ $value", []),
    ],
)
def test_format_of_the_value_fits_its_unit(expr: str, text: str, expected: list[str]) -> None:
    assert ids(of_alert(expr, for_="5m", description=text)) == expected


def test_format_of_the_value_is_pointed_at() -> None:
    (found,) = of_alert("disk_percent > 90", for_="5m", description="{{ $value | humanizePercentage }}")
    assert found.span is not None
    assert found.query[slice(*found.span)] == "humanizePercentage"


@pytest.mark.parametrize(
    ("expr", "text", "expected"),
    [
        ("queue_length > 9", "{{ $value }}", ["value-label"]),
        ("queue_length > 9", "{{ printf `%.0f` $value }}", ["value-label"]),
        ("queue_length > 9", "{{ if gt $value 90.0 }}critical{{ else }}warning{{ end }}", []),
        ("queue_length > 9", "{{ gt $value 90.0 }}", []),
        ("queue_length > 9", "{{ if $value }}some{{ end }}", []),
        ("queue_length > 9", "{{ $labels.job }}", []),
        ("up == 0", "{{ $value }}", []),
    ],
)
def test_value_in_a_label_makes_new_alerts(expr: str, text: str, expected: list[str]) -> None:
    assert ids(of_alert(expr, for_="5m", labels={"odd": text})) == expected


FULL = 'severity="warning", summary="S", description="D", runbook="https://example.com"'
RULES = [
    (f'one = Alert(name="A", expr="up == 0", {FULL})', ["alert-for"]),
    (f'one = Alert(name="A", expr="up == 0 or rate(requests_total[5m]) > 5", {FULL})', ["alert-for"]),
    (f'one = Alert(name="A", expr="rate(requests_total[5m]) > 5", {FULL})', []),
    (f'one = Alert(name="A", expr="rate(requests_total[5m]) > limit_per_second", {FULL})', []),
    (f'one = Alert(name="A", expr="queue_length > rate(requests_total[5m]) * 60", {FULL})', ["alert-for"]),
    (f'one = Alert(name="A", expr="min_over_time((queue_length > 5)[10m:]) > 5", {FULL})', []),
    (f'one = Alert(name="A", expr="time() - expiry_timestamp_seconds > 0", {FULL})', []),
    (f'one = Alert(name="A", expr="other:thing:rate5m > 5 and other:thing:rate1h > 5", {FULL})', []),
    (f'one = Alert(name="A", expr="absent(up)", {FULL})', ["absent-for"]),
    (f'one = Alert(name="A", expr="absent(queue_length)", for_="45s", {FULL})', ["absent-for"]),
    (f'one = Alert(name="A", expr="absent(queue_length)", for_="1m", {FULL})', []),
    (f'one = Alert(name="A", expr="sum(absent(up)) == 1", {FULL})', ["absent-for"]),
    (f'one = Alert(name="A", expr="absent_over_time(up[5m])", {FULL})', []),
    (f'one = Alert(name="A", expr="rate(requests_total[5m]) > 5 unless on () absent(up)", {FULL})', []),
    ('one = Alert(name="A", expr="up == 0", for_="5m", severity="warning", summary="S", description="D")', ["alert-runbook"]),
    ('one = Alert(name="A", expr="up == 0", for_="5m", severity="warning", summary="S", runbook="h")', ["alert-description"]),
    ('one = Alert(name="A", expr="up == 0", for_="5m", severity="warning", runbook="h")', ["alert-description", "alert-summary"]),
    ('one = Alert(name="A", expr="up == 0", for_="5m", labels={"priority": "1"}, summary="S", description="D", runbook="h")', []),
    ('one = Alert(name="A", expr="up == 0", for_="5m", summary="S", description="D", runbook="h")', ["alert-severity"]),
    (f'one = Alert(name="A", expr="up == 0", for_="5m", {FULL.replace("warning", "Critical")})', ["severity-value"]),
    (
        f'many = [Alert(name=f"A{{n}}", expr=f"queue_length{{n}} > 5", for_="5m", {FULL.replace("warning", "crit")}) for n in range(9)]',
        ["severity-value"] * 9,
    ),
    (f'one = RuleGroup("g", interval="2m", rules=(Alert(name="A", expr="up == 0", for_="1m", {FULL}),))', ["for-interval"]),
    (f'one = RuleGroup("g", interval="2m", rules=(Alert(name="A", expr="up == 0", for_="2m", {FULL}),))', []),
    ('one = RuleGroup("g", interval="6m", rules=(Record(name="job:up:sum", expr="sum by (job) (up)"),))', ["group-interval"]),
    ('one = Record(name="job:up:sum", expr="sum by (job) (up)", labels={"job": "all"})', ["label-conflict"]),
    ('one = Record(name="job:up:sum", expr="sum by (job) (up{job=\'a\'})", labels={"job": "b"})', []),
    ('one = Record(name="job:up:sum", expr="sum by (job) (up)", labels={"cluster": "b"})', []),
    ('one = Record(name="job:queue:sum", expr="sum by (job) (queue_length)", labels={"cluster": "b"})', ["label-conflict"]),
    ('one = Record(name="up_sum", expr="sum by (job) (up)")', ["record-name"]),
    ('one = Record(name="shop_slo_info", expr="vector(1)")', []),
    ('one = Record(name="instance:up:sum", expr="sum by (job) (up)")', ["record-name"]),
    ('one = Record(name="instance:up:sum", expr="sum by (job) (up)", labels={"instance": "all"})', []),
    ('one = Record(name="instance:other:sum", expr="sum without (pod) (some_other)")', []),
    ('one = Record(name="job:requests:rate5m", expr="sum by (job) (rate(requests_total[1m]))")', ["record-window"]),
    ('one = Record(name="job:requests:rate90s", expr="sum by (job) (rate(requests_total[1m30s]))")', []),
    ('one = Record(name="job:requests:ratio_rate30d", expr="sum_over_time(a:b[30d]) / count_over_time(a:b[30d])")', []),
    ('one = Record(name="job:requests:rate5m", expr="sum by (job) (instance:requests:rate5m)")', []),
    ('one = Record(name="job:node_load:avg5m", expr="avg by (job) (node_load5)")', []),
    (
        'a = Record(name="job:up:ratio", expr="job:up:sum / 2"); b = Record(name="job:up:sum", expr="sum by (job) (up)")\n'
        'one = RuleGroup("g", rules=(a, b))',
        ["record-order"],
    ),
    (
        'a = Record(name="job:up:sum", expr="sum by (job) (up)"); b = Record(name="job:up:ratio", expr="job:up:sum / 2")\n'
        'one = RuleGroup("g", rules=(a, b))',
        [],
    ),
    ('a = Record(name="job:up:sum", expr="sum by (job) (up) or job:up:sum offset 5m")', []),
    (
        'a = Record(name="job:up:avg1h", expr="avg_over_time(job:up:sum[1h])"); b = Record(name="job:up:sum", expr="sum by (job) (up)")\n'
        'one = RuleGroup("g", rules=(a, b))',
        [],
    ),
]


@pytest.mark.parametrize(("text", "expected"), RULES)
def test_rules_are_judged(text: str, expected: list[str]) -> None:
    assert sorted(one.id for one in findings(text) if one.id != "unused-signal") == sorted(expected)


def pair(first: str, second: str, **options: str) -> list[str]:
    a, b = (options.get(name, 'for_="5m", severity="warning"') for name in ("a", "b"))
    text = f'a = Alert(name="A", expr={first!r}, {a}); b = Alert(name="B", expr={second!r}, {b})'
    return [one.message.split('"')[1] for one in findings(text) if one.id == "shadowed-alert"]


@pytest.mark.parametrize(
    ("first", "second", "options", "shadowed"),
    [
        ("disk_percent > 80", "disk_percent > 90", {}, ["B"]),
        ("disk_percent > 90", "disk_percent > 80", {}, ["A"]),
        ("disk_percent < 80", "disk_percent < 90", {}, ["A"]),
        ("disk_percent >= 80", "disk_percent > 80", {}, ["B"]),
        ("disk_percent > 80", "disk_percent >= 80", {}, ["A"]),
        ("disk_percent > 80", "disk_percent  > 80", {}, ["B"]),
        ("up == 0", "up == 0", {}, ["B"]),
        ("up == 0", "up == 1", {}, []),
        ("up == 0 and queue_length > 3", "up == 0 and queue_length > 3", {}, ["B"]),
        ("disk_percent > 80", "disk_percent < 20", {}, []),
        ("disk_percent > 80", "fill_ratio > 0.9", {}, []),
        ("disk_percent > 80", "disk_percent > 90", {"b": 'for_="5m", severity="critical"'}, []),
        ("disk_percent > 80", "disk_percent > 90", {"b": 'for_="1m", severity="warning"'}, []),
        ("disk_percent > 80", "disk_percent > 90", {"b": 'for_="9m", severity="warning"'}, ["B"]),
        ("disk_percent > 80", "disk_percent > 900", {}, []),  # never-fires
        ("disk_percent > 900", "disk_percent > 900", {}, []),
    ],
)
def test_alert_that_another_implies_is_found(first: str, second: str, options: dict[str, str], shadowed: list[str]) -> None:
    assert pair(first, second, **options) == shadowed


UNUSED = [
    ("up", 17),
    ("queue_length + requests_total", 15),
    ("latency_seconds_count", 16),
    ('{__name__=~"memory_.*|disk_percent"}', 15),
    ('{__name__=~".+"}', 0),
]


@pytest.mark.parametrize(("query", "number"), UNUSED)
def test_unread_metrics_of_a_module_are_told_together(query: str, number: int) -> None:
    found = [one.message for one in findings(BOARD.format(query=query)) if one.id == "unused-signal"]
    assert [int(message.split("reads ")[1].split()[0]) for message in found] == ([number] if number else [])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("up", ["unread-record"]),
        ("job:up:sum:avg", ["unread-record"]),
        ("job:up:sum", []),
        ('{__name__=~"job:.*"}', []),
        ("job:up:sum +", []),
    ],
)
def test_record_that_nothing_reads_is_found(query: str, expected: list[str]) -> None:
    text = 'total = Record(name="job:up:sum", expr="sum by (job) (up)")\n' + BOARD.format(query=query)
    assert [one.id for one in findings(text) if one.id == "unread-record"] == expected


def test_alert_of_the_same_name_and_labels_is_a_duplicate_and_no_shadow() -> None:
    text = "; ".join(f'a{n} = Alert(name="A", expr="disk_percent > {n}", for_="5m", severity="warning")' for n in (80, 90))
    assert [one for one in findings(text) if one.id == "shadowed-alert"] == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ('old = Gauge("old_queue", help="Old.", service=shop, deprecated="queue_length")', 17),
        ('new = Gauge("new_queue", help="New.", service=shop)', 18),
        ('typo = Record(name="job:queue:sum", expr="sum by (job) (queue_lenght)")', 16),
    ],
)
def test_deprecated_and_misspelt_metrics_are_not_unused(text: str, number: int) -> None:
    (found,) = (one for one in findings(text + "\n" + BOARD.format(query="up")) if one.id == "unused-signal")
    assert f"reads {number} metrics" in found.message


def test_records_that_read_each_other_end_the_search_for_a_condition() -> None:
    chain = "; ".join(f'r{n} = Record(name="a:b:r{n}", expr="a:b:r{(n + 1) % 400}")' for n in range(400))
    found = [one.id for one in findings(f'{chain}; one = Alert(name="A", expr="a:b:r0", for_="5m")') if one.id == "alert-comparison"]
    assert found == []
