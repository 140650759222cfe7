"""`obskit catalog uses`."""

from __future__ import annotations

import click

from obskit import rooms, settings
from obskit.cli.main import SHOWS, Globals
from obskit.cli.show import _signals
from obskit.workflow.catalog import uses as used


@click.command(name="uses")
@click.argument("name")
@click.option("--format", "shown_as", default="text", type=click.Choice(("text", "json")), help="How the uses are shown.")
@click.pass_context
def uses(ctx: click.Context, name: str, shown_as: str) -> int:
    """Show every panel, alert and rule that a name feeds.

    NAME is a signal, one of its series, a label or a span attribute. Variables and annotations of boards are told too.

    \b
    Example:
      obskit catalog uses status_code      # what would a rename break?
    """
    given: Globals = ctx.obj
    found = used(settings.load(given.project), name)
    (_signals.uses_as_json if shown_as == "json" else _signals.uses_as_text)(found)
    if given.traceback:
        rooms.room(SHOWS, "text").tracebacks(found.exceptions)
    return 1 if any(finding.severity == "error" for finding in found.findings) else 0
