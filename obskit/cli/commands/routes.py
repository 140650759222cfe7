"""`obskit routes`: who is told of which alert."""

from __future__ import annotations

import datetime

import click

from obskit import rooms, settings
from obskit.cli.completing import environments
from obskit.cli.main import SHOWS, Globals
from obskit.cli.show import _routes
from obskit.workflow.routes import routes


@click.command(name="routes")
@click.argument("alerts", nargs=-1, metavar="[ALERT]...")
@click.option("--env", "environment", metavar="NAME", shell_complete=environments, help="Who is told in this environment.")
@click.option("--format", "shown_as", default="text", type=click.Choice(tuple(_routes.SHOWN)), help="How the answer is shown.")
@click.pass_context
def command(ctx: click.Context, alerts: tuple[str, ...], environment: str | None, shown_as: str) -> int:
    """Tell who gets which alert, and why.

    ALERT is the name of an alert; without one, all are told: the way through the routes, the receiver and its integrations, grouping
    and times, what keeps the alert quiet. Exits with 1 when one reaches nobody.

    \b
    Example:
      obskit routes ShopDown
    """
    given: Globals = ctx.obj
    project = settings.load(given.project)
    if environment is not None:
        project = project.built_for(environment)
    answer = routes(project, alerts, today=datetime.date.today())
    _routes.SHOWN[shown_as](answer, given.quiet)
    if given.traceback:
        rooms.room(SHOWS, "text").tracebacks(answer.exceptions)
    return answer.exit_code
