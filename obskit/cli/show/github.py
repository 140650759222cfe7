"""An outcome as workflow commands of GitHub Actions, which become annotations on the lines meant; the closing line on stderr.

Format: "Workflow commands for GitHub Actions" in GitHub's documentation, and how its toolkit escapes them.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from obskit.cli.show._words import closing, everything, excerpt, from_here, inside, one_line, printable
from obskit.finding import Finding
from obskit.workflow.outcome import Outcome

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_IN_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def show(outcome: Outcome, *, quiet: bool) -> None:
    """One command for each finding, each file that differs and each stranger."""
    for finding in everything(outcome):
        click.echo(_command(finding, outcome), color=False)
    if not quiet or outcome.failed:
        click.echo(closing(outcome), err=True, color=False)


def _command(finding: Finding, outcome: Outcome) -> str:
    origin = finding.origin
    properties = {"title": finding.id}
    if origin:
        line = {"line": str(origin.line)} if origin.line else {}
        properties = {"file": from_here(origin.path, outcome), **line, **properties}
    given = ",".join(f"{name}={value.translate(_IN_PROPERTY)}" for name, value in properties.items())
    text = "\n".join(_lines(finding)).translate(_IN_TEXT)
    return f"::{_COMMANDS[finding.severity]} {given}::{text}"


def _lines(finding: Finding) -> Iterator[str]:
    yield one_line(finding.message)
    if within := inside(finding):
        yield one_line(within)
    if finding.query:
        yield from map(printable, excerpt(finding.query, finding.span))
    if finding.hint:
        yield f"hint: {one_line(finding.hint)}"
