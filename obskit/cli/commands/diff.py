"""`obskit diff`."""

from __future__ import annotations

import datetime
import os

import click

from obskit import rooms, settings
from obskit.cli.completing import environments, files
from obskit.cli.main import SHOWS, Globals

FORMATS = ("text", "markdown", "json")


@click.command(name="diff")
@click.argument("sides", nargs=-1, metavar="[REV | A B]", shell_complete=files)
@click.option("--env", "environment", metavar="NAME", shell_complete=environments, help="Compare what is built for this environment only.")
@click.option("--format", "shown_as", default="text", type=click.Choice(FORMATS), help="How the difference is shown.")
@click.option(
    "--at-most",
    type=click.IntRange(min=1000),
    metavar="BYTES",
    help="Cut markdown to this size, and say what is left out: a comment on GitHub takes 65536.",
)
@click.pass_context
def command(ctx: click.Context, sides: tuple[str, ...], environment: str | None, shown_as: str, at_most: int | None) -> int:
    """Tell in words what a change does.

    Without arguments, what would be built now is compared with the output folder at git HEAD; with REV, with the one at that
    revision. So is every environment with a folder there or here: told is what it changes otherwise than the portable build. A and
    B are two folders or two files with dashboards, rule files, notifications or provisioning, whoever made them. Nothing is
    written. The difference goes to stdout; 0 is returned when there is none, 1 when there is.

    \b
    Example:
      obskit diff origin/main --format markdown      # for a pull request
    """
    from obskit.cli.show import _differences
    from obskit.workflow import diff  # which brings a parser

    given: Globals = ctx.obj
    if at_most is not None and shown_as != "markdown":
        raise click.UsageError("only markdown is cut: obskit diff --format markdown --at-most 65536", ctx)
    if len(sides) > 2:
        raise click.UsageError("at most two sides are compared: obskit diff [REV | A B]", ctx)
    if "" in sides:
        raise click.UsageError("a side is empty, as a variable is that nobody set: obskit diff [REV | A B]", ctx)
    if len(sides) == 2 and environment is not None:
        raise click.UsageError(f"two sides are compared as they are: obskit diff --env {environment} [REV]", ctx)
    if len(sides) == 2:
        found = diff.between(*sides)
    else:
        project = settings.load(given.project)
        if sides and os.path.exists(sides[0]) and not diff.is_revision(project, sides[0]):
            hint = f"to compare it with another one: obskit diff {sides[0]} OTHER"
            raise click.UsageError(f'"{sides[0]}" is a path and no git revision; {hint}', ctx)
        project = project.built_for(environment) if environment is not None else project
        found = diff.against_revision(project, *sides, today=datetime.date.today())
    options = {"at_most": at_most} if at_most is not None else {}
    _differences.SHOWS[shown_as](found, quiet=given.quiet, **options)
    if given.traceback:
        rooms.room(SHOWS, "text").tracebacks(found.exceptions)
    return found.exit_code
