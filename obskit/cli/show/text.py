"""An outcome as text: one finding in at most six lines, one closing line."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

import click

from obskit.change import Change
from obskit.errors import ObskitError
from obskit.finding import SEVERITIES, Finding
from obskit.settings import env_flag
from obskit.workflow.outcome import Outcome

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}
_WORDS = {"changed": "stale", "added": "missing", "removed": "foreign"}
_WIDTH = 116
_LONGEST = 400


def show(outcome: Outcome, *, quiet: bool) -> None:
    """Findings and differing files on stdout, the closing line on stderr."""
    for finding in outcome.findings:
        for line in _lines(finding):
            _echo(line)
    if outcome.failed and not outcome.written:
        for change in outcome.differing:
            _echo(_difference(change, outcome.out))
    for stranger in outcome.strangers:
        _echo(_printable(f"{outcome.out}/{stranger}: warning: not a file of obskit's, in a folder that it owns; left alone [stranger]"))
    if not quiet or outcome.failed:
        click.echo(_closing(outcome), err=True)


def error(problem: ObskitError) -> None:
    """The one message of a run that was impossible, on stderr."""
    place = f"{_printable(str(problem.origin))}: " if problem.origin else "obskit: "
    click.echo(f"{place}error: {_one_line(problem.message)}", err=True)
    if problem.hint:
        click.echo(f"    hint: {_one_line(problem.hint)}", err=True)


def tracebacks(exceptions: Iterable[BaseException]) -> None:
    """The exceptions of the author's own modules in full, on stderr."""
    import traceback

    for exception in exceptions:
        for line in "".join(traceback.format_exception(exception)).splitlines():
            click.echo(_printable(line), err=True)


def _lines(finding: Finding) -> Iterator[str]:
    origin = finding.origin
    place = f"{_printable(str(origin))}: " if origin else ""
    yield f"{place}{_coloured(finding.severity)}: {_one_line(finding.message)} [{finding.id}]"
    inside = [origin.where] if origin and origin.where and origin.where not in finding.message else []
    inside += [f"called from {origin.caller}"] if origin and origin.caller else []
    if inside:
        lead = "" if inside[0].startswith("called") else "in "
        yield f"    {lead}{_one_line(', '.join(inside))}"
    if finding.query:
        yield from _excerpt(finding.query, finding.span)
    if finding.hint:
        yield f"    hint: {_one_line(finding.hint)}"


def _excerpt(query: str, span: tuple[int, int] | None) -> Iterator[str]:
    """The line of the query that the span begins in, cut to the screen, with a caret under it."""
    start, end = span if span is not None else (0, 0)
    first = query.rfind("\n", 0, start) + 1
    last = query.find("\n", start)
    line = query[first : last if last >= 0 else len(query)]
    start, end = start - first, min(end - first, len(line))
    left = max(0, start - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[left : left + _WIDTH].replace("\t", " ")
    lead, tail = ("…" if left else ""), ("…" if left + _WIDTH < len(line) else "")
    yield f"    {lead}{_printable(shown)}{tail}"
    if span is not None:
        before = _columns(lead + shown[: start - left])
        yield "    " + " " * before + click.style("^" * max(1, _columns(shown[start - left : end - left])), fg="green")


def _difference(change: Change, out: str) -> str:
    word = _WORDS[change.kind]
    made = "no module makes it" if change.kind == "removed" else "made by " + ", ".join(change.sources)
    return _printable(f"{word:8} {out}/{change.path}  ({made})")


def _closing(outcome: Outcome) -> str:
    counts = Counter(finding.severity for finding in outcome.findings)
    said = ", ".join(_count(counts[severity], severity) for severity in SEVERITIES if counts[severity])
    differing = len(outcome.differing)
    if outcome.failed and not outcome.changes:
        return f"{said} in {_count(outcome.modules, 'module')}; nothing was written"
    total = _count(sum(change.kind != "removed" for change in outcome.changes), "file")
    if outcome.failed:
        mend = "run obskit build and commit the result"
        return f"{total}, {differing} out of date: {mend}" + (f" ({said})" if said else "")
    return f"{total}, {differing} changed" + (f"; {said}" if said else "")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("s" if number != 1 and thing != "info" else "")


def _coloured(severity: str) -> str:
    return click.style(severity, fg=_COLOURS[severity], bold=True)


def _echo(line: str) -> None:
    click.echo(line, color=False if env_flag("NO_COLOR") or not sys.stdout.isatty() else None)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return _printable(line if len(line) <= _LONGEST else line[:_LONGEST] + "…")


def _printable(text: str) -> str:
    """Control characters, which a terminal would obey, made visible."""
    return "".join(character if character.isprintable() else "�" for character in text)


def _columns(text: str) -> int:
    """How many columns a terminal gives the text."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text if not unicodedata.combining(character))
