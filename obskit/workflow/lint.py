"""`obskit lint`: read, understand, check; nothing is rendered, nothing is written but a baseline that is asked for."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from obskit.errors import ObskitError
from obskit.finding import Finding, Severity, ordered
from obskit.naming import did_you_mean
from obskit.origin import Origin
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
    from obskit.lint.baseline import compared, renewed
    from obskit.store.baseline import load, save

    wanted = checks.Selection(select, ignore, settings.plugins)
    anew = write and (baseline is None or not baseline.exists() or not (select or ignore))  # then nothing of the old one stays
    old = load(baseline) if baseline and (not write or baseline.exists()) else {}  # what is no baseline is not overwritten
    old = {} if anew else old
    project = source.load(settings)
    comments = checks.comments_of(project)
    analysed = analysis.run(comments.applied(project))
    told = (*project.findings, *checks.run(analysed, today=today, select=select, ignore=ignore, comments=comments))
    findings = ordered([finding for finding in told if finding.id in wanted])
    about = f"{project.modules} module" + ("" if project.modules == 1 else "s")
    if baseline and write and project.faults:
        about += " (the baseline was not written: a module could not be loaded)"
    elif baseline and write:
        old = renewed(findings, old, wanted.__contains__)
        save(baseline, old)
    result = compared(findings, old, wanted.__contains__)
    fixed = [_fixed(result.fixed, baseline)] if baseline and result.fixed and not project.faults and "baseline" not in ignore else []
    shown = ordered([*result.new, *fixed])
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


def _fixed(number: int, baseline: Path) -> Finding:
    severity: Severity = "info"
    what = "1 finding of the baseline is" if number == 1 else f"{number} findings of the baseline are"
    hint = f"write the baseline again: obskit lint --baseline {baseline} --write-baseline"
    return Finding(id="baseline", severity=severity, message=f"{what} fixed", origin=Origin(baseline.as_posix()), hint=hint)
