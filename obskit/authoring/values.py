"""Rules of the neutral form as values of `obskit.rules`, and what these values cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from obskit.errors import DeclarationError
from obskit.model import GroupView, Json, RuleView
from obskit.origin import Origin
from obskit.rules import Alert, Declared, Record, Rule, RuleGroup, rule_files

_OPTIONS = ("summary", "description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What does not come over: where it stands, what it is, what may be done. `whole`: a rule or group with all it says."""

    origin: Origin | None
    message: str
    hint: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """A group as a value, with the views of its rules; none where nothing of it can be said."""

    view: GroupView
    value: RuleGroup | None
    rules: tuple[tuple[RuleView, Rule], ...]
    lost: tuple[Lost, ...]


def translated(group: GroupView, *, refused: bool = False) -> Translated:
    """The group as a value that is built to an equal group; whatever is not equal then is lost, and told.

    `refused` says that rules of it were left out before.
    """
    lost: list[Lost] = []
    rules: list[tuple[RuleView, Rule]] = []
    for view in group.rules:
        what = f'{view.kind} "{view.name}"'
        try:
            rule = _rule(view)
        except DeclarationError as error:
            lost.append(Lost(origin=view.origin, message=f"{what} cannot be expressed: {error.message}", hint=error.hint))
            continue
        rules.append((view, rule))
        lost += _emptied(view, what)
    named = f'group "{group.name}"'
    if not rules:
        if group.rules or refused:
            lost.append(Lost(origin=group.origin, message=f"no rule of {named} can be kept", whole=False))
        else:
            hint = "a group without rules does nothing"
            lost.append(Lost(origin=group.origin, message=f"{named} has no rules, and is left out", hint=hint, whole=False))
        return Translated(view=group, value=None, rules=(), lost=tuple(lost))
    try:
        value = _group(group, tuple(rule for _, rule in rules))
    except DeclarationError as error:
        lost.append(Lost(origin=group.origin, message=f"{named} cannot be expressed: {error.message}", hint=error.hint))
        return Translated(view=group, value=None, rules=(), lost=tuple(lost))
    kept = replace(group, rules=tuple(view for view, _ in rules))
    lost += _different(kept, value)
    return Translated(view=kept, value=value, rules=tuple(rules), lost=tuple(lost))


def _rule(view: RuleView) -> Rule:
    given = view.json
    labels = dict(given.get("labels", {}))
    if view.kind == "record":
        return Record(name=view.name, expr=view.expr.strip(), labels=labels)
    severity = labels.pop("severity") if labels.get("severity") else ""
    annotations = dict(given.get("annotations", {}))
    own = {name: annotations.pop(name, "") for name in _OPTIONS}
    return Alert(
        name=view.name,
        expr=view.expr.strip(),
        for_=given.get("for", ""),
        keep_firing_for=given.get("keep_firing_for", ""),
        severity=severity,
        labels=labels,
        runbook=annotations.pop("runbook_url", ""),
        annotations=annotations,
        **own,
    )


def _group(group: GroupView, rules: tuple[Rule, ...]) -> RuleGroup:
    given = group.json
    return RuleGroup(
        group.name,
        rules=rules,
        interval=given.get("interval", ""),
        limit=max(0, int(given.get("limit", 0))),
        query_offset=given.get("query_offset", ""),
        labels=dict(given.get("labels", {})),
    )


def _emptied(view: RuleView, what: str) -> Iterator[Lost]:
    """Annotations without text, for which the options have no word."""
    for name in (*_OPTIONS, "runbook_url"):
        if view.json.get("annotations", {}).get(name) == "":
            yield Lost(origin=view.origin, message=f'annotation "{name}" of {what} is empty, and is left out', whole=False)


def _different(group: GroupView, value: RuleGroup) -> Iterator[Lost]:
    """What is built otherwise than it was written: nothing, as far as is known."""
    (file,) = rule_files([Declared(name="rules", path="", values=(value,))])
    (made,) = file.groups
    if _meant(made.json) != _meant(group.json):
        yield Lost(origin=group.origin, message=f'group "{group.name}" cannot be expressed as it is written')
    for view, rule in zip(group.rules, made.rules, strict=True):
        if _meant(view.json) != _meant(rule.json):
            yield Lost(origin=view.origin, message=f'{view.kind} "{view.name}" cannot be expressed as it is written')


def _meant(given: Json) -> Mapping[str, Any]:
    """What Prometheus makes of it: without what says nothing."""
    kept: Json = {}
    for key, value in given.items():
        if key == "annotations":
            value = {name: text for name, text in value.items() if text or name not in (*_OPTIONS, "runbook_url")}
        if key == "limit":
            value = max(0, int(value))
        if key == "expr":
            value = value.strip()
        if value not in ("", {}, 0, None):
            kept[key] = value
    return kept
