"""An outcome as one JSON object on stdout, for programs.

Its keys are meant to last; others may join them. Always there: `findings` (each with `id`, `severity`, `message`, `hint`,
`path`, `line`, `where`, `caller`, `query`, `span`: start and end in the query), `changes` (`path`, `kind`, `sources`),
`files`, `written`, `exit_code`. A command that builds nothing adds `about`, what it looked at, and `known`, how many findings
the baseline has. Paths are relative to the project; what is not known is null, or an empty text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from obskit.finding import Finding
from obskit.workflow.outcome import Outcome

if TYPE_CHECKING:
    from obskit.lint import Page


def show(outcome: Outcome, *, quiet: bool) -> None:  # noqa: ARG001  # the same call for every way to show
    """Findings, files that differ, and the exit code."""
    data: dict[str, Any] = {
        "findings": [finding_data(finding) for finding in outcome.findings],
        "changes": [
            {"path": f"{outcome.out}/{change.path}", "kind": change.kind, "sources": list(change.sources)} for change in outcome.differing
        ],
        "files": len(outcome.changes),
        "written": outcome.written,
        "exit_code": outcome.exit_code,
    }
    if outcome.about:
        data |= {"about": outcome.about, "known": outcome.known}
    dump(data)


def listing(pages: Iterable[Page]) -> None:
    """The pages as a list, without their examples."""
    dump([{"id": page.id, "level": page.level or "off", "usual": page.usual, "says": page.first} for page in pages])


def explained(page: Page) -> None:
    """One page with all there is."""
    parts = {"prose": page.prose, "settings": page.settings, "bad": page.bad, "good": page.good, "waivable": page.waivable}
    dump({"id": page.id, "level": page.level or "off", "usual": page.usual, "says": page.first, **parts})


def dump(data: Any) -> None:
    """Prints JSON; in ASCII, which is safe on any terminal, whatever a title holds."""
    click.echo(json.dumps(data, indent=2))


def line(data: Any) -> None:
    """Prints JSON on one line and hands it over at once, for a program that waits for it."""
    click.echo(json.dumps(data, separators=(",", ":")))


def finding_data(finding: Finding) -> dict[str, Any]:
    origin = finding.origin
    return {
        "id": finding.id,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
        "path": origin.path if origin else None,
        "line": origin.line or None if origin else None,
        "where": origin.where if origin else "",
        "caller": origin.caller if origin else "",
        "query": finding.query,
        "span": list(finding.span) if finding.span else None,
    }
