"""`obskit lint`: read, understand, check; nothing is rendered, nothing is written but a baseline that is asked for."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from obskit.errors import ObskitError
from obskit.finding import ordered
from obskit.naming import did_you_mean
from obskit.settings import Settings
from obskit.workflow.build import exceptions
from obskit.workflow.outcome import Outcome, fails

if TYPE_CHECKING:
    from obskit.lint import Page


def lint(
    settings: Settings,
    *,
    today: datetime.date,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    baseline: Path | None = None,
    write: bool = False,
) -> Outcome:
    """Checks the project at `settings.root`. `today` ends waivers.

    Only the checks of `select` run, if any are named, and none of `ignore`; modules that cannot be loaded are told anyway.
    Findings that the file `baseline` has are only counted; `write` puts today's there. Raises ObskitError when an id is
    that of no finding, or the baseline is missing or is none.
    """
    from obskit import analysis, source
    from obskit import lint as checks
    from obskit.workflow.known import Known

    wanted = checks.Selection(select, ignore, settings.plugins)
    known = Known.read(baseline, write=write, command="lint")
    project = source.load(settings)
    comments = checks.comments_of(project)
    analysed = analysis.run(comments.applied(project))
    told = (*project.findings, *checks.run(analysed, today=today, select=select, ignore=ignore, comments=comments))
    findings = ordered([finding for finding in told if finding.id in wanted])
    about = f"{project.modules} module" + ("" if project.modules == 1 else "s")
    if baseline and write and project.faults:
        about += " (the baseline was not written: a module could not be loaded)"
    result = known.held_against(
        findings, lambda identity: identity[0] in wanted, complete=not project.faults, tell="baseline" not in ignore
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
        exceptions=exceptions(project),
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
