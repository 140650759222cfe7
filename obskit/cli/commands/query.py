"""`obskit query`."""

from __future__ import annotations

import datetime
import sys
from typing import TYPE_CHECKING

import click

from obskit import rooms, settings
from obskit.cli.lines import texts
from obskit.cli.main import SHOWS, Globals
from obskit.cli.show import _answers
from obskit.workflow.query import answering

if TYPE_CHECKING:
    from obskit.analysis import Place
    from obskit.workflow.query import Answer

_PLACES = ("panel", "alert", "record")
_WHERE = "Where the query stands: what is right in a panel can be wrong in an alert."


@click.command(name="query")
@click.argument("language", type=click.Choice(("promql", "traceql")))
@click.argument("text", required=False)
@click.option("--as", "place", default="panel", type=click.Choice(_PLACES), help=_WHERE)
@click.option("--format", "shown_as", default="text", type=click.Choice(("text", "json")), help="How the answer is shown.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_context
def command(ctx: click.Context, language: str, text: str | None, place: Place, shown_as: str, as_json: bool) -> int:
    """Explain one query: what it yields, what is wrong with it.

    It is read by the signals of the project, if there is one. Without TEXT the query is read from stdin. With --json and TEXT
    "-", each line of stdin is a JSON string and is answered by one JSON object, in order. A module that cannot be loaded is told
    with every answer, and fails the command.

    \b
    Example:
      obskit query promql 'sum by (job) (rate(shop_requests_total[5m]))'
    """
    given: Globals = ctx.obj
    answer = answering(settings.near(given.project), language, today=datetime.date.today(), place=place)
    answered: Answer | None = None
    as_json = as_json or shown_as == "json"
    if text == "-" and as_json:
        fine = True
        for asked in texts():
            if asked.text is None:
                _answers.as_bad_line(asked.problem)
                fine = False
                continue
            answered = answer(asked.text)
            _answers.as_line(answered)
            fine = fine and answered.ok and not answered.missing
        _tracebacks(given, answered)
        return 0 if fine else 1
    if text is None or text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", errors="replace").strip("\n")
    answered = answer(text)
    (_answers.as_json if as_json else _answers.as_text)(answered)
    _tracebacks(given, answered)
    return 0 if answered.ok and not answered.missing else 1


def _tracebacks(given: Globals, answered: Answer | None) -> None:
    """Those of the modules that could not be loaded, once however many queries were answered without them."""
    if given.traceback and answered is not None:
        rooms.room(SHOWS, "text").tracebacks(answered.exceptions)
