"""`obskit validate`."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from obskit import rooms
from obskit.cli.completing import files
from obskit.cli.main import SHOWS, Globals
from obskit.workflow.validate import MOST, STDIN, validate


@click.command(name="validate")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", shell_complete=files)
@click.option(
    "--catalog", "catalogs", multiple=True, metavar="MODULE", shell_complete=files, help="Signals that queries may use; may be given again."
)
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Do not show the findings that are in this file.")
@click.option("--write-baseline", "write", is_flag=True, help="Put today's findings into that file.")
@click.option("--format", "shown_as", default="text", type=click.Choice(rooms.names(SHOWS)), help="How findings are shown.")
@click.pass_context
def command(
    ctx: click.Context, files: tuple[str, ...], catalogs: tuple[str, ...], baseline: Path | None, write: bool, shown_as: str
) -> int:
    """Check dashboards and rules that obskit did not make.

    Rule tests and provisioning files too. FILE is a file, a folder (its *.json, *.yaml and *.yml files), or - for standard
    input. Dashboards may be of any age, or of the new resource kinds. Without a project near, the default settings hold. MODULE
    is a folder or module of signals, or an installed package: with it, a metric that no catalogue declares is an error.

    \b
    Example:
      obskit validate dashboards/ rules.yaml
    """
    given: Globals = ctx.obj
    if write and baseline is None:
        raise click.UsageError("--write-baseline needs --baseline FILE", ctx)
    stdin = sys.stdin.buffer.read(MOST + 1) if STDIN in files else b""
    today = datetime.date.today()
    outcome = validate(
        files, project=given.project, today=today, catalogs=catalogs, stdin=stdin, baseline=baseline, write=write
    )
    rooms.room(SHOWS, shown_as).show(outcome, quiet=given.quiet)
    if given.traceback:
        rooms.room(SHOWS, "text").tracebacks(outcome.exceptions)
    return outcome.exit_code
