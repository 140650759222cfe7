"""Groups of rules as Grafana keeps them: in a folder, at an interval it can evaluate at, alerts on spans beside those on metrics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from obskit.analysis import Analysed
from obskit.duration import Duration
from obskit.model import GroupView, Json, RuleFile, RuleView
from obskit.render.alerting._escaping import escaped
from obskit.render.alerting._notes import Notes
from obskit.settings import Settings

INTERVAL = 60_000
"""How often a group is evaluated that does not say it: Grafana has no default for files, Prometheus' is a minute."""
STEP = 10_000
"""Grafana evaluates every 10 seconds (its setting `base_interval`)."""
ROOT = "general"
"""The folder that is none: it cannot hold rules."""
LONGEST = 190
"""Characters that Grafana's database keeps of a title or a group's name."""


class Group(NamedTuple):
    """A group of a file with all its rules, those on spans last. `repeated` are the names that several of them have."""

    file: RuleFile
    view: GroupView
    rules: tuple[RuleView, ...]
    repeated: frozenset[str]


def groups(analysed: Analysed) -> Iterator[tuple[RuleFile, tuple[Group, ...]]]:
    """Every file that declares rules, with its groups in order."""
    project = analysed.project
    spans = {file.name: file for file in project.trace_alerts}
    for file in project.rule_files:
        yield file, tuple(_joined(file, spans.pop(file.name, None)))
    for file in spans.values():
        yield file, tuple(_joined(file, None))


def _joined(file: RuleFile, other: RuleFile | None) -> Iterator[Group]:
    more = {group.name: group for group in (other.groups if other is not None else ())}
    for group in file.groups:
        beside = more.pop(group.name, None)
        yield _group(file, group, group.rules + (beside.rules if beside is not None else ()))
    yield from (_group(file, group, group.rules) for group in more.values())


def _group(file: RuleFile, view: GroupView, rules: tuple[RuleView, ...]) -> Group:
    counts = Counter(rule.name for rule in rules)
    return Group(file, view, rules, frozenset(name for name, count in counts.items() if count > 1))


def folders(analysed: Analysed) -> dict[str, str]:
    """`<uid>/<key>` of every panel that has a key, and the title of its board's folder."""
    return {f"{board.uid}/{panel.key}": board.folder for board in analysed.project.boards for panel in board.panels if panel.key}


def folder(group: Group, known: Mapping[str, str], settings: Settings) -> str:
    """The title of the folder of a group: that of the board of its first panel, else the one of the settings.

    A board in "General" is in no folder, and a rule must be in one.
    """
    found = next((known[rule.panel] for rule in group.rules if rule.panel in known), "")
    prefix = settings.environment.folder_prefix if settings.environment is not None else ""
    return found if found and found.casefold() != ROOT else prefix + settings.alerting.folder


def head(group: Group, title: str, settings: Settings, notes: Notes) -> Json:
    """The group without its rules."""
    view, what = group.view, f'group "{group.view.name}"'
    if title.casefold() == ROOT:
        hint = "folder of [tool.obskit.alerting]: any other title"
        notes.say("error", f'{what} would be in the folder "{title}", where Grafana keeps no rules', view.origin, hint)
    if len(view.name) > LONGEST:
        notes.say("error", f"{what} has a name of {len(view.name)} characters, more than {LONGEST}", view.origin, "shorten it")
    if view.json.get("limit"):
        hint = "it is left out: there is one limit for all rules of a Grafana"
        notes.say("warning", f"{what} has a limit, which Grafana does not know", view.origin, hint)
    path = title.replace("/", "\\/") if settings.targets.has_grafana("11.1") else title
    given, rounded = _given(view), interval(view)
    if rounded != given:
        hint = f'it is evaluated every {rounded}; say interval="{rounded}" for both to be alike'
        notes.say("warning", f"{what} is evaluated every {given}, and Grafana does so at multiples of 10s only", view.origin, hint)
    return {"orgId": 1, "name": escaped(view.name), "folder": escaped(path), "interval": str(rounded)}


def interval(view: GroupView) -> Duration:
    """How often Grafana evaluates the group."""
    return Duration(max(STEP, -(-_given(view).milliseconds // STEP) * STEP))


def _given(view: GroupView) -> Duration:
    return Duration.parse(view.json["interval"]) if view.json.get("interval") else Duration(INTERVAL)
