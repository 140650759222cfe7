"""An outcome as workflow commands of GitHub Actions, which become annotations on the lines meant; the closing line on stderr.

Format: "Workflow commands for GitHub Actions" in GitHub's documentation, and how its toolkit escapes them. The runner takes a
command only at the beginning of a line, cuts messages after 4096 characters (ours are shorter), and makes annotations of the
first ten errors, warnings and notices of a step each; the log has them all. So findings that belong together are shown as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import click

from obskit.cli.show._folding import folded
from obskit.cli.show._places import Places
from obskit.cli.show._words import closing, everything, excerpt, inside, one_line, printable
from obskit.finding import SEVERITIES, Finding
from obskit.workflow.outcome import Outcome

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_IN_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
_SHOWN = 10
"""Annotations of a kind that GitHub makes of the output of one step."""


def show(outcome: Outcome, *, quiet: bool) -> None:
    """One command for each finding, each file that differs and each stranger."""
    findings = tuple(folded(tuple(everything(outcome))))
    places = Places(outcome)
    for finding in findings:
        click.echo(_command(finding, places), color=False)
    if not quiet or outcome.failed:
        click.echo(closing(outcome), err=True, color=False)
        if beyond := ", ".join(_beyond(findings)):
            click.echo(f"GitHub shows the first {_SHOWN} of {beyond} as annotations; the log above has them all", err=True, color=False)


def _command(finding: Finding, places: Places) -> str:
    properties: dict[str, str | int] = {"title": printable(finding.id)}
    if finding.origin:
        region = places.of(finding)
        line: dict[str, str | int] = {"line": region.line} if region else {}
        marked: dict[str, str | int] = {"col": region.start, "endColumn": region.end - 1} if region and region.is_marked else {}
        properties = {"file": printable(places.path(finding.origin.path)), **line, **marked, **properties}
    given = ",".join(f"{name}={str(value).translate(_IN_PROPERTY)}" for name, value in properties.items())
    text = "\n".join(_lines(finding))
    return f"::{_COMMANDS[finding.severity]} {given}::{text.translate(_IN_TEXT)}"


def _lines(finding: Finding) -> Iterator[str]:
    yield one_line(finding.message)
    if within := inside(finding):
        yield one_line(within)
    if finding.query:
        yield from map(printable, excerpt(finding.query, finding.span))
    if finding.hint:
        yield f"hint: {one_line(finding.hint)}"


def _beyond(findings: tuple[Finding, ...]) -> Iterator[str]:
    counts = Counter(finding.severity for finding in findings)
    yield from (f"{counts[severity]} {_COMMANDS[severity]}s" for severity in SEVERITIES if counts[severity] > _SHOWN)
