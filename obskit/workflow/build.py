"""`obskit build`: read, understand, check, render, and only then write."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from obskit.finding import Finding, ordered
from obskit.origin import Origin
from obskit.settings import ENVIRONMENTS, Settings
from obskit.store import locked
from obskit.workflow.memory import Libraries, Memory, as_read
from obskit.workflow.outcome import Outcome, fails

if TYPE_CHECKING:
    from obskit.artifact import Territory
    from obskit.source import Project


def unheard(stage: str) -> None:  # nobody listens
    """What is told the stages of a build when nobody wants to know them."""


def build(
    settings: Settings,
    *,
    today: datetime.date,
    check: bool = False,
    only: Sequence[str] = (),
    use_cache: bool = True,
    libraries: Libraries | None = None,
    stage: Callable[[str], None] = unheard,
) -> Outcome:
    """Builds the project at `settings.root`, or with `check` only compares.

    `only` limits it to some of the enabled formats. `settings.built_for(name)` builds for an environment. `today` ends
    waivers. `libraries` are those that a process which builds again and again has loaded; without them all count as fresh.
    `stage` is told what the build is at. Raises ObskitError when the build is impossible: an unknown format, a missing source
    folder, an output that cannot be written.
    """
    with locked(settings.root, optional=check):
        memory = Memory(settings, only, libraries)
        remembered = memory.recall(today) if use_cache else None
        if remembered is not None:
            return remembered
        return _build(settings, memory, today=today, check=check, only=only, stage=stage)


def _build(
    settings: Settings, memory: Memory, *, today: datetime.date, check: bool, only: Sequence[str], stage: Callable[[str], None]
) -> Outcome:
    from obskit import analysis, lint, render, source
    from obskit.lint.waivers import ends
    from obskit.render.validate import findings as refused
    from obskit.store import apply, plan

    enabled = render.formats(settings, only)
    stage("reading modules")
    project = source.load(settings)
    stage("working out queries")
    comments = lint.comments_of(project)
    analysed = analysis.run(comments.applied(project))
    stage("checking")
    findings: Iterable[Finding] = (*project.findings, *lint.run(analysed, today=today, comments=comments))
    stage("rendering")
    artifacts = render.run(analysed, enabled)
    wrong = {finding.origin for finding in findings if finding.severity == "error"}  # a schema only repeats what is said already
    others = () if only or not _holds_more(settings, render.territories(enabled)) else render.territories(render.disabled(settings))
    left = () if only else tuple(_leftovers(settings, others))
    told = render.findings(analysed, enabled, artifacts)
    findings = ordered([*findings, *left, *told, *(finding for finding in refused(artifacts) if finding.origin not in wrong)])
    if fails(findings, settings.lint.fail):
        return Outcome(
            findings=findings,
            modules=project.modules,
            failed=True,
            out=settings.out,
            others=as_read(project),
            settings=settings,
            exceptions=exceptions(project),
        )
    stage("comparing" if check else "writing")
    territories = render.territories(enabled)
    planned = plan(settings.root, settings.out, artifacts, territories)
    if not check:
        apply(planned)
    outcome = Outcome(
        findings=findings,
        changes=planned.changes,
        strangers=planned.strangers,
        modules=project.modules,
        written=not check and bool(planned.differing),
        failed=check and bool(planned.differing),
        out=settings.out,
        others=as_read(project),
        settings=settings,
        exceptions=exceptions(project),
    )
    untidy = check and planned.leftovers  # of a killed build: for the next one to sweep, which must not think that nothing changed
    if not outcome.failed and not left and not untidy:
        memory.keep(outcome, project, territories, waiver_ends=[end for end in ends(project, comments) if end >= today])
    return outcome


def _holds_more(settings: Settings, territories: Iterable[Territory]) -> bool:
    """Whether the output has folders that no enabled format owns: only then are the others loaded to be asked for theirs."""
    owned = [territory.folder.split("/") for territory in territories]
    above = {"/".join(steps[:length]) for steps in owned for length in range(len(steps))}
    known = above | {"/".join(steps) for steps in owned} | {ENVIRONMENTS}
    for folder in sorted(above):
        with suppress(OSError), os.scandir(settings.root / settings.out / folder) as entries:
            if any(entry.is_dir() and f"{folder}/{entry.name}".lstrip("/") not in known for entry in entries):
                return True
    return False


def _leftovers(settings: Settings, territories: Iterable[Territory]) -> Iterator[Finding]:
    """Folders in the output of formats and environments that are not there (any more): nobody builds them, and nobody may delete them."""
    for territory in territories:
        folder = f"{settings.out}/{territory.folder}"
        if (settings.root / folder).is_dir():
            message = f'"{folder}" is of the format "{territory.format}", which is not enabled'
            hint = "delete the folder, or enable the format in [tool.obskit]"
            yield Finding(id="leftover", severity="warning", message=message, origin=Origin(folder), hint=hint)
    ours = settings.root / settings.out / ENVIRONMENTS
    for name in sorted(path.name for path in ours.iterdir() if path.is_dir()) if settings.environment is None and ours.is_dir() else ():
        if name not in settings.env:
            folder = f"{settings.out}/{ENVIRONMENTS}/{name}"
            message = f'"{folder}" is of the environment "{name}", which is not declared'
            hint = f"delete the folder, or declare [tool.obskit.env.{name}]"
            yield Finding(id="leftover", severity="warning", message=message, origin=Origin(folder), hint=hint)


def exceptions(project: Project) -> tuple[BaseException, ...]:
    """Those that kept parts of the project from loading."""
    return tuple(one.exception for one in project.faults)
