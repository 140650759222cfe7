"""`obskit build`."""

from __future__ import annotations

import datetime

import click

from obskit import rooms, settings
from obskit.cli.completing import environments, formats
from obskit.cli.main import SHOWS, Globals
from obskit.finding import Severity
from obskit.settings import BARS
from obskit.workflow import build


@click.command(name="build")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 and name each stale, missing or foreign file.")
@click.option("--only", multiple=True, metavar="FORMAT", shell_complete=formats, help="Only this enabled format; may be given again.")
@click.option(
    "--env", "environment", metavar="NAME", shell_complete=environments, help="Build for this environment, into build/env/NAME."
)
@click.option("--no-cache", is_flag=True, help="Build in full even if nothing seems to have changed.")
@click.option("--fail-on", type=click.Choice(BARS), help="What fails: findings of this severity or graver; else as in the settings.")
@click.option("--format", "shown_as", default="text", type=click.Choice(rooms.names(SHOWS)), help="How findings are shown.")
@click.pass_context
def command(
    ctx: click.Context,
    check: bool,
    only: tuple[str, ...],
    environment: str | None,
    no_cache: bool,
    fail_on: Severity | None,
    shown_as: str,
) -> int:
    """Write dashboards and rules into the output folder.

    Nothing is written unless everything is good. With --check nothing is written at all, which is what CI wants.

    \b
    Example:
      obskit build --check      # in CI: is what is in git what the sources say?
    """
    given: Globals = ctx.obj
    project = settings.failing(settings.load(given.project), fail_on)
    if environment is not None:
        project = project.built_for(environment)
    outcome = build(project, today=datetime.date.today(), check=check, only=only, use_cache=not no_cache)
    rooms.room(SHOWS, shown_as).show(outcome, quiet=given.quiet)
    if given.traceback:
        rooms.room(SHOWS, "text").tracebacks(outcome.exceptions)
    return outcome.exit_code
