"""`obskit lint`: read, understand, check; nothing is rendered, nothing is written but a baseline that is asked for."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from obskit.errors import ObskitError
from obskit.finding import ordered
from obskit.naming import did_you_mean
from obskit.settings import Settings
from obskit.workflow.everywhere import distinct, findings, forget
from obskit.workflow.outcome import Outcome, fails

if TYPE_CHECKING:
    from obskit.lint import Page


def lint(
    settings: Settings,
    *,
    today: datetime.date,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    everywhere: bool = False,
    baseline: Path | None = None,
    write: bool = False,
) -> Outcome:
    """Checks the project at `settings.root`, with `everywhere` also as it is in each environment. `today` ends waivers.

    Only the checks of `select` run, if any are named, and none of `ignore`; modules that cannot be loaded are told anyway.
    Findings that the file `baseline` has are only counted; `write` puts today's there. Raises ObskitError when an id is
    that of no finding, or the baseline is missing or is none.
    """
    from obskit import analysis, source
    from obskit import lint as checks
    from obskit.workflow.known import Known

    wanted = checks.Selection(select, ignore, settings.plugins)
    known = Known.read(baseline, write=write, command="lint")
    projects, told, before = [], [], frozenset(sys.modules)
    for one in settings.everywhere if everywhere else (settings,):
        forget(before)
        project = source.load(one)
        comments = checks.comments_of(project)
        analysed = analysis.run(comments.applied(project))
        found = (*project.findings, *checks.run(analysed, today=today, select=select, ignore=ignore, comments=comments))
        projects.append(project)
        told.append((one.environment.name if one.environment else "", ordered([finding for finding in found if finding.id in wanted])))
    faults = any(project.faults for project in projects)
    about = f"{project.modules} module" + ("" if project.modules == 1 else "s")
    if baseline and write and faults:
        about += " (the baseline was not written: a module could not be loaded)"
    result = known.held_against(
        findings(told), lambda identity: identity[0] in wanted, complete=not faults, tell="baseline" not in ignore
    )
    shown = ordered([*result.new, *result.told])
    return Outcome(
        findings=shown,
        modules=project.modules,
        failed=fails(shown, settings.lint.fail),
        out=settings.out,
        about=about,
        known=result.known,
        settings=settings,
        exceptions=distinct([project.exceptions for project in projects]),
    )


def pages(settings: Settings) -> tuple[Page, ...]:
    """The page of every finding there can be in the project, sorted by id."""
    from obskit import lint as checks

    return checks.pages(settings.plugins, settings.lint)


def page(settings: Settings, name: str) -> Page:
    """The page of one of them. Raises ObskitError when there is none of that name."""
    known = {one.id: one for one in pages(settings)}
    if name not in known:
        hint = did_you_mean(name, known) or "obskit lint --list names them all"
        raise ObskitError(f'there is no check "{name}"', hint=hint)
    return known[name]
