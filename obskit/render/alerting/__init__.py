"""Grafana-managed rules: the same alerts and records as Prometheus' rule files, evaluated by Grafana; one provisioning file a module.

Form: `provisioning/alerting/*.yaml` of Grafana (`apiVersion: 1`), read at its start. Rules that a file no longer holds stay in
Grafana until `deleteRules` names them (`_deleted`). Contact points, policies and mute times are `_notifications.documents`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from obskit.analysis import Analysed
from obskit.artifact import Artifact, Place, Territory
from obskit.finding import Finding
from obskit.model import Json, RuleFile
from obskit.origin import Origin
from obskit.render.alerting import _blind, _deleted, _notifications, _sources
from obskit.render.alerting._groups import Group, folder, folders, groups, head
from obskit.render.alerting._notes import Notes
from obskit.render.alerting._rules import SPANS_SINCE, Maker
from obskit.render.encode import yaml_text

TERRITORY = Territory(format="alerting", folder="grafana/provisioning/alerting", suffix=".yaml")
TERRITORIES = (TERRITORY,)


def artifacts(analysed: Analysed) -> Iterator[Artifact]:
    """One file a module that declares rules: `grafana/provisioning/alerting/<dotted module path>.yaml`; others of what is deleted,
    and of notifications."""
    yield from _made(Maker.of(analysed, Notes()))
    yield from _deleted.documents(analysed)
    yield from _notifications.documents(analysed)


def findings(analysed: Analysed, artifacts: Iterable[Artifact]) -> Iterator[Finding]:
    """What Grafana cannot take of the rules, and what must be told for it to ask their datasources."""
    notes = Notes()
    _tell_sources(analysed, notes)
    list(_made(Maker.of(analysed, notes, unknown="unknown")))  # so that all there is to say is said at once
    yield from notes.found
    yield from _notifications.findings(analysed)
    yield from _blind.findings(analysed, artifacts)


def _made(maker: Maker) -> Iterator[Artifact]:
    analysed, notes = maker.analysed, maker.notes
    known, settings = folders(analysed), analysed.project.settings
    taken: dict[tuple[str, str], Group] = {}
    titles: dict[tuple[str, str], Group] = {}
    for file, declared in groups(analysed):
        documents: list[Json] = []
        origins: dict[Place, Origin | None] = {}
        for group in declared:
            title = folder(group, known, settings)
            rules = [(rule, made) for rule in group.rules if (made := maker.rule(group, rule)) is not None]
            if not rules:
                continue
            place: Place = ("groups", len(documents))
            origins |= {place: group.view.origin, **{(*place, "rules", at): rule.origin for at, (rule, _) in enumerate(rules)}}
            documents.append({**head(group, title, settings, notes), "rules": [made for _, made in rules]})
            _tell_taken(group, title, taken, notes)
            if not settings.targets.has_grafana("12.0"):
                _tell_titles(group, title, titles, notes)
        if documents:
            yield _artifact(file, {"apiVersion": 1, "groups": documents}, origins)


def _artifact(file: RuleFile, data: Json, origins: dict[Place, Origin | None]) -> Artifact:
    return Artifact(
        path=f"{TERRITORY.folder}/{file.name}{TERRITORY.suffix}",
        text=yaml_text(data, f"Built by obskit from {file.module}. Do not edit."),
        format=TERRITORY.format,
        origin=Origin(file.module),
        sources=(file.module,),
        data=data,
        origins=origins,
    )


def _tell_sources(analysed: Analysed, notes: Notes) -> None:
    """Rules of a kind without a datasource, told once; what could not be loaded may declare it."""
    project = analysed.project
    if project.faults:
        return
    spans = project.trace_alerts if project.settings.targets.has_grafana(SPANS_SINCE) else ()
    for kind, files in ((_sources.PROMETHEUS, project.rule_files), (_sources.TEMPO, spans)):
        first = next((rule for file in files for _, rule in file.rules()), None)
        if first is not None and not _sources.uid(project, kind):
            message = f"rules that Grafana manages ask a datasource by its uid, and nothing tells that of {kind.capitalize()}"
            notes.say("error", message, first.origin, _sources.hint(project, kind))


def _tell_taken(group: Group, title: str, taken: dict[tuple[str, str], Group], notes: Notes) -> None:
    """A group in a folder where an earlier one has its name: Grafana takes both for one."""
    first = taken.setdefault((title, group.view.name), group)
    if first is not group:
        here = f'group "{group.view.name}" of {group.file.module} is in the folder "{title}"'
        message = f"{here}, where {first.file.module} has one of that name"
        notes.say("error", message, group.view.origin, "Grafana takes both for one: rename one of them")


def _tell_titles(group: Group, title: str, titles: dict[tuple[str, str], Group], notes: Notes) -> None:
    """Rules of one name in one folder, which Grafana before 12.0 refuses."""
    for rule in group.rules:
        if (title, rule.name) in titles:
            message = f'{rule.kind} "{rule.name}" is there twice in the folder "{title}", which Grafana before 12.0 refuses'
            notes.say("error", message, rule.origin, "rename one of them")
        titles[title, rule.name] = group
