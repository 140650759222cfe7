"""`obskit catalog scrape`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from obskit import rooms, settings
from obskit.cli.completing import files
from obskit.cli.main import SHOWS, Globals

if TYPE_CHECKING:
    from obskit.exposition import Format


@click.command(name="scrape")
@click.argument("place", metavar="FILE|URL", shell_complete=files)
@click.option("--service", default="", metavar="NAME", help="Miss only this service's signals; with --write, its name.")
@click.option("--write", default="", metavar="PATH", shell_complete=files, help="Make a first catalogue module of it, and compare nothing.")
@click.option("--as", "form", default=None, type=click.Choice(["text", "openmetrics"]), help="Read it as this, whatever it seems.")
@click.option("--format", "shown_as", default="text", type=click.Choice(rooms.names(SHOWS)), help="How findings are shown.")
@click.pass_context
def scrape(ctx: click.Context, place: str, service: str, write: str, form: Format | None, shown_as: str) -> int:
    """Compare what a service exposes with its signals.

    FILE is a metrics text, - standard input. What breaks the rules of the format is found too, without any catalogue. With
    --write rules_src/catalog/shop.py a first catalogue is made of what is exposed, and nothing is compared.

    \b
    Example:
      obskit catalog scrape http://localhost:8000/metrics --service shop
    """
    import obskit.workflow.scrape as workflow  # which reads the network's libraries: other commands do without

    given: Globals = ctx.obj
    project = None if write else settings.load(given.project)
    text = workflow.streamed(sys.stdin.buffer) if place == "-" else workflow.scraped(place)
    if project is None:
        outcome = workflow.write_catalogue(text, write, service=service, form=form)
    else:
        outcome = workflow.scrape(project, text, service=service, form=form)
    rooms.room(SHOWS, shown_as).show(outcome, quiet=given.quiet)
    if given.traceback:
        rooms.room(SHOWS, "text").tracebacks(outcome.exceptions)
    return outcome.exit_code
