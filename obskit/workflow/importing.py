"""`obskit import`: rule files that somebody wrote by hand, as a module that is built to the same rules."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from obskit.counted import counted
from obskit.errors import ObskitError
from obskit.finding import Finding, Severity, ordered
from obskit.model import RuleFile
from obskit.naming import module_of
from obskit.origin import Origin
from obskit.settings import Settings
from obskit.workflow.outcome import Outcome, fails
from obskit.workflow.validate import LENIENT, MOST, STDIN, near

if TYPE_CHECKING:
    from obskit.authoring import RuleSource
    from obskit.source.files import RuleGroups

ID = "rule-import"
_CHECKS = ("annotation-template", "duplicate-alert", "duplicate-group", "promql-syntax", "rule-expression")
"""What Prometheus would refuse, and what a build would."""
_TWICE = "duplicate-alert"
_OWN = {check: level for check, level in LENIENT.items() if check != _TWICE}
"""Levels unless the settings say others: what is imported is to be built."""

_LEVELS: dict[bool, Severity] = {False: "error", True: "warning"}
"""How grave it is that a rule cannot be expressed, by whether such are to be left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The `text` of the module, empty where there is none; `outcome` says what was found."""

    outcome: Outcome
    text: str = ""


def import_rules(
    paths: Sequence[str], *, project: str, today: datetime.date, write: str = "", leave_out: bool = False, stdin: bytes = b""
) -> Imported:
    """One module of the rules of all files `paths`, of which `-` is what came in as `stdin`.

    With `write` it is a new file of that name. Rules that cannot be expressed are errors; with `leave_out` they are left out.
    Nothing comes of files with errors. Raises ObskitError when a file cannot be read or `write` is no module's name, OutputError
    when that file exists or cannot be written.
    """
    from obskit.authoring import rules_module
    from obskit.store.fresh import write_fresh

    if write and not module_of(write):
        raise ObskitError(f'"{write}" is not the name of a module', hint="as in rules_src/shop.py")
    settings, level = near(project, _OWN), _LEVELS[leave_out]
    read = [_read(path, stdin, settings, level) for path in paths]
    if leave_out and settings.lint.levels.get(_TWICE, "error") == "error":
        _leave_out_second(read)
    findings = [finding for one in read for finding in one.findings]
    findings += _checked(read, settings, today)
    sources, lost, told = _sources(read, level)
    findings += lost
    if not any(source.groups for source in sources) and not fails(findings, "error"):
        findings.append(Finding(id=ID, severity="error", message="there is no rule to import", origin=Origin(read[0].name)))
    shown = ordered(findings)
    rules = sum(len(group.value.rules) for source in sources for group in source.groups)
    about = f"{counted(rules, 'rule')} in {counted(sum(len(source.groups) for source in sources), 'group')}"
    if fails(shown, "error"):  # also what is one only to the settings of the project: it would not build
        return Imported(outcome=Outcome(findings=shown, failed=True, about="nothing was written"))
    text = rules_module(sources, told)
    if write:
        write_fresh(write, text)
        about += f" written to {Path(write).as_posix()}"
    return Imported(outcome=Outcome(findings=shown, about=about), text="" if write else text)


def _read(path: str, stdin: bytes, settings: Settings, level: Severity) -> RuleGroups:
    """The groups of one file. Raises ObskitError when it cannot be read."""
    from obskit.source.files import LARGEST, regular_bytes, rule_groups

    if path == STDIN:
        name, raw, size = "<stdin>", stdin, len(stdin)
    else:
        name = Path(path).as_posix()
        try:
            raw, size = regular_bytes(Path(path), name, LARGEST)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise ObskitError(f'"{name}" cannot be read: {reason.lower()}', hint="name the rule files one by one") from error
    if size > MOST:
        raise ObskitError(f'"{name}" has more than {MOST // 1024 // 1024} MiB', hint="split it")
    return rule_groups(raw, name, prometheus=settings.targets.prometheus, level=level)


def _leave_out_second(read: Sequence[RuleGroups]) -> None:
    """Passes over the rules that agree with an earlier one in kind, name and labels, which a build refuses."""
    taken = set[object]()
    for one in read:
        for index, group in enumerate(one.groups):
            kept = []
            for rule in group.rules:
                labels = {**group.json.get("labels", {}), **rule.json.get("labels", {})}
                key = (rule.kind, rule.name, frozenset(labels.items()))
                if key not in taken:
                    taken.add(key)
                    kept.append(rule)
                    continue
                message = f'{rule.kind} "{rule.name}" of group "{group.name}" is there twice with the same labels'
                one.passed.append(message)
                one.findings.append(Finding(id=ID, severity="warning", message=message, origin=rule.origin, hint="the first is kept"))
                one.refused.add(group.origin.line if group.origin else 0)
            one.groups[index] = replace(group, rules=tuple(kept))


def _checked(read: Sequence[RuleGroups], settings: Settings, today: datetime.date) -> list[Finding]:
    """What Prometheus would refuse in the expressions and templates, and what cannot stand in one file."""
    from obskit import analysis, lint
    from obskit.source import Project

    groups = tuple(group for one in read for group in one.groups)
    file = RuleFile(name="import", module=read[0].name, groups=groups)
    project = Project(settings=settings, rule_files=(file,), files=tuple(one.name for one in read))
    return list(lint.run(analysis.run(project), today=today, select=_CHECKS))


def _sources(read: Sequence[RuleGroups], level: Severity) -> tuple[list[RuleSource], list[Finding], list[str]]:
    """The files as the module shows them, what is lost, and what of it the module is to list."""
    from obskit.authoring import Group, RuleSource, remarks, translated

    sources, findings = [], list[Finding]()
    told: list[str] = []
    for one in read:
        told += one.passed
        groups = []
        for view in one.groups:
            made = translated(view, refused=bool(view.origin and view.origin.line in one.refused))
            for lost in made.lost:
                severity: Severity = level if lost.whole else "info"
                findings.append(Finding(id=ID, severity=severity, message=lost.message, origin=lost.origin, hint=lost.hint))
                told += [lost.message] if lost.whole else []
            if made.value is not None:
                lines = tuple(one.start(rule.origin) for rule, _ in made.rules)
                groups.append(Group(value=made.value, line=one.start(view.origin), lines=lines))
        starts = [line for group in groups for line in (group.line, *group.lines)]
        sources.append(RuleSource(name=one.name, groups=tuple(groups), remarks=remarks(one.comments, starts, one.heads)))
    return sources, findings, told
