"""`obskit diff`: what the sources would build now against a git revision, or two folders or files, compared by meaning."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from obskit.diff import Catalogue, Difference, Elsewhere, difference, only_derived, page, told_once
from obskit.errors import ObskitError
from obskit.finding import Finding, at_least, ordered
from obskit.settings import ENVIRONMENTS, Settings
from obskit.workflow.everywhere import distinct, forget
from obskit.workflow.everywhere import findings as merged
from obskit.workflow.outcome import fails
from obskit.workflow.sides import COMPARED, Reading, is_same, matched, unchanged

if TYPE_CHECKING:
    from obskit.analysis import Analysed
    from obskit.artifact import Artifact, Territory
    from obskit.diff.changes import State
    from obskit.tools import Blob, Repository

DERIVED = ("share", "resources", "kubernetes", "docs")
"""What is made of the same boards, rules and notifications as the other formats: told only where nothing of those differs."""
RUNBOOKS = "docs/runbooks/"
"""Pages of which the first steps are told: no other file holds them."""
HEAD = "HEAD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diffed:
    """What came of a comparison. `against` is the first side in words, `sides` are those that were named; with `findings` the
    difference is not `complete`.

    `environment` is the one that was asked for; else `environments` are those that were compared beside the portable build.
    """

    difference: Difference
    against: str
    sides: tuple[str, ...] = ()
    environment: str = ""
    environments: tuple[Elsewhere, ...] = ()
    findings: tuple[Finding, ...] = ()
    exceptions: tuple[BaseException, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.findings

    @property
    def exit_code(self) -> int:
        return 1 if self.difference or any(self.environments) or self.findings else 0


def is_revision(settings: Settings, name: str) -> bool:
    """Whether a name means a commit of the repository that the project lies in. Raises as `against_revision` does."""
    from obskit.tools import repository

    return repository(settings.root).commit(name) is not None


def against_revision(settings: Settings, revision: str = "", *, today: datetime.date) -> Diffed:
    """What the sources would build now, against the output at a revision: HEAD when none is named. Nothing is written.

    Without any commit everything is new. What is wrong in the sources is in the findings. Unless the settings are those of an
    environment, every environment is compared too that has an output at the revision or in the working tree. Raises ObskitError when
    the project lies in no git repository or the revision means nothing, OutsideError when git is missing or fails.
    """
    from obskit.tools import repository

    found = repository(settings.root)
    commit = found.commit(revision or HEAD)
    if commit is None and not (not revision and found.is_unborn):
        hint = "two folders or files are compared as: obskit diff A B" if os.path.exists(revision) else "git log names revisions"
        raise ObskitError(f'"{revision or HEAD}" is no revision of this git repository', hint=hint)
    delivered = _delivered(settings, found, commit) if settings.environment is None else {}
    before = frozenset(sys.modules)
    portable = _compared(settings, found, commit, today)
    others = {}
    for name, state in delivered.items():
        if state != "removed":
            forget(before)
            others[name] = _compared(settings.built_for(name), found, commit, today)
    told = [Elsewhere(name=name, state=state, difference=_of(others.get(name), state)) for name, state in delivered.items()]
    made, environments = told_once(portable.difference, told)
    every = [("", portable), *others.items()]
    return Diffed(
        difference=made,
        against=revision or (HEAD if commit is not None else "no commit"),
        sides=(revision,) if revision else (),
        environment=settings.environment.name if settings.environment else "",
        environments=environments,
        findings=merged([(name, one.findings) for name, one in every]),
        exceptions=distinct([one.exceptions for _, one in every]),
    )


def _delivered(settings: Settings, repository: Repository, commit: str | None) -> dict[str, State]:
    """The environments with an output at the commit or in the working tree, by name, and what became of that output."""
    place = f"{settings.out}/{ENVIRONMENTS}"
    paths = [blob.path.removeprefix(f"{place}/") for blob in (repository.files(commit, [place]) if commit else ())]
    then = {path.partition("/")[0] for path in paths if "/" in path}
    now = {name for name in settings.env if name in then or (settings.root / place / name).is_dir()}
    return {name: "changed" if name in then & now else "added" if name in now else "removed" for name in sorted(then | now)}


def _of(compared: Diffed | None, state: State) -> Difference:
    """What is to be told of an environment: of one that came as a whole only how much it is."""
    if compared is None:
        return Difference()
    return compared.difference if state == "changed" else replace(compared.difference, renames=(), things=())


def _compared(settings: Settings, repository: Repository, commit: str | None, today: datetime.date) -> Diffed:
    """One build, against its own output at the commit."""
    rendered = _rendered(settings, today)
    before, after = Reading(), Reading()
    derived, same = _read_differing(settings, repository, commit, rendered, (before, after))
    others = unchanged(lambda: ((one.path, one.text.encode()) for one in rendered.artifacts if one.path in same))
    made = difference(before.side, after.side, _catalogue(rendered.analysed), rendered.titles, unchanged=others)
    findings = ordered([*rendered.findings, *before.findings, *after.findings])
    return Diffed(difference=made or only_derived(derived), against="", findings=findings, exceptions=rendered.exceptions)


def between(first: str, second: str) -> Diffed:
    """Two folders or two files of any origin, with dashboards, rule files, notifications or provisioning; other files are passed over.

    Raises ObskitError when a path does not exist, one is a folder and the other is none, or neither of two files can be compared.
    """
    from obskit.source.files import LARGEST, regular_bytes

    for path in (first, second):
        if not os.path.exists(path):
            hint = "obskit diff A B compares two folders or two files, obskit diff REV the sources with a git revision"
            raise ObskitError(f'"{path}" does not exist', hint=hint)
    if os.path.isdir(first) != os.path.isdir(second):
        raise ObskitError(f'"{first}" and "{second}" are not alike', hint="compare two folders, or two files")
    before, after = Reading(), Reading()
    is_folder = os.path.isdir(first)
    pairs = matched(first, second, is_folder)
    same = [(path, files[1]) for path, files in pairs.items() if is_same(path, files, is_folder, (before, after))]
    findings = ordered([*before.findings, *after.findings])
    if not is_folder and not before and not after and not findings and Path(first).read_bytes() != Path(second).read_bytes():
        raise ObskitError(f'neither "{first}" nor "{second}" is a file that can be compared', hint=COMPARED)
    if not is_folder and bool(before) != bool(after) and findings:  # one state only: nothing came of it, and nothing went
        return Diffed(difference=Difference(), against=first, sides=(first, second), findings=findings)
    others = unchanged(lambda: ((path, regular_bytes(file, path, LARGEST)[0] or b"") for path, file in same if file is not None))
    made = difference(before.side, after.side, named=not is_folder, unchanged=others)
    return Diffed(difference=made, against=first, sides=(first, second), findings=findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rendered:
    """What the sources would build now, and what is wrong in them."""

    analysed: Analysed
    artifacts: tuple[Artifact, ...]
    territories: tuple[Territory, ...]
    unable: frozenset[str]
    """The formats that could not make all they should."""
    findings: tuple[Finding, ...]
    exceptions: tuple[BaseException, ...]

    def may_lack(self, path: str) -> bool:
        """Whether a file that is not there, or something in it, may only not have been made."""
        return any(one.format in self.unable and path.startswith(f"{one.folder}/") for one in self.territories)

    @property
    def titles(self) -> dict[tuple[str, str], str]:
        boards = self.analysed.project.boards
        return {(board.uid, str(panel.id)): panel.title for board in boards for panel in board.panels if panel.title}


def _rendered(settings: Settings, today: datetime.date) -> _Rendered:
    from obskit import analysis, lint, render, source
    from obskit.render.validate import findings as refused

    project = source.load(settings)
    comments = lint.comments_of(project)
    analysed = analysis.run(comments.applied(project))
    said = [*project.findings, *lint.run(analysed, today=today, comments=comments)]
    formats = render.formats(settings)
    artifacts = render.run(analysed, formats)
    told = {one.TERRITORIES[0].format: tuple(render.findings(analysed, (one,), artifacts)) for one in formats}
    unable = frozenset(name for name, found in told.items() if any(finding.severity == "error" for finding in found))
    wrong = {finding.origin for finding in said if finding.severity == "error"}
    said += [finding for found in told.values() for finding in found]
    said += [finding for finding in refused(artifacts) if finding.origin not in wrong]
    bar = settings.lint.fail
    findings = tuple(finding for finding in ordered(said) if at_least(finding.severity, bar)) if fails(said, bar) else ()
    owned = render.territories(formats)
    raised = project.exceptions
    return _Rendered(analysed=analysed, artifacts=artifacts, territories=owned, unable=unable, findings=findings, exceptions=raised)


def _read_differing(
    settings: Settings, repository: Repository, commit: str | None, rendered: _Rendered, readings: tuple[Reading, Reading]
) -> tuple[dict[str, list[str]], frozenset[str]]:
    """Reads of both sides what is not the same text; the paths of what is derived and differs, by format, and of what is the same."""
    from obskit.source.files import LARGEST
    from obskit.source.files.document import unreadable

    before, after = readings
    places = [f"{settings.out}/{folder}" for folder in dict.fromkeys(one.folder for one in rendered.territories)]
    old = {blob.path.removeprefix(f"{settings.out}/"): blob for blob in (repository.files(commit, places) if commit else ())}
    now = {artifact.path: artifact.text.encode() for artifact in rendered.artifacts}
    same = {path for path, blob in old.items() if path in now and blob.holds(now[path])}
    same |= {path for path in old if path not in now and rendered.may_lack(path)}
    derived = _derived(rendered.territories, (old.keys() | now.keys()) - same)
    left = frozenset(same & now.keys())
    same |= {path for paths in derived.values() for path in paths}
    pages = {path for path in derived.get("docs", ()) if path.startswith(RUNBOOKS) and path in old and path in now}
    wanted = [blob for path, blob in old.items() if path in pages or (path not in same and path.endswith((".json", ".yaml", ".yml")))]
    for blob, content in repository.contents(wanted, LARGEST) if wanted else _nothing():
        path = blob.path.removeprefix(f"{settings.out}/")
        name = f"{commit[:12] if commit else ''}:{blob.path}"
        if content is None:
            before.documents(path, (unreadable(name, f"the file has more than {LARGEST // 1024 // 1024} MiB", 0, "split it"),))
        elif path in pages:
            before.files.append(page(path, content.decode("utf-8", "replace")))
        else:
            before.add(path, content, name, _folder(path))
    for path, text in now.items():
        if path in pages:
            after.files.append(page(path, text.decode()))
        elif path not in same:
            after.add(path, text, f"{settings.out}/{path}", _folder(path), whole=not rendered.may_lack(path))
    return derived, left


def _derived(territories: Sequence[Territory], differing: Iterable[str]) -> dict[str, list[str]]:
    owned = [one for one in territories if one.format in DERIVED]
    found: dict[str, list[str]] = {one.format: [] for one in owned}
    for path in sorted(differing):
        for one in owned:
            if path.startswith(f"{one.folder}/") and path.endswith(one.suffix):
                found[one.format].append(path)
    return found


def _nothing() -> Iterator[tuple[Blob, bytes | None]]:
    yield from ()


def _folder(path: str) -> str:
    """The folder of a built board: the last one of its path."""
    return os.path.basename(os.path.dirname(path))


def _catalogue(analysed: Analysed) -> Catalogue:
    """Signals by their series, and owners by the names of series, span attributes and records."""
    project = analysed.project
    signals = {series: signal.name for signal in project.signals for series in signal.series_names}
    owners = {series: _known(signal.owner or signal.service.owner) for signal in project.signals for series in signal.series_names}
    for attribute in project.attributes:
        for name in (attribute.name, *attribute.aliases):
            owners[name] = tuple(dict.fromkeys((*owners.get(name, ()), *_known(attribute.service.owner))))
    for asked in analysed.recording:
        read = [read.name for read in asked.meaning.reads] if asked.meaning is not None else []
        if asked.rule is not None:
            owners[asked.rule.name] = tuple(dict.fromkeys(owner for name in read for owner in owners.get(name, ())))
    return Catalogue(signals=signals, owners=owners)


def _known(owner: str) -> tuple[str, ...]:
    return (owner,) if owner else ()
