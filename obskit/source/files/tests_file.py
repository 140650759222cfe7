"""promtool's test files: structure, durations, series and their values; the queries are left to the checks.

Format: `promtool test rules` of Prometheus 3, which refuses fields that it does not know.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from obskit.artifact import Place
from obskit.finding import Finding
from obskit.model import Json
from obskit.source.extra import Extra
from obskit.source.files.document import Document
from obskit.source.files.report import Report, short
from obskit.source.files.series import series_fault, values_fault

ID = "test-file"

_FILE = {
    "rule_files": "list", "evaluation_interval": "duration", "fuzzy_compare": "bool", "group_eval_order": "list", "tests": "list",
    "start_timestamp": "scalar",
}  # fmt: skip
_TEST = {
    "name": "scalar", "interval": "duration", "start_timestamp": "scalar", "input_series": "list", "alert_rule_test": "list",
    "promql_expr_test": "list", "external_labels": "labels", "external_url": "scalar",
}  # fmt: skip
_VICTORIA = "VictoriaMetrics"
FILE_ELSEWHERE = {"disable_alertgroup_label": _VICTORIA}
TEST_ELSEWHERE = {"metricsql_expr_test": _VICTORIA}
ALERTS_ELSEWHERE = {"groupname": _VICTORIA}
_SERIES = {"series": "scalar", "values": "scalar"}
_ALERTS = {"eval_time": "duration", "alertname": "scalar", "exp_alerts": "list"}
_ALERT = {"exp_labels": "labels", "exp_annotations": "labels"}
_EXPR = {"expr": "scalar", "eval_time": "duration", "exp_samples": "list"}
_SAMPLE = {"labels": "scalar", "value": "scalar", "histogram": "scalar"}


def tests_of(document: Document, folder: Path | None) -> tuple[tuple[Extra, ...], tuple[Finding, ...]]:
    """The queries of a test file, and what promtool would refuse in it. `folder` is where its rule files are looked for."""
    report = Report(document, ID)
    found = report.members(document.data, (), "the test file", _FILE, elsewhere=FILE_ELSEWHERE)
    for index, pattern in enumerate(found.get("rule_files", ())):
        place: Place = ("rule_files", index)
        if not isinstance(pattern, str):
            report.error(place, "a rule file must be text")
        elif folder is not None and not _there(folder, pattern):
            report.warning(place, f'there is no rule file "{short(pattern)}"', f'paths are relative to "{document.name}"')
    extras: list[Extra] = []
    for number, (item, place) in enumerate(report.objects(found.get("tests"), ("tests",), "tests"), 1):
        name = f'test "{short(item["name"])}"' if isinstance(item.get("name"), str) else f"test {number}"
        extras += _test(item, place, name, report)
    return tuple(extras), report.findings


def tested(data: Json) -> set[str]:
    """The alerts that a test file expects something of."""
    tests = data.get("tests") if isinstance(data, dict) else None
    found: set[str] = set()
    for test in tests if isinstance(tests, list) else ():
        alerts = test.get("alert_rule_test") if isinstance(test, dict) else None
        for alert in alerts if isinstance(alerts, list) else ():
            name = alert.get("alertname") if isinstance(alert, dict) else None
            found |= {name} if isinstance(name, str) else set()
    return found


def _there(folder: Path, pattern: str) -> bool:
    if "\0" in pattern:
        return False
    return bool(glob.glob(os.path.join(glob.escape(str(folder)), pattern), recursive=True))


def _test(data: Json, place: Place, what: str, report: Report) -> Iterator[Extra]:
    found = report.members(data, place, what, _TEST, elsewhere=TEST_ELSEWHERE)
    for item, at in report.objects(found.get("input_series"), (*place, "input_series"), f"input_series of {what}"):
        _input(report.members(item, at, f"a series of {what}", _SERIES), at, what, report)
    for item, at in report.objects(found.get("alert_rule_test"), (*place, "alert_rule_test"), f"alert_rule_test of {what}"):
        found_here = report.members(item, at, f"an alert test of {what}", _ALERTS, elsewhere=ALERTS_ELSEWHERE)
        _alerts(found_here, at, what, report)
    for item, at in report.objects(found.get("promql_expr_test"), (*place, "promql_expr_test"), f"promql_expr_test of {what}"):
        yield from _expression(report.members(item, at, f"a query test of {what}", _EXPR), at, what, report)


def _input(found: Json, place: Place, what: str, report: Report) -> None:
    if "series" not in found:
        report.error(place, f"a series of {what} has no name", "series: up{job=\"shop\"}")
    elif fault := series_fault(found["series"]):
        report.error((*place, "series"), f'"{short(found["series"])}" of {what} is not a series: {fault}')
    values = found.get("values", "")
    if wrong := values_fault(values):
        message, span = wrong
        hint = "values are like 1, 0+10x5, 4x3, _, _x3, stale, {{schema:0 sum:1 count:1}}"
        report.error((*place, "values"), f"{what}: {message}", hint, values, span)


def _alerts(found: Json, place: Place, what: str, report: Report) -> None:
    if not found.get("alertname"):
        report.error(place, f"an alert test of {what} has no alertname", "alertname: ShopDown")
    for item, at in report.objects(found.get("exp_alerts"), (*place, "exp_alerts"), f"exp_alerts of {what}"):
        report.members(item, at, f"an expected alert of {what}", _ALERT)


def _expression(found: Json, place: Place, what: str, report: Report) -> Iterator[Extra]:
    expr = found.get("expr", "")
    if not expr.strip():
        report.error(place, f"a query test of {what} has no expression", "expr: sum(up)")
    else:
        origin = report.document.origin((*place, "expr"), what)
        yield Extra(text=expr, origin=origin, owner=report.document.name)
    for item, at in report.objects(found.get("exp_samples"), (*place, "exp_samples"), f"exp_samples of {what}"):
        sample = report.members(item, at, f"an expected sample of {what}", _SAMPLE)
        labels = sample.get("labels", "")
        fault = series_fault(labels) if labels.strip() else ""
        if fault:
            report.error((*at, "labels"), f'"{short(labels)}" of {what} is no set of labels: {fault}')
        if "value" in sample and not _is_number(sample["value"]):
            report.error((*at, "value"), f'the value "{short(sample["value"])}" of {what} is not a number')


def _is_number(text: str) -> bool:
    word = text.strip().lstrip("+-").lower().removeprefix(".")
    if word in ("nan", "inf", "infinity"):
        return True
    try:
        float(text)
    except ValueError:
        return False
    return True
