"""`obskit init`: a project that builds and lints at once; nothing that is there already is touched."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from obskit import __version__
from obskit import settings as reading
from obskit.errors import ObskitError
from obskit.finding import Finding
from obskit.settings import FILE
from obskit.workflow.outcome import Outcome, fails
from obskit.workflow.scrape import Scraped, read_metrics

_OWNER = "put whose repository of obskit you use for OWNER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What was made: `files` that were written, `kept` files with the lines that they might get, and what to do `next`.

    `notes` are what the reader should know besides. Without `files`, `outcome` has the findings that prevented them.
    """

    outcome: Outcome
    files: tuple[str, ...] = ()
    kept: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()
    next: tuple[str, ...] = ()


def init(folder: str, *, name: str = "", job: str = "", metrics: Scraped | None = None) -> Begun:
    """Writes the files of a first project into `folder`, which need not exist.

    The service is called like the folder when no `name` is given, its scrape job like the service. With `metrics` the catalogue
    and the board are made of what they show; nothing is written when these are malformed. Raises ObskitError when a name is
    none, OutputError when a file exists already or cannot be written.
    """
    from obskit.authoring import SHARED, Metrics, first_project
    from obskit.store.fresh import write_all_fresh

    root = Path(os.path.abspath(folder))
    if not name and not root.name:
        raise ObskitError(f'"{folder}" has no name to call the service by', hint="give one: --name shop")
    findings: tuple[Finding, ...] = ()
    exposed = None
    if metrics is not None:
        from obskit.lint.checks.cardinality import is_large
        from obskit.lint.names import faults

        read, findings = read_metrics(metrics)
        if fails(findings, "error"):
            return Begun(outcome=Outcome(findings=findings, failed=True, about="nothing was written"))
        if not read.families:
            hint = "is the address right, and did the command before a | succeed?"
            raise ObskitError(f"{metrics.source} holds no metric", hint=hint)
        exposed = Metrics(exposition=read, unusual=faults, large=is_large)
    rules, dashboards, out = _folders(root)
    project = first_project(
        name or root.name, job=job, metrics=exposed, version=__version__, rules=rules, dashboards=dashboards
    )
    there = [path for path in SHARED if os.path.lexists(root / path)]
    written = {path: text for path, text in project.files.items() if path not in there}
    write_all_fresh(str(root), written)
    kept = tuple((path, _lines(root / path, project.files[path])) for path in there)
    steps = () if root == Path.cwd() else (f"cd {_shell(folder)}",)
    return Begun(
        outcome=Outcome(findings=findings),
        files=tuple(sorted(written)),
        kept=tuple((path, lines) for path, lines in kept if lines),
        notes=(*_notes(root), *(f"{path}: {_OWNER}" for path in written if "/OWNER/" in written[path])),
        next=(*steps, "obskit build", f"import {out}/{project.board} into Grafana (Dashboards, New, Import)"),
    )


def _folders(root: Path) -> tuple[str, str, str]:
    """The source folders and the output folder of a project that is there already, or the default ones."""
    if not (root / FILE).is_file():
        return reading.RULES[0], reading.DASHBOARDS[0], "build"
    settings = reading.load(root)
    return (*settings.rules, *reading.RULES)[0], (*settings.dashboards, *reading.DASHBOARDS)[0], settings.out


def _lines(path: Path, ours: str) -> tuple[str, ...]:
    """What a file that is there already may get of ours: nothing where it speaks of obskit, else the lines that it lacks."""
    try:
        theirs = path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return tuple(ours.splitlines())
    if path.suffix:
        return () if "obskit" in theirs else tuple(ours.splitlines())
    return tuple(line for line in ours.splitlines() if line not in theirs.splitlines())


def _notes(root: Path) -> list[str]:
    """Where git's folder is above, GitHub looks for workflows there."""
    if (root / ".git").exists() or not any((parent / ".git").exists() for parent in root.parents):
        return []
    return ["the repository begins above: GitHub reads workflows there; move .github and give the job a working-directory"]


def _shell(folder: str) -> str:
    """The folder as a shell takes it."""
    import shlex

    return shlex.quote(folder)
