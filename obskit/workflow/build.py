"""`obskit build`: read, understand, check, render, and only then write."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from obskit.finding import Finding, ordered
from obskit.origin import Origin
from obskit.settings import ENVIRONMENTS, Settings
from obskit.store import locked
from obskit.store.territory import beside
from obskit.workflow.everywhere import forget, joined
from obskit.workflow.memory import Libraries, Memory, as_read
from obskit.workflow.outcome import Outcome, fails

if TYPE_CHECKING:
    from obskit.artifact import Territory
    from obskit.store import Plan


def unheard(stage: str) -> None:  # nobody listens
    """What is told the stages of a build when nobody wants to know them."""


def build(
    settings: Settings,
    *,
    today: datetime.date,
    check: bool = False,
    only: Sequence[str] = (),
    everywhere: bool = False,
    use_cache: bool = True,
    libraries: Libraries | None = None,
    stage: Callable[[str], None] = unheard,
) -> Outcome:
    """Builds the project at `settings.root`, or with `check` only compares.

    `only` limits it to some of the enabled formats. `settings.built_for(name)` builds for an environment; `everywhere` makes the
    portable build and one for each environment, all of them or none; a check then compares only environments that have an output,
    and tells the findings of all. `today` ends waivers. `libraries` are those that a process which builds again and again has
    loaded; without them all count as fresh. `stage` is told what the build is at. Raises ObskitError when the build is impossible:
    an unknown format, a missing source folder, an output that cannot be written.
    """
    builds = settings.everywhere if everywhere else (settings,)
    before = libraries.before if libraries is not None else frozenset(sys.modules)
    made = []
    with locked(settings.root, optional=check):
        for one in builds:
            compares = not (everywhere and check and one.environment) or os.path.lexists(one.root / one.out)
            memory = Memory(one, only, libraries, compares=compares)
            remembered = memory.recall(today) if use_cache else None
            if remembered is None:
                forget(before)
            made.append(
                _Made(outcome=remembered) if remembered else _made(one, memory, today=today, only=only, compares=compares, stage=stage)
            )
        return joined(list(_finished(made, check=check)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A build before anything is written; without `plan` nothing is to be. `keep` remembers the outcome, if that may be."""

    outcome: Outcome
    plan: Plan | None = None
    keep: Callable[[Outcome], None] | None = None


def _made(
    settings: Settings, memory: Memory, *, today: datetime.date, only: Sequence[str], compares: bool, stage: Callable[[str], None]
) -> _Made:
    from obskit import analysis, lint, render, source
    from obskit.lint.waivers import ends
    from obskit.render.validate import findings as refused
    from obskit.store import plan

    at = f"{settings.environment.name}: " if settings.environment else ""
    enabled = render.formats(settings, only)
    stage(f"{at}reading modules")
    project = source.load(settings)
    stage(f"{at}working out queries")
    comments = lint.comments_of(project)
    analysed = analysis.run(comments.applied(project))
    stage(f"{at}checking")
    findings: Iterable[Finding] = (*project.findings, *lint.run(analysed, today=today, comments=comments))
    stage(f"{at}rendering")
    artifacts = render.run(analysed, enabled)
    wrong = {finding.origin for finding in findings if finding.severity == "error"}  # a schema only repeats what is said already
    owned = () if only else tuple(_owned(settings, render.territories(enabled)))
    strange = beside(str(settings.root / settings.out), owned)
    others = render.territories(render.disabled(settings)) if any(not _is_built_for(folder) for folder in strange) else ()
    left = tuple(_leftovers(settings, strange, others))
    told = render.findings(analysed, enabled, artifacts)
    findings = ordered([*findings, *left, *told, *(finding for finding in refused(artifacts) if finding.origin not in wrong)])
    outcome = Outcome(
        findings=findings,
        modules=project.modules,
        out=settings.out,
        call=settings.call,
        others=as_read(project),
        settings=settings,
        exceptions=project.exceptions,
    )
    if fails(findings, settings.lint.fail):
        return _Made(outcome=replace(outcome, failed=True))
    stage(f"{at}comparing")
    territories = render.territories(enabled)
    planned = plan(settings.root, settings.out, artifacts, territories) if compares else None
    waived = [end for end in ends(project, comments) if end >= today]
    disabled = [territory.folder for territory in others]
    keep = partial(memory.keep, project=project, territories=territories, owned=owned, strange=strange, disabled=disabled)
    if planned is not None:
        outcome = replace(outcome, changes=planned.changes, strangers=planned.strangers)
    return _Made(outcome=outcome, plan=planned, keep=None if left else partial(keep, waiver_ends=waived))


def _finished(builds: Sequence[_Made], *, check: bool) -> Iterator[Outcome]:
    """Writes all of them unless one is refused, and remembers those whose output is then what it should be."""
    plans = [one.plan for one in builds if one.plan is not None]
    writes = not check and not any(one.outcome.failed for one in builds)
    if writes and plans:
        from obskit.store import apply

        apply(*plans)
    for one in builds:
        differs, untidy = (bool(one.plan.differing), bool(one.plan.leftovers)) if one.plan is not None else (False, False)
        outcome = replace(one.outcome, written=writes and differs, failed=one.outcome.failed or (check and differs))
        if one.keep is not None and (writes or not (differs or untidy)):  # untidy: the next one is to sweep, not to think nothing changed
            one.keep(outcome)
        yield outcome


def _owned(settings: Settings, territories: Iterable[Territory]) -> Iterator[str]:
    """The folders in the output that enabled formats and declared environments own."""
    yield from (territory.folder for territory in territories)
    yield from (f"{ENVIRONMENTS}/{name}" for name in ("", *settings.env)) if settings.environment is None else (ENVIRONMENTS,)


def _is_built_for(folder: str) -> bool:
    """Whether a folder in the output is an environment's; beside any other the formats are loaded that are not enabled, to be asked."""
    return folder.startswith(f"{ENVIRONMENTS}/")


def _leftovers(settings: Settings, strange: Iterable[str], territories: Iterable[Territory]) -> Iterator[Finding]:
    """Folders in the output of formats and environments that are not there (any more): nobody builds them, and nobody may delete them."""
    for territory in territories:
        folder = f"{settings.out}/{territory.folder}"
        if (settings.root / folder).is_dir():
            message = f'"{folder}" is of the format "{territory.format}", which is not enabled'
            hint = "delete the folder, or enable the format in [tool.obskit]"
            yield Finding(id="leftover", severity="warning", message=message, origin=Origin(folder), hint=hint)
    for path in strange:
        if _is_built_for(path):
            folder, name = f"{settings.out}/{path}", path.removeprefix(f"{ENVIRONMENTS}/")
            message = f'"{folder}" is of the environment "{name}", which is not declared'
            hint = f"delete the folder, or declare [tool.obskit.env.{name}]"
            yield Finding(id="leftover", severity="warning", message=message, origin=Origin(folder), hint=hint)
