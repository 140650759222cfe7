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
from obskit.lint.waivers import EXPIRED, UNUSED, Waivers
from obskit.naming import did_you_mean, file_id
from obskit.origin import Origin
from obskit.settings import FILE, Lint

ROOM = "obskit.lint.checks"


def ids(plugins: Iterable[str] = ()) -> tuple[str, ...]:
    """The ids of all checks and of what the frame itself reports; no check is imported."""
    found = {name for package in _packages(plugins) for name in rooms.names(package)}
    return tuple(sorted(found | {UNUSED, EXPIRED}))


def run(analysed: Analysed, *, today: datetime.date) -> tuple[Finding, ...]:
    """All findings of all checks that are not off. `today` ends waivers that are past their date.

    Raises SettingsError when the settings give a level to a check that does not exist.
    """
    settings = analysed.project.settings
    known = ids(settings.plugins)
    _check_levels(settings.lint, known)
    waivers = Waivers(analysed.project, today)
    findings: list[Finding] = []
    ran: list[str] = []
    for module in _modules(settings.plugins):
        name = file_id(module.__name__.rpartition(".")[2])
        level = _level(name, module.LEVEL, settings.lint)
        if level is not None:
            ran.append(name)
            findings += [_finding(name, level, problem) for problem in module.check(analysed) if not waivers.silence(name, problem)]
    if not analysed.project.faults:  # otherwise a waiver may be unused because what it silences could not be loaded
        for name, problem in waivers.leftover(known, ran):
            level = _level(name, "warning", settings.lint)
            findings += [_finding(name, level, problem)] if level is not None else []
    return ordered(findings)


def _modules(plugins: Iterable[str]) -> Iterator[ModuleType]:
    for package in _packages(plugins):
        yield from rooms.rooms(package)


def _packages(plugins: Iterable[str]) -> tuple[str, ...]:
    for plugin in plugins:
        if not rooms.exists(plugin):
            hint = "is its package installed?"
            raise SettingsError(f'plug-in "{plugin}" cannot be imported', hint=hint, origin=Origin(FILE))
    return (ROOM, *(f"{plugin}.checks" for plugin in plugins if rooms.exists(f"{plugin}.checks")))


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
