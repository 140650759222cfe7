"""Runs the checks over a project and turns what they say into findings: levels from the settings, waivers applied.

A check is a module of `obskit.lint.checks` (or of a plug-in's `checks`): `LEVEL` is its severity, `check(analysed)` yields
Problems, its docstring is its page, with a `Bad:` and a `Good:` example that are run as its test. Its id is its file name.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator

from obskit.analysis import Analysed
from obskit.errors import SettingsError
from obskit.finding import Finding, Severity, ordered
from obskit.lint.comments import Comments, comments_of
from obskit.lint.others import WAIVERS
from obskit.lint.pages import check_id, checks, level, modules
from obskit.lint.problem import Problem
from obskit.lint.selection import Selection
from obskit.lint.waivers import SYNTAX, Waivers
from obskit.naming import did_you_mean
from obskit.origin import Origin
from obskit.settings import FILE, Lint


def run(
    analysed: Analysed,
    *,
    today: datetime.date,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    comments: Comments | None = None,
) -> tuple[Finding, ...]:
    """The findings of all checks that are not off; of those in `select` only, if any are, and of none in `ignore`.

    `today` ends waivers that are past their date. `comments` are the project's waivers in comments, read here when they are
    not given; on a board and its panels they hold as a whole only after `Comments.applied`. Raises SettingsError when the
    settings give a level to a check that does not exist, ObskitError when `select` or `ignore` name something unknown.
    """
    settings = analysed.project.settings
    known = checks(settings.plugins)
    _check_levels(settings.lint, known)
    chosen = Selection(select, ignore, settings.plugins)
    waivers = Waivers(analysed.project, comments_of(analysed.project) if comments is None else comments, today)
    findings: list[Finding] = []
    ran: list[str] = []
    for module in modules(settings.plugins):
        name = check_id(module)
        severity = level(name, module.LEVEL, settings.lint)
        if severity is not None and name in chosen:
            ran.append(name)
            findings += [_finding(name, severity, problem) for problem in module.check(analysed) if not waivers.silence(name, problem)]
    for name, problem in _of_waivers(waivers, known, ran, whole=not analysed.project.faults):
        severity = level(name, WAIVERS[name].level, settings.lint)
        if severity is not None and name in chosen:
            findings.append(_finding(name, severity, problem))
    return ordered(findings)


def _of_waivers(waivers: Waivers, known: Collection[str], ran: Collection[str], *, whole: bool) -> Iterator[tuple[str, Problem]]:
    """What there is to say of the waivers; of a project that is not `whole`, one may silence what could not be loaded."""
    yield from ((SYNTAX, problem) for problem in waivers.comments.faults)
    if whole:
        yield from waivers.leftover(known, ran)


def _check_levels(lint: Lint, known: Iterable[str]) -> None:
    for name in lint.levels:
        if name not in known:
            hint = did_you_mean(name, known)
            raise SettingsError(f'tool.obskit.lint.levels names no check: "{name}"', hint=hint, origin=Origin(FILE))


def _finding(check: str, severity: Severity, problem: Problem) -> Finding:
    return Finding(
        id=check,
        severity=severity,
        message=problem.message,
        origin=problem.origin,
        hint=problem.hint,
        query=problem.query,
        span=problem.span,
        together=problem.together,
    )
