"""`obskit diff`."""

from __future__ import annotations

import datetime
import os

import click

from obskit import rooms, settings
from obskit.cli.main import SHOWS, Globals

FORMATS = ("text", "markdown", "json")


@click.command(name="diff")
@click.argument("sides", nargs=-1, metavar="[REV | A B]")
@click.option("--format", "shown_as", default="text", type=click.Choice(FORMATS), help="How the difference is shown.")
@click.pass_context
def command(ctx: click.Context, sides: tuple[str, ...], shown_as: str) -> int:
    """Tell in words what a change does.

    Without arguments, what would be built now is compared with the output folder at git HEAD; with REV, with the one at that
    revision. Dashboards and rules are told in words, Grafana's provisioning, Alertmanager's configuration and the like by keys or
    by name. A and B are two folders or two files of them, whoever made them; other files in folders are passed over. Nothing is
    written. The
    difference goes to stdout; 0 is returned when there is none, 1 when there is.

    \b
    Example:
      obskit diff origin/main --format markdown      # for a pull request
    """
    from obskit.cli.show import _differences
    from obskit.workflow import diff  # which brings a parser

    given: Globals = ctx.obj
    if len(sides) > 2:
        raise click.UsageError("at most two sides are compared: obskit diff [REV | A B]", ctx)
    if len(sides) == 2:
        found = diff.between(*sides)
    else:
        project = settings.load(given.project)
        if sides and os.path.exists(sides[0]) and not diff.is_revision(project, sides[0]):
            hint = f"to compare it with another one: obskit diff {sides[0]} OTHER"
            raise click.UsageError(f'"{sides[0]}" is a path and no git revision; {hint}', ctx)
        found = diff.against_revision(project, *sides, today=datetime.date.today())
    _differences.SHOWS[shown_as](found, quiet=given.quiet)
    if given.traceback:
        rooms.room(SHOWS, "text").tracebacks(found.exceptions)
    return found.exit_code
