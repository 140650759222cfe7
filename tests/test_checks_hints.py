"""What checks say to do next: hints that can be followed as they stand, and lead to no other fault."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from obskit import analysis, lint, settings, source

PRELUDE = '''\
from obskit.catalog import *
from obskit.dashboards import *
from obskit.rules import *
shop = Service("shop", job="shop", runbook="https://runbooks.example.com/{alert}")
code = Label("status_code", values=("200", "500"))
requests = Counter("shop_requests_total", help="Requests.", service=shop, labels=(code,))
waiting = Gauge("shop_waiting", help="Orders waiting.", service=shop)
ready = Gauge("shop_ready", help="Whether it is.", service=shop, unit=units.BOOLEAN)
fill = Gauge("shop_pool_ratio", help="Pool in use.", service=shop, unit=units.RATIO, bounds=(0, 1))
disk = Gauge("shop_disk_percent", help="Disk.", service=shop, unit=units.PERCENT, bounds=(0, 100))
latency = Histogram("shop_latency_seconds", help="Time.", service=shop, unit=units.SECONDS, buckets=(0.05, 0.5, 5))
'''
P95 = "histogram_quantile(0.95, sum by (le) (rate(shop_latency_seconds_bucket[5m])))"


def hints(folder: Path, text: str) -> dict[str, str]:
    """The hint of each check's first finding, by the check's id."""
    for name in ("dashboards_src", "rules_src"):
        (folder / name).mkdir()
    (folder / "pyproject.toml").write_text("[tool.obskit]\n", encoding="utf-8")
    (folder / "dashboards_src/example.py").write_text(f"{PRELUDE}{text}\n", encoding="utf-8")
    project = source.load(settings.load(folder))
    assert project.findings == ()
    found = lint.run(analysis.run(project), today=datetime.date(2027, 1, 31))
    return {one.id: one.hint for one in reversed(found)}


ALERTS = [
    # (expression, check, its whole hint)
    ("sum by (job, instance) (shop_waiting) / sum by (job) (shop_waiting) > 1", "vector-matching",
     "aggregate both sides by the same labels, or write / on (job) group_left ()"),
    ('shop_requests_total / up{zone="x"} > 1', "vector-matching",
     "aggregate both sides by the same labels, for example by (job, instance)"),
    ("shop_waiting / on (job) shop_requests_total > 1", "many-to-many", 'aggregate the right side without "status_code"'),
    ("sum by (job) (shop_waiting) / on (job) shop_requests_total > 1", "many-to-many",
     'aggregate the right side without "status_code", or add group_right ()'),
    (f"{P95} > 10", "never-fires", "no bucket is above 5: add one above 10 to the histogram, or lower the threshold"),
    (f"{P95} > 50", "never-fires", "no bucket is above 5: add one above 50 to the histogram, or lower the threshold"),
    (f"{P95} > 500", "never-fires", "the value is in seconds: did you mean > 0.5?"),
    ("shop_pool_ratio < 10", "always-fires", "a ratio of 1 is 100 %: did you mean < 0.1?"),
    ("1 - shop_pool_ratio < 99", "always-fires", "a ratio of 1 is 100 %: did you mean < 0.99?"),
    ("shop_pool_ratio >= 0", "always-fires", "ask for a value that is out of the ordinary"),
    ("count(up == 1) < 1", "never-fires",
     "count() of nothing is nothing, not 0: ask absent(…), or write (count(…) or vector(0)) < 1"),
    ("hour() > 24", "never-fires", "choose a number that it can be, between 0 and 23"),
    ("day_of_week() == 7", "never-fires", "choose a number that it can be, between 0 and 6"),
    ("month() == 13", "never-fires", "choose a number that it can be, between 1 and 12"),
    ("sum(shop_waiting) or vector(0) < 1", "or-precedence", "write (… or vector(0)) < 1"),
    ("shop_waiting or shop_pool_ratio > 0.5", "or-precedence", "compare both sides: … > 0.5 or … > 0.5, or write (… or …) > 0.5"),
    ("shop_waiting > 3 or shop_waiting or up < 1", "or-precedence", "compare both sides: … < 1 or … < 1, or write (… or …) < 1"),
    ("shop_pool_ratio * 100 > 0.9", "threshold-scale", "did you mean > 90?"),
    ("100 * shop_pool_ratio < 0.05", "threshold-scale", "did you mean < 5?"),
    ("up == 0", "alert-runbook", 'runbook="https://…": a text query names no service whose runbook it could take'),
]  # fmt: skip


@pytest.mark.parametrize(("expr", "check", "hint"), ALERTS)
def test_finding_of_an_alert_says_what_to_do(tmp_path: Path, expr: str, check: str, hint: str) -> None:
    assert hints(tmp_path, f'odd = Alert(name="Odd", expr={expr!r})')[check] == hint


def test_runbook_of_a_service_is_proposed_where_one_has_none(tmp_path: Path) -> None:
    text = 'bank = Service("bank", job="bank")\nodd = Alert(name="Odd", expr="up == 0")'
    assert "Service(runbook=" in hints(tmp_path, text)["alert-runbook"]


QUIET = [
    # (expression, check that leaves it alone)
    ("shop_ready or shop_waiting > 5", "or-precedence"),
    ("shop_waiting > bool 3 or shop_waiting > 5", "or-precedence"),
    ("unknown_problem or shop_waiting > 5", "or-precedence"),
    ("ALERTS or shop_waiting > 5", "or-precedence"),
    ("vector(1) or shop_waiting > 5", "or-precedence"),
    ("(shop_waiting and on () up) or shop_waiting > 5", "or-precedence"),
    ("(sum(shop_waiting) or vector(0)) < 1", "or-precedence"),
    ("shop_pool_ratio * 100 > 1", "threshold-scale"),
    ("shop_pool_ratio * 60 > 0.5", "threshold-scale"),
    ("shop_disk_percent * 2 > 0.6", "threshold-scale"),
    ("hour() > 22", "never-fires"),
    ("day_of_week() == 6", "never-fires"),
]


@pytest.mark.parametrize(("expr", "check"), QUIET)
def test_correct_alert_is_left_alone(tmp_path: Path, expr: str, check: str) -> None:
    assert check not in hints(tmp_path, f'odd = Alert(name="Odd", expr={expr!r})')


def test_percent_in_the_summary_settles_the_scale_of_a_product(tmp_path: Path) -> None:
    text = 'odd = Alert(name="Odd", expr="shop_pool_ratio * 100 > 0.9", summary="More than 0.9 % in use")'
    assert "threshold-scale" not in hints(tmp_path, text)


SHOWN = [
    # (what the panel is given, check, part of its hint; empty: no finding)
    ('query("up", legend="{{ $labels.job }}")', "undefined-variable", "write {{job}}"),
    ('traceql("$trace")', "undefined-variable", 'textbox_variable("trace")'),
    ('"up", repeat="zone"', "undefined-variable", 'query_variable("zone"'),
    ('"rate(shop_requests_total[$interval])"', "undefined-variable", "interval_variable("),
    ("'up{job=\"$job\"}'", "undefined-variable", "query_variable("),
    ('{"refId": "C", "datasource": {"type": "__expr__", "uid": "__expr__"}, "type": "math", "expression": "$A + $B"}',
     "undefined-variable", ""),
    ("'rate(shop_requests_total{code=\"500\"}[5m])'", "unknown-label", 'did you mean "status_code"?'),
    ("'rate(shop_requests_total{status=\"500\"}[5m])'", "unknown-label", 'did you mean "status_code"?'),
    ('"up", unit="seconds"', "unknown-unit", 'write unit="s"'),
    ('"up", unit="percentage"', "unknown-unit", 'write unit="percent" (0 to 100), or "percentunit" (0 to 1)'),
    ('"up", unit="US dollars"', "unknown-unit", 'write unit="currencyUSD"'),
    ('"up", unit="orders"', "unknown-unit", ""),
    ('"up", unit="bytes"', "unknown-unit", ""),
]  # fmt: skip


@pytest.mark.parametrize(("given", "check", "hint"), SHOWN)
def test_finding_of_a_panel_says_what_to_do(tmp_path: Path, given: str, check: str, hint: str) -> None:
    found = hints(tmp_path, f'board = dashboard("Shop", uid="shop", panels=[timeseries("Odd", {given})])')
    assert hint in found.get(check, "")
    assert bool(hint) == (check in found)


TEMPLATES = [
    ("{{ labels.job }}", 'did you mean "$labels"?'),
    ("{{ $labels.job }", 'close with "}}"'),
    ("{{ $labels.job} is down", 'close with "}}"'),
]


@pytest.mark.parametrize(("text", "hint"), TEMPLATES)
def test_faulty_template_is_told_how_it_is_written(tmp_path: Path, text: str, hint: str) -> None:
    assert hints(tmp_path, f'odd = Alert(name="Odd", expr="up == 0", summary={text!r})')["annotation-template"] == hint


RECORDS = [
    # (name, expression, whether it shadows or reads itself)
    ("shop_requests_total", "sum by (job) (up)", True),
    ("shop_latency_seconds_count", "sum by (job) (up)", True),
    ("job:up:sum", "job:up:sum + 1", True),
    ("job:up:sum", "sum by (job) (up) or job:up:sum offset 1m", False),
    ("job:up:sum", "sum by (job) (up) or max_over_time(job:up:sum[5m])", False),
    ("shop_summary", "sum by (job) (up)", False),
]


@pytest.mark.parametrize(("name", "expr", "found"), RECORDS)
def test_record_shadows_a_metric_or_itself(tmp_path: Path, name: str, expr: str, found: bool) -> None:
    assert ("record-shadows-metric" in hints(tmp_path, f"odd = Record(name={name!r}, expr={expr!r})")) is found


def test_copy_under_the_name_of_a_declared_twin_is_left_alone(tmp_path: Path) -> None:
    text = (
        'old = Counter("shop_work_time_total", help="Worked.", service=shop, unit=units.SECONDS, twin="shop_work_seconds_total")\n'
        'new = Counter("shop_work_seconds_total", help="Worked.", service=shop, unit=units.SECONDS)\n'
        'copy = Record(name="shop_work_seconds_total", expr="shop_work_time_total")'
    )
    assert "record-shadows-metric" not in hints(tmp_path, text)
