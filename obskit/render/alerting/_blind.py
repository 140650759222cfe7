"""Whom Grafana tells that a rule got no data or failed: not always those who are told of the alert.

Grafana raises an alert of its own then, `DatasourceNoData` or `DatasourceError`, with the labels that the rule itself has and
`rulename` (its package `ngalert/state`, `compat.go`): the labels of the query's series, by which routes go, are not known to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from obskit.analysis import Analysed
from obskit.analysis.alerted import ADDED
from obskit.analysis.placed import Placed
from obskit.analysis.routed import routed
from obskit.artifact import Artifact
from obskit.finding import Finding, Severity
from obskit.model import Json
from obskit.notify.carried import Carried, Values
from obskit.notify.routing import Reached, reached
from obskit.render.notified import notifications

_RAISED = (("noDataState", "NoData", "DatasourceNoData"), ("execErrState", "Error", "DatasourceError"))
_UNKNOWN = (*ADDED, "datasource_uid", "ref_id")


def findings(analysed: Analysed, artifacts: Iterable[Artifact]) -> Iterator[Finding]:
    """The alerts whose rule tells others when it is blind, one finding for all of them that do it alike."""
    root = notifications(analysed).root
    if root is None:
        return
    built = {(rule["title"], id(origin)): rule for artifact in artifacts for rule, origin in _rules(artifact)}
    for one in routed(analysed):
        placed = one.alert.placed
        rule = built.get((placed.rule.name, id(placed.rule.origin)), {})
        meant = _told(one.ends)
        for state, value, name in _RAISED:
            ends = reached(root, _carried(placed, name)) if rule.get(state) == value else one.ends
            if _told(ends) - meant or not _told(ends):
                yield _finding(placed, name, _told(ends), meant)
                break


def _rules(artifact: Artifact) -> Iterator[tuple[Json, object]]:
    data = artifact.data if artifact.format == "alerting" and isinstance(artifact.data, dict) else {}
    for index, group in enumerate(data.get("groups", ())):
        for at, rule in enumerate(group["rules"]):
            yield rule, artifact.origins.get(("groups", index, "rules", at))


def _told(ends: Iterable[Reached]) -> frozenset[str]:
    return frozenset(end.receiver.name for end in ends if end.is_told and end.receiver is not None)


def _carried(placed: Placed, name: str) -> Carried:
    """What the alert has that Grafana raises; a label that is a template may come to nothing."""
    own: Mapping[str, str] = {**placed.labels, "alertname": name, "rulename": placed.rule.name}
    values: dict[str, Values] = {label: None if "{{" in text else frozenset((text,)) for label, text in own.items() if text}
    sure = frozenset(label for label, known in values.items() if known is not None)
    return Carried({**dict.fromkeys(_UNKNOWN), **values}, sure)


def _finding(placed: Placed, name: str, told: frozenset[str], meant: frozenset[str]) -> Finding:
    rule = placed.rule
    others = ", ".join(sorted(told)) or "nobody"
    message = f'{name} of alert "{rule.name}" is told to {others}; the alert is told to {", ".join(sorted(meant)) or "nobody"}'
    hint = f"{name} has the labels of the rule alone: give it those that the routes ask for (labels=)"
    severity: Severity = "info" if told else "warning"
    together = (f"{name} {others}", "and {} more")
    return Finding(id="delivery", severity=severity, message=message, origin=rule.origin, hint=hint, together=together)
