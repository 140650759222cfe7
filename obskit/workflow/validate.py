"""`obskit validate`: foreign files through the same analysis and the same checks as a project's own."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from obskit import settings as reading
from obskit.counted import counted
from obskit.errors import ObskitError
from obskit.finding import ordered
from obskit.settings import FILE, Settings
from obskit.workflow.outcome import Outcome, fails

STDIN = "-"
MOST = 32 * 1024 * 1024
"""Bytes of standard input that are read, as of a file; what is longer is refused."""
ENDINGS = (".json", ".yaml", ".yml")
"""Of the files that are looked for in folders."""

LENIENT = {
    **dict.fromkeys(("duplicate-alert", "duplicate-panel-id", "off-grid", "panel-overlap"), "warning"),
    **dict.fromkeys(("missing-uid", "panel-description", "panel-title", "panel-unit", "hard-coded-datasource"), "info"),
}
"""Levels unless the settings say others: of what Prometheus and Grafana take and mend, and of what is a matter of taste."""

_TOLD = ("logql-unchecked",)
"""Checks whose say is told file by file already."""
_SKIPPED = frozenset(["node_modules", "__pycache__"])


def validate(
    paths: Sequence[str],
    *,
    project: str,
    today: datetime.date,
    catalogs: Sequence[str] = (),
    stdin: bytes = b"",
    baseline: Path | None = None,
    write: bool = False,
) -> Outcome:
    """What there is to say of the files and folders `paths`, of which `-` is what came in as `stdin`.

    The settings are those of the project in or above the folder `project`, or the defaults where there is none. `catalogs` name
    folders, modules or packages with the signals that queries may use; without one, no metric is unknown. Findings that the file
    `baseline` has are only counted; `write` puts today's there, and leaves what it has of other files. Raises ObskitError when a path
    or a catalogue does not exist, the settings are wrong, or the baseline is missing or is none.
    """
    from obskit import analysis, lint
    from obskit.source.files import Gathering, read, read_file, signals
    from obskit.workflow.known import Known

    known = Known.read(baseline, write=write, command="validate …")
    settings = near(project)
    declared = [signals(settings, name) for name in catalogs]
    records = (rule.name for one in declared for file in one.rule_files for _, rule in file.rules() if rule.kind == "record")
    external = (*settings.lint.external, *map(re.escape, sorted(set(records))))
    settings = replace(settings, lint=replace(settings.lint, external=external))
    gathering = Gathering(settings)
    for name, path in _files(paths):
        if path is None:
            gathering.add(read(stdin, name), name)
        else:
            gathering.add(read_file(path, name), name, path.parent)
    gathered = gathering.gathered
    whole = replace(
        gathered.project(settings),
        signals=tuple(signal for one in declared for signal in one.signals),
        attributes=tuple(attribute for one in declared for attribute in one.attributes),
        services=tuple(service for one in declared for service in one.services),
        faults=tuple(fault for one in declared for fault in one.faults),
    )
    analysed = analysis.run(whole)
    own = [finding for one in declared for finding in one.findings]
    findings = ordered([*own, *gathered.findings, *gathered.untested(), *lint.run(analysed, today=today, ignore=_TOLD)])
    about = f"{counted(len(gathered.names), 'file')}, {counted(len(analysed.queries) + len(analysed.traces), 'query')}"
    held = known.held_against(findings, _covered(gathered.names))
    shown = ordered([*held.new, *held.told])
    return Outcome(findings=shown, failed=fails(shown, settings.lint.fail), about=about, known=held.known, exceptions=whole.exceptions)


def _covered(names: Iterable[str]) -> Callable[[tuple[str, str, str, str]], bool]:
    """Whether an entry of a baseline is of a file that was read, or of one that is gone."""
    read = frozenset(names)
    return lambda identity: identity[1] in read or not os.path.exists(identity[1])


def near(project: str, lenient: Mapping[str, str] = LENIENT) -> Settings:
    """The settings of the project that is near, else the defaults, which leave open which Prometheus the files are for.

    `lenient` are the levels unless the settings say others.
    """
    folder = Path(os.path.abspath(project))
    near = not folder.is_dir() or any((one / FILE).is_file() for one in (folder, *folder.parents))
    found = reading.load(project) if near else Settings(root=folder)
    levels = {**lenient, **({} if near else {"prometheus-version": "warning"}), **found.lint.levels}
    return replace(found, lint=replace(found.lint, levels=levels))


def _files(paths: Iterable[str]) -> Iterator[tuple[str, Path | None]]:
    """Each file once: its name as messages show it, and its path; none for what comes from standard input."""
    seen: set[str] = set()
    for given in paths:
        if given == STDIN:
            found: list[Path | None] = [None]
        elif os.path.isdir(given):
            found = [*inside(given)]
        elif os.path.exists(given):
            found = [Path(given)]
        else:
            raise ObskitError(f'"{given}" does not exist', hint="name files or folders, or - for standard input")
        if not found:
            raise ObskitError(f'there is no file in "{given}"', hint="looked for are " + ", ".join(f"*{ending}" for ending in ENDINGS))
        for path in found:
            real = os.path.realpath(path) if path else STDIN
            if real not in seen:
                seen.add(real)
                yield (path.as_posix(), path) if path else ("<stdin>", None)


def inside(folder: str) -> list[Path]:
    """The files of a folder and those below it, sorted; hidden ones and links to folders are not followed."""
    found = []
    for at, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _SKIPPED]
        found += [Path(at, name) for name in names if name.endswith(ENDINGS) and not name.startswith(".")]
    return sorted((path for path in found if path.is_file()), key=lambda path: path.as_posix())
