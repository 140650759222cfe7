"""`obskit init`."""

from __future__ import annotations

import sys

import click

from obskit.cli.completing import folders
from obskit.cli.main import Globals


@click.command(name="init")
@click.argument("folder", metavar="DIR", shell_complete=folders)
@click.option("--name", default="", metavar="NAME", help="The service; by default what DIR is called.")
@click.option("--from-metrics", "place", default="", metavar="FILE|URL", help="Begin with what a service exposes at /metrics; - is stdin.")
@click.option("--job", default="", metavar="JOB", help="The scrape job in Prometheus, if it is not called like the service.")
@click.pass_context
def command(ctx: click.Context, folder: str, name: str, place: str, job: str) -> int:
    """Begin a project: signals, a board and an alert.

    What is made in DIR builds and lints at once, with settings, CI and pre-commit. With --from-metrics the catalogue declares
    what the service exposes, and the board shows rate, errors and duration of what is found. No file that exists is changed.

    \b
    Example:
      obskit init shop      # or with --from-metrics http://localhost:8000/metrics
    """
    import obskit.workflow.scrape as scraping  # which reads the network's libraries: the sample does without
    from obskit.cli.show import _begun
    from obskit.workflow.init import init

    given: Globals = ctx.obj
    metrics = (scraping.streamed(sys.stdin.buffer) if place == "-" else scraping.scraped(place)) if place else None
    begun = init(folder, name=name, job=job, metrics=metrics)
    _begun.as_text(begun, folder, quiet=given.quiet)
    return begun.outcome.exit_code
