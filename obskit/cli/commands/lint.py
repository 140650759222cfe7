"""`obskit lint`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from obskit import rooms, settings
from obskit.cli.completing import check_ids
from obskit.cli.main import SHOWS, Globals
from obskit.errors import ObskitError
from obskit.finding import MEANINGS
from obskit.settings import BARS
from obskit.workflow.lint import lint, page, pages

_EPILOG = "\b\nSeverities:\n" + "\n".join(f"  {severity:8} {meaning}" for severity, meaning in MEANINGS.items())


def _ids(ctx: click.Context, option: click.Parameter, given: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG001  # click's signature
    """The ids of an option that may be given again, or take several with commas."""
    return tuple(dict.fromkeys(part.strip() for text in given for part in text.split(",") if part.strip()))


@click.command(name="lint", epilog=_EPILOG)
@click.option(
    "--select", multiple=True, metavar="ID,…", callback=_ids, shell_complete=check_ids, help="Only these checks; may be given again."
)
@click.option("--ignore", multiple=True, metavar="ID,…", callback=_ids, shell_complete=check_ids, help="Not these checks.")
@click.option("--all-envs", "everywhere", is_flag=True, help="The project as it is in every environment, too.")
@click.option("--list", "listing", is_flag=True, help="List all checks and the level each has here.")
@click.option("--explain", metavar="ID", shell_complete=check_ids, help="Tell what a check says, with examples.")
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Do not show the findings that are in this file.")
@click.option("--write-baseline", "write", is_flag=True, help="Put today's findings into that file.")
@click.option("--fail-on", type=click.Choice(BARS), help="What fails: findings of this severity or graver; else as in the settings.")
@click.option("--format", "shown_as", default="text", type=click.Choice(rooms.names(SHOWS)), help="How findings are shown.")
@click.pass_context
def command(ctx: click.Context, /, baseline: Path | None, write: bool, shown_as: str, **options: Any) -> int:
    """Check the project, and write nothing.

    Every check runs, also those whose findings a build does not show. A build finds the same errors and warnings, and
    besides what a format cannot deliver.

    \b
    Example:
      obskit lint --select unknown-metric,panel-unit
    """
    given: Globals = ctx.obj
    if options["listing"] or options["explain"]:
        return _told(given.project, options["explain"], shown_as)
    if write and baseline is None:
        raise ObskitError("--write-baseline needs --baseline FILE", hint="obskit lint --baseline known.json --write-baseline")
    project = settings.failing(settings.load(given.project), options["fail_on"])
    chosen = {name: options[name] for name in ("select", "ignore", "everywhere")}
    outcome = lint(project, today=datetime.date.today(), baseline=baseline, write=write, **chosen)
    rooms.room(SHOWS, shown_as).show(outcome, quiet=given.quiet)
    if given.traceback:
        rooms.room(SHOWS, "text").tracebacks(outcome.exceptions)
    return outcome.exit_code


def _told(project: str, explain: str | None, shown_as: str) -> int:
    show = rooms.room(SHOWS, shown_as)
    if not hasattr(show, "listing"):
        call = f"--explain {explain}" if explain else "--list"
        raise ObskitError(f"--list and --explain are shown as text or json, not as {shown_as}", hint=f"obskit lint {call} --format json")
    here = settings.load(project)
    if explain:
        show.explained(page(here, explain))
    else:
        show.listing(pages(here))
    return 0
