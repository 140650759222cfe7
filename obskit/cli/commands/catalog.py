"""`obskit catalog`: what is declared, who uses it, and whether it is exposed."""

from __future__ import annotations

import click

from obskit import rooms, settings
from obskit.cli.commands._catalog_scrape import scrape
from obskit.cli.commands._catalog_uses import uses
from obskit.cli.main import SHOWS, Globals
from obskit.cli.show import _signals
from obskit.workflow.catalog import listed


@click.group(name="catalog", invoke_without_command=True)
@click.option("--format", "shown_as", default="table", type=click.Choice(tuple(_signals.LISTINGS)), help="How the signals are shown.")
@click.pass_context
def command(ctx: click.Context, shown_as: str) -> int:
    """List the signals that are declared, and ask about them.

    Without a command they are listed; the commands tell who uses one, and whether a service exposes them.

    \b
    Example:
      obskit catalog --format markdown
    """
    if ctx.invoked_subcommand is not None:
        return 0
    given: Globals = ctx.obj
    found = listed(settings.load(given.project))
    _signals.LISTINGS[shown_as](found)
    if given.traceback:
        rooms.room(SHOWS, "text").tracebacks(found.exceptions)
    return 1 if any(finding.severity == "error" for finding in found.findings) else 0


command.add_command(scrape)
command.add_command(uses)
