"""An outcome as text: one finding in at most eight lines, one closing line."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from obskit.cli.show import _words
from obskit.cli.show._folding import folded
from obskit.cli.show._words import closing, difference, one_line, printable, stranger
from obskit.errors import ObskitError, SecretError
from obskit.finding import Finding
from obskit.giveaway import given_away
from obskit.settings import env_text
from obskit.workflow.outcome import Outcome

if TYPE_CHECKING:
    from traceback import FrameSummary

    from obskit.lint import Page

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}

_HOLDERS = r"\b(Basic|DingTalk|Email|Loki|PagerDuty|Prometheus|Secret|Slack|Tempo|Tls|Webhook|WeCom(App|Robot))\b"
"""What is given secrets, or seems to be the place for one."""
_HOLDS_SECRETS = re.compile(_HOLDERS + r".*\(\) ")
"""How Python begins to say that one of them is called with what it does not take."""


_GIVEN_AWAY = "  (a line that seems to hold a secret)"


def show(outcome: Outcome, *, quiet: bool) -> None:
    """Findings and differing files on stdout, the closing line on stderr. What could be better is not told by a build."""
    for finding in folded(outcome.findings):
        if finding.severity != "info" or outcome.about:
            for line in lines(finding):
                say(line)
    if outcome.failed and not outcome.written:
        for change in outcome.differing:
            word, why = difference(change)
            say(printable(f"{word:8} {outcome.out}/{change.path}  ({why})"))
    for path in outcome.strangers:
        found = stranger(path, outcome.out)
        say(printable(f"{found.origin}: {found.severity}: {found.message} [{found.id}]"))
    if not quiet or outcome.failed:
        click.echo(closing(outcome), err=True)


def listing(pages: Iterable[Page]) -> None:
    """A table: id, level here, the first sentence."""
    rows = [(page.id, page.level or "off", page.first) for page in pages]
    width = max((len(name) for name, _, _ in rows), default=0)
    for name, level, first in rows:
        say(f"{name:{width}}  {level:7}  {printable(first)}")


def explained(page: Page) -> None:
    """One page: what it says, the examples, the level here, how to waive it."""
    say("\n".join(map(printable, "\n".join(_words.page_lines(page)).splitlines())))


def say(line: str) -> None:
    """One line on stdout, in colours where they are wanted."""
    click.echo(line, color=_is_coloured())


def tell(line: str) -> None:
    """One line on stderr: for people, not for programs."""
    click.echo(line, err=True)


def error(problem: ObskitError) -> None:
    """The one message of a run that was impossible, on stderr."""
    place = f"{printable(str(problem.origin))}: " if problem.origin else "obskit: "
    click.echo(f"{place}error: {one_line(problem.message)}", err=True)
    if problem.hint:
        click.echo(f"    hint: {one_line(problem.hint)}", err=True)


def tracebacks(exceptions: Iterable[BaseException]) -> None:
    """The exceptions of the author's own modules in full, on stderr; without source and messages that hold a secret."""
    for exception in exceptions:
        for line in "".join(_without_secrets(exception)).splitlines():
            click.echo(_GIVEN_AWAY if given_away(line) else printable(line), err=True)


def _without_secrets(exception: BaseException) -> Iterator[str]:
    """The traceback of an exception and of those behind it.

    Without the source where one of them is a SecretError, or the wrong call of what is given secrets; without the line of a
    syntax error in a file that names one of those; else without lines that seem to hold a secret.
    """
    import traceback

    chain = [exception]
    for one in chain:
        behind = (one.__cause__, one.__context__, *(one.exceptions if isinstance(one, BaseExceptionGroup) else ()))
        chain += [other for other in behind if other is not None and all(other is not seen for seen in chain)]
    holds = any(isinstance(one, SecretError) or _HOLDS_SECRETS.match(str(one)) for one in chain)
    told = traceback.TracebackException.from_exception(exception, compact=True)
    waiting = [told]
    while waiting:
        trace = waiting.pop()
        waiting += [other for other in (trace.__cause__, trace.__context__, *(trace.exceptions or ())) if other is not None]
        if holds or any(map(_gives_away, trace.stack)):
            places = [(frame.filename, frame.lineno or 0, frame.name, "") for frame in trace.stack]
            trace.stack = traceback.StackSummary.from_list(places)
        if getattr(trace, "text", None) and (holds or _names_holders(trace.filename or "")):  # of a syntax error
            trace.text = None  # type: ignore[assignment]  # as it is where there is no text, says traceback itself
    yield from told.format()


def _names_holders(path: str) -> bool:
    """Whether the file names what is given secrets."""
    import linecache

    return re.search(_HOLDERS, "".join(linecache.getlines(path))) is not None


def _gives_away(frame: FrameSummary) -> bool:
    """Whether a line that a traceback shows of the frame seems to hold a secret: of a call, all lines."""
    import linecache

    first = frame.lineno or 0
    return any(given_away(linecache.getline(frame.filename, line)) for line in range(first, (frame.end_lineno or first) + 1))


def lines(finding: Finding) -> Iterator[str]:
    """A finding: its place and message, where in the declaration, the query with a caret, the hint."""
    origin = finding.origin
    place = f"{printable(str(origin))}: " if origin else ""
    yield f"{place}{_coloured(finding.severity)}: {one_line(finding.message)} [{finding.id}]"
    if within := _words.inside(finding):
        yield f"    {one_line(within)}"
    if finding.query:
        above, below = _words.around(finding.query, finding.span)
        shown, *carets = _words.excerpt(finding.query, finding.span)
        yield from (f"    {line}" for line in (*above, shown))
        for line in carets:
            before = len(line) - len(line.lstrip())
            yield "    " + line[:before] + click.style(line[before:], fg="green")
        yield from (f"    {line}" for line in below)
    if finding.hint:
        yield f"    hint: {one_line(finding.hint)}"


def _is_coloured() -> bool:
    """Whether to use colours: never with NO_COLOR, always with FORCE_COLOR or CLICOLOR_FORCE, else on a terminal that has them.

    By the conventions of no-color.org, force-color.org and bixense.com/clicolors: a variable counts when it is not empty, and
    those that force or allow colours when they are not 0 either.
    """
    if env_text("NO_COLOR"):
        return False
    if any(env_text(name) not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return sys.stdout.isatty() and env_text("CLICOLOR") != "0" and env_text("TERM") != "dumb"


def _coloured(severity: str) -> str:
    return click.style(severity, fg=_COLOURS[severity], bold=True)
