"""Grafana's provisioning files of alerting: its rules, and that the other things in them have names.

Format: Grafana 13, `provisioning/alerting`; its PromQL is left to the checks. Unknown fields are overlooked there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from obskit.artifact import Place
from obskit.duration import Duration
from obskit.errors import DeclarationError
from obskit.finding import Finding
from obskit.model import Json
from obskit.naming import UID_LONGEST, is_uid
from obskit.source.extra import Extra
from obskit.source.files.alert_queries import Asking, extras, judge
from obskit.source.files.document import Document
from obskit.source.files.report import Report, short

ID = "alerting-file"

_FILE = {
    "apiVersion": "whole", "groups": "list", "deleteRules": "list", "contactPoints": "list", "deleteContactPoints": "list",
    "policies": "list", "resetPolicies": "list", "templates": "list", "deleteTemplates": "list", "muteTimes": "list",
    "deleteMuteTimes": "list",
}  # fmt: skip
_GROUP = {"orgId": "whole", "name": "scalar", "folder": "scalar", "interval": "scalar", "rules": "list"}
_RULE = {
    "uid": "scalar", "title": "scalar", "condition": "scalar", "data": "list", "for": "scalar", "keepFiringFor": "scalar",
    "keep_firing_for": "scalar", "noDataState": "text", "execErrState": "text", "dashboardUid": "scalar", "dasboardUid": "scalar",
    "panelId": "any", "annotations": "labels", "labels": "labels", "isPaused": "bool", "notification_settings": "object",
    "record": "object", "missing_series_evals_to_resolve": "whole", "missingSeriesEvalsToResolve": "whole", "guid": "scalar",
    "metadata": "object", "id": "whole", "orgId": "whole", "updated": "scalar", "version": "whole", "folderUID": "scalar",
    "ruleGroup": "scalar", "provenance": "scalar",
}  # fmt: skip
_STATES = {
    "noDataState": ("NoData", "Alerting", "OK", "Ok", "KeepLast"),
    "execErrState": ("Error", "Alerting", "OK", "Ok", "KeepLast"),
}
_NAMED = {"contactPoints": "contact point", "templates": "template", "muteTimes": "mute time"}
_GRAFANA_DURATION = re.compile(r"(?:\d+(?:ms|[smhdwMy]))+|\d+", re.ASCII)


def alerting_file(document: Document, taken: dict[str, str]) -> tuple[tuple[Extra, ...], tuple[Finding, ...]]:
    """The queries of an alerting file, and what Grafana would refuse in it.

    `taken` are the uids of rules in other files, and where they are; those of this file are added.
    """
    report = Report(document, ID)
    found = report.members(document.data, (), "the file", _FILE, strict=False)
    asked: list[Extra] = []
    for item, place in report.objects(found.get("groups"), ("groups",), "groups"):
        asked += _group(item, place, report, taken)
    for key, what in _NAMED.items():
        for item, place in report.objects(found.get(key), (key,), key):
            _named(item, place, what, report)
    for item, place in report.objects(found.get("policies"), ("policies",), "policies"):
        if not item.get("receiver"):
            report.error(place, "a notification policy has no receiver", "the tree begins with the receiver of all that nothing matches")
    return tuple(asked), report.findings


def _named(item: Json, place: Place, what: str, report: Report) -> None:
    name = item.get("name")
    if not name:
        report.error(place, f"a {what} has no name")
    for receiver, at in report.objects(item.get("receivers"), (*place, "receivers"), "receivers") if what == "contact point" else ():
        for key in ("uid", "type"):
            if not receiver.get(key):
                report.error(at, f'a receiver of {what} "{short(name)}" has no {key}')


def _group(data: Json, place: Place, report: Report, taken: dict[str, str]) -> Iterator[Extra]:
    found = report.members(data, place, _called("group", data, "name"), _GROUP, strict=False)
    what = _called("group", found, "name")
    for key, example in (("name", "name: shop"), ("folder", "folder: Shop"), ("interval", "interval: 1m")):
        if not found.get(key) and key not in _unread(data, found):
            report.error(place, f"{what} has no {key}", example)
    interval = _duration(found.get("interval", ""), (*place, "interval"), f"interval of {what}", report)
    if interval is not None and (interval.milliseconds % 10_000 or not interval.milliseconds):
        report.error((*place, "interval"), f"interval of {what} is no multiple of 10s", "Grafana evaluates every 10 seconds")
    for index, (item, at) in enumerate(report.objects(found.get("rules"), (*place, "rules"), f"rules of {what}")):
        yield from _rule(item, at, f"rule {index + 1} of {what}", interval, report, taken)


def _rule(data: Json, place: Place, position: str, interval: Duration | None, report: Report, taken: dict[str, str]) -> Iterator[Extra]:
    found = report.members(data, place, _called("rule", data, "title") if data.get("title") else position, _RULE, strict=False)
    what = _called("rule", found, "title") if found.get("title") else position
    records = "record" in data and data["record"] is not None
    for key in ("uid", "title", "data") if records else ("uid", "title", "condition", "data"):
        if not found.get(key) and key not in _unread(data, found):
            report.error(place, f"{what} has no {key}")
    _identity(found, place, what, report, taken)
    for key, states in _STATES.items():
        if found.get(key, states[0]) not in (*states, "") and "$" not in found[key]:
            report.error((*place, key), f'{key} of {what} is "{short(found[key])}"', "one of: " + ", ".join(states[:3] + states[4:]))
    for key in ("for", "keepFiringFor", "keep_firing_for"):
        length = _duration(found.get(key, ""), (*place, key), f"{key} of {what}", report)
        if length is not None and interval is not None and interval.milliseconds and length.milliseconds % interval.milliseconds:
            hint = "it waits until the next evaluation after that"
            report.warning((*place, key), f"{key} of {what} is no multiple of the interval {interval} of its group", hint)
    panel, board = data.get("panelId"), found.get("dashboardUid") or found.get("dasboardUid")
    if panel is not None and not board:
        report.error((*place, "panelId"), f"{what} names a panel and no dashboard", "dashboardUid: shop-operations")
    asking = Asking.of(report.objects(found.get("data"), (*place, "data"), f"data of {what}"), what, report)
    judge(asking, found.get("condition", ""), place, report)
    yield from extras(asking, report)


def _identity(found: Json, place: Place, what: str, report: Report, taken: dict[str, str]) -> None:
    uid = found.get("uid", "")
    if not uid or "$" in uid:
        return
    at = (*place, "uid")
    if not is_uid(uid):
        report.error(at, f'the uid "{short(uid)}" of {what} is not a uid', f"letters, digits, - and _, at most {UID_LONGEST}")
    if uid in taken:
        report.error(at, f'{what} has the uid "{uid}" of another rule', f"the first is in {taken[uid]}: give one of them another uid")
    taken.setdefault(uid, str(report.document.origin(at)))


def _duration(text: str, place: Place, what: str, report: Report) -> Duration | None:
    if not text or "$" in text:
        return None
    try:
        return Duration.parse(f"{text}s" if text.isdecimal() and text.isascii() else text, what)
    except DeclarationError as error:
        if not _GRAFANA_DURATION.fullmatch(text):
            report.error(place, error.message, error.hint)
        return None


def _called(kind: str, item: Json, key: str) -> str:
    name = item.get(key)
    return f'{kind} "{short(name)}"' if isinstance(name, str) and name else f"a {kind}"


def _unread(data: Json, found: Json) -> set[str]:
    """The members that are there and were refused, or come from the environment."""
    return {key for key, value in data.items() if value not in (None, "", []) and key not in found}
