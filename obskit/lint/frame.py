"""Runs the checks over a project and turns what they say into findings: levels from the settings, waivers applied.

A check is a module of `obskit.lint.checks` (or of a plug-in's `checks`): `LEVEL` is its severity, `check(analysed)` yields
Problems, its docstring is its page, with a `Bad:` and a `Good:` example that are run as its test. Its id is its file name.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from types import ModuleType

from obskit import rooms
from obskit.analysis import Analysed
from obskit.errors import SettingsError
from obskit.finding import Finding, Severity, ordered
from obskit.lint.problem import Problem
from obskit.naming import did_you_mean, file_id
from obskit.origin import Origin
from obskit.settings import FILE, Lint
from obskit.source import Project
from obskit.waiver import Waive

ROOM = "obskit.lint.checks"


def ids(plugins: Iterable[str] = ()) -> tuple[str, ...]:
    """The ids of all checks, none of them imported."""
    return tuple(sorted({name for package in _packages(plugins) for name in rooms.names(package)}))


def run(analysed: Analysed, *, today: datetime.date) -> tuple[Finding, ...]:
    """All findings of all checks that are not off. `today` ends waivers that are past their date.

    Raises SettingsError when the settings give a level to a check that does not exist.
    """
    settings = analysed.project.settings
    known = ids(settings.plugins)
    _check_levels(settings.lint, known)
    silenced = Waivers(tuple(waivers(analysed.project)), today)
    findings: list[Finding] = []
    for module in _modules(settings.plugins):
        name = file_id(module.__name__.rpartition(".")[2])
        level = _level(name, module.LEVEL, settings.lint)
        if level is not None:
            findings += [_finding(name, level, problem) for problem in module.check(analysed) if not silenced.silence(name, problem)]
    return ordered(findings + list(silenced.leftover(known)))


class Waivers:
    """The waivers of a project, and which of them have silenced something."""

    def __init__(self, waivers: tuple[Waive, ...], today: datetime.date) -> None:
        self.waivers = waivers
        self.today = today
        self.used: set[int] = set()

    def silence(self, check: str, problem: Problem) -> bool:
        """Whether a waiver on the declaration silences the problem."""
        silent = False
        for waiver in problem.waive:
            if waiver.check == check:
                self.used.add(id(waiver))
                silent = silent or not self.expired(waiver)
        return silent

    def expired(self, waiver: Waive) -> bool:
        end = waiver.ends()
        return end is not None and end < self.today

    def leftover(self, known: tuple[str, ...]) -> Iterator[Finding]:
        """Findings about waivers that silence nothing, name no check, or are past their date."""
        for waiver in {id(waiver): waiver for waiver in self.waivers}.values():
            about = f'waiver of "{waiver.check}"'
            if waiver.check not in known:
                hint = did_you_mean(waiver.check, known)
                yield Finding(id="unused-waiver", severity="warning", message=f"{about} names no check", origin=waiver.origin, hint=hint)
            elif id(waiver) not in self.used:
                yield Finding(
                    id="unused-waiver", severity="warning", message=f"{about} silences nothing", origin=waiver.origin, hint="remove it"
                )
            elif self.expired(waiver):
                message, hint = f"{about} ended on {waiver.until}", "mend it, or renew the waiver"
                yield Finding(id="expired-waiver", severity="warning", message=message, origin=waiver.origin, hint=hint)


def _modules(plugins: Iterable[str]) -> Iterator[ModuleType]:
    for package in _packages(plugins):
        yield from rooms.rooms(package)


def _packages(plugins: Iterable[str]) -> tuple[str, ...]:
    return (ROOM, *(f"{plugin}.checks" for plugin in plugins))


def _level(check: str, usual: Severity, lint: Lint) -> Severity | None:
    chosen = lint.levels.get(check, lint.unknown if check == "unknown-metric" else usual)
    levels: dict[str, Severity] = {"error": "error", "warning": "warning", "info": "info"}
    return levels.get(chosen)


def _check_levels(lint: Lint, known: tuple[str, ...]) -> None:
    for name in lint.levels:
        if name not in known:
            hint = did_you_mean(name, known)
            raise SettingsError(f'tool.obskit.lint.levels names no check: "{name}"', hint=hint, origin=Origin(FILE))


def _finding(check: str, level: Severity, problem: Problem) -> Finding:
    return Finding(
        id=check, severity=level, message=problem.message, origin=problem.origin, hint=problem.hint, query=problem.query, span=problem.span
    )


def waivers(project: Project) -> Iterator[Waive]:
    """Every waiver of the project's declarations."""
    for signal in project.signals:
        yield from signal.waive
    for attribute in project.attributes:
        yield from attribute.waive
    for board in project.boards:
        yield from board.waive
        for panel in board.panels:
            yield from panel.waive
    for file in project.rule_files:
        for _, rule in file.rules():
            yield from rule.waive
