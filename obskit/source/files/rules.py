"""Prometheus rule files of other people: judged as Prometheus loads them, and brought into the neutral form.

Format: package `rulefmt` of Prometheus 3. Expressions, templates and repeated names are left to the checks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from obskit.artifact import Place
from obskit.finding import Finding
from obskit.model import GroupView, Json, RuleFile, RuleView
from obskit.naming import LABEL_NAME, METRIC_NAME, did_you_mean
from obskit.source.files.dialects import NAMES, dialect
from obskit.source.files.document import Document
from obskit.source.files.products import FILE_ELSEWHERE, GROUP_ELSEWHERE, LANGUAGES, RULE_ELSEWHERE
from obskit.source.files.report import Report, short

ID = "rule-file"

_FILE = {"groups": "list"}
_GROUP = {"name": "scalar", "interval": "duration", "query_offset": "duration", "limit": "whole", "labels": "labels", "rules": "list"}
_RULE = {
    "record": "scalar", "alert": "scalar", "expr": "scalar", "for": "duration", "keep_firing_for": "duration", "labels": "labels",
    "annotations": "labels",
}  # fmt: skip
_OPERATOR = frozenset(["partial_response_strategy"])
"""Fields of a group that the PrometheusRule object has and Prometheus has not."""


@dataclass(slots=True)
class _Reading:
    report: Report
    modern: bool
    """Whether the target knows names beyond the classic letters (Prometheus 3)."""
    overlooked: bool
    """Whether nothing is said of fields that other products know."""
    others: Counter[str] = field(default_factory=Counter)
    """Rules in languages that are not checked."""

    def asked(self, data: Json, elsewhere: Mapping[str, str]) -> Json:
        """The members that are asked about."""
        return {key: value for key, value in data.items() if key not in elsewhere} if self.overlooked else data


def rule_file(document: Document, *, prometheus: str, overlooked: bool = False) -> tuple[RuleFile | None, tuple[Finding, ...]]:
    """The rule file of a document, also of a PrometheusRule object, and what Prometheus would refuse in it.

    Rules that cannot be judged further (no expression, LogQL, MetricsQL) are not in the answer. `prometheus` is the target, as `3.0`.
    Nothing is said of fields that other products know when they are `overlooked`.
    """
    report = Report(document, ID)
    reading = _Reading(report, int(prometheus.partition(".")[0]) >= 3, overlooked)
    data = document.data
    is_object = "apiVersion" in data
    holder, place = (data.get("spec"), ("spec",)) if is_object else (data, ())
    if not isinstance(holder, dict):
        report.error(place, "the PrometheusRule has no spec", "spec: {groups: […]}")
        return None, report.findings
    found = report.members(reading.asked(holder, FILE_ELSEWHERE), place, "the rule file", _FILE, elsewhere=FILE_ELSEWHERE)
    groups = []
    for item, at in report.objects(found.get("groups"), (*place, "groups"), "groups"):
        groups.append(_group(item, at, reading, is_object))
    for language, number in reading.others.items():
        report.say("info", (*place, "groups"), f"{_rules(number)} in {NAMES[language]}, which is not checked")
    file = RuleFile(name=document.name, module=document.name, groups=tuple(groups))
    return file, report.findings


def _group(data: Json, place: Place, reading: _Reading, is_object: bool) -> GroupView:
    report = reading.report
    name = report.text(data["name"], (*place, "name")) if isinstance(data.get("name"), (str, int, float)) else ""
    what = f'group "{short(name)}"' if name else "a group"
    given = {key: value for key, value in data.items() if not (is_object and key in _OPERATOR)}
    found = report.members(reading.asked(given, GROUP_ELSEWHERE), place, what, _GROUP, elsewhere=GROUP_ELSEWHERE)
    if not found.get("name"):
        report.error(place, "a group has no name", "name: shop")
    if found.get("limit", 0) < 0:
        report.warning((*place, "limit"), f"limit of {what} is {found['limit']}: it has no effect below 1")
    _labels(found.get("labels", {}), (*place, "labels"), what, reading)
    if data.get("type") in LANGUAGES:
        return GroupView(name=found.get("name", ""), rules=(), json={}, origin=report.document.origin(place, what))
    rules = []
    for index, (item, at) in enumerate(report.objects(found.get("rules"), (*place, "rules"), f"rules of {what}")):
        view = _rule(item, at, f"rule {index + 1} of {what}", reading)
        if view is not None:
            rules.append(view)
    own = {key: value for key, value in found.items() if key != "rules"}
    origin = report.document.origin((*place, "name") if name else place, what)
    return GroupView(name=found.get("name", ""), rules=tuple(rules), json=own, origin=origin)


def _rule(data: Json, place: Place, position: str, reading: _Reading) -> RuleView | None:
    report = reading.report
    given = [key for key in ("alert", "record") if data.get(key) not in (None, "") and not isinstance(data[key], (dict, list))]
    kind = given[0] if given else ""
    name = report.text(data[kind], (*place, kind)) if kind else ""
    what = f'{kind} "{short(name)}"' if kind else position
    found = report.members(reading.asked(data, RULE_ELSEWHERE), place, what, _RULE, elsewhere=RULE_ELSEWHERE)
    if len(given) > 1:
        report.error((*place, "record"), f"{position} has both record and alert", "make two rules of it")
    elif not kind:
        near = next((key for key in data if did_you_mean(key, ("alert", "record"))), "")
        report.error((*place, near) if near else place, f"{position} has neither record nor alert", "alert: ShopDown")
    if kind == "record":
        _record(found, name, place, what, reading)
    _labels(found.get("labels", {}), (*place, "labels"), what, reading)
    _annotations(found.get("annotations", {}), (*place, "annotations"), what, reading)
    expr = found.get("expr", "")
    if not expr.strip():
        if not isinstance(data.get("expr"), (dict, list)):
            report.error((*place, "expr"), f"{what} has no expression", "expr: up == 0")
        return None
    language = dialect(expr)
    if language:
        reading.others[language] += 1
        return None
    where = f"{what} of {position.partition(' of ')[2]}" if kind else position
    origin = report.document.origin((*place, "expr"), where)
    return RuleView(kind=kind, name=name, expr=expr, json=found, origin=origin) if kind else None


def _record(found: Json, name: str, place: Place, what: str, reading: _Reading) -> None:
    report = reading.report
    for key in ("for", "keep_firing_for", "annotations"):
        if found.get(key):
            report.error((*place, key), f'{what} has the field "{key}", which only alerts have', "remove it")
            if key == "annotations":
                del found[key]
    at = (*place, "record")
    if "{" in name or "}" in name:
        report.error(at, f"{what} has braces in its name", "write the metric name alone, and the labels under labels:")
    elif METRIC_NAME.fullmatch(name) is None:
        _beyond(at, f'"{short(name)}" is not a metric name', "level:metric:operation, for example job:requests:rate5m", reading)


def _labels(labels: Mapping[str, str], place: Place, what: str, reading: _Reading) -> None:
    for name in labels:
        if name == "__name__":
            reading.report.error((*place, name), f'{what} sets the label "__name__"', "the name of a record is its metric name")
        else:
            _name(name, (*place, name), f"label of {what}", reading)


def _annotations(annotations: Mapping[str, str], place: Place, what: str, reading: _Reading) -> None:
    for name in annotations:
        _name(name, (*place, name), f"annotation of {what}", reading)


def _name(name: str, place: Place, what: str, reading: _Reading) -> None:
    if not name:
        reading.report.error(place, f"{what} has an empty name")
    elif LABEL_NAME.fullmatch(name) is None:
        _beyond(place, f'{what}: "{short(name)}" is not a label name', "letters, digits and _, no digit first", reading)


def _beyond(place: Place, message: str, hint: str, reading: _Reading) -> None:
    """A name of other characters than the classic ones: an error to Prometheus 2, to Prometheus 3 one that needs quotes everywhere."""
    if reading.modern:
        reading.report.warning(place, f"{message} without quotes, which Prometheus 2 and many tools do not know", hint)
    else:
        reading.report.error(place, message, hint)


def _rules(number: int) -> str:
    return f"{number} rule is" if number == 1 else f"{number} rules are"

