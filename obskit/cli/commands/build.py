"""`obskit build`."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import click

from obskit import rooms, settings
from obskit.cli.clock import seconds
from obskit.cli.completing import environments, formats
from obskit.cli.main import SHOWS, Globals
from obskit.cli.show._progress import progress
from obskit.cli.streams import is_unread
from obskit.errors import ObskitError
from obskit.finding import Severity
from obskit.settings import BARS, Settings
from obskit.workflow import Outcome, build

_EPILOG = """
A watch builds at once and then whenever something that a build reads has changed, shows findings and goes on. Ctrl-C or
SIGTERM ends it, with exit code 0. With --check it writes nothing and tells what is stale instead.

With --all-envs all is written or nothing. A check then compares an environment only where build/env/NAME is there, and
tells what is wrong in any of them; what only some say names them.
"""


@click.command(name="build", epilog=_EPILOG)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 and name each stale, missing or foreign file.")
@click.option("--only", multiple=True, metavar="FORMAT", shell_complete=formats, help="Only this enabled format; may be given again.")
@click.option(
    "--env", "environment", metavar="NAME", shell_complete=environments, help="Build for this environment, into build/env/NAME."
)
@click.option("--all-envs", "everywhere", is_flag=True, help="The portable build, and one for every environment.")
@click.option("--watch", "watching", is_flag=True, help="Build again after every change, until Ctrl-C.")
@click.option("--no-cache", is_flag=True, help="Build in full even if nothing seems to have changed.")
@click.option("--fail-on", type=click.Choice(BARS), help="What fails: findings of this severity or graver; else as in the settings.")
@click.option("--format", "shown_as", default="text", type=click.Choice(rooms.names(SHOWS)), help="How findings are shown.")
@click.pass_context
def command(
    ctx: click.Context,
    check: bool,
    only: tuple[str, ...],
    environment: str | None,
    everywhere: bool,
    watching: bool,
    no_cache: bool,
    fail_on: Severity | None,
    shown_as: str,
) -> int:
    """Write dashboards and rules into the output folder.

    Nothing is written unless everything is good. With --check nothing is written at all, which is what CI wants.

    \b
    Example:
      obskit build --check --all-envs   # in CI: is in git what the sources say?
    """
    given: Globals = ctx.obj
    if everywhere and (environment is not None or watching):
        wrong, hint = ("--watch", "obskit build --watch, or with --env NAME") if watching else ("--env", "obskit build --all-envs")
        raise ObskitError(f"--all-envs builds for every environment, and cannot be with {wrong}", hint=hint)
    project = settings.load(given.project)

    def chosen(project: Settings) -> Settings:
        strict = settings.failing(project, fail_on)
        return strict.built_for(environment) if environment is not None else strict

    def once(project: Settings, **options: Any) -> Outcome:
        return build(chosen(project), check=check, only=only, **options)

    chosen(project)  # a wrong name ends a watch before it begins
    if watching:
        _watch(project, once, output=check, shown_as=shown_as, given=given)
        return 0
    with progress(quiet=given.quiet) as stage:
        outcome = once(project, today=datetime.date.today(), everywhere=everywhere, use_cache=not no_cache, stage=stage)
    _show(outcome, shown_as, given)
    return outcome.exit_code


def _show(outcome: Outcome, shown_as: str, given: Globals) -> None:
    rooms.room(SHOWS, shown_as).show(outcome, quiet=given.quiet)
    if given.traceback:
        rooms.room(SHOWS, "text").tracebacks(outcome.exceptions)


def _watch(start: Settings, once: Callable[..., Outcome], *, output: bool, shown_as: str, given: Globals) -> None:
    """Shows every round until the user ends it. A round always reads all sources: what a new process would save, this one keeps."""
    from obskit.watching import Events, until_ended
    from obskit.workflow.memory import Libraries
    from obskit.workflow.watch import watch

    text = rooms.room(SHOWS, "text")
    libraries, told = Libraries(), set[str]()

    def again(project: Settings) -> Outcome:
        return once(project, today=datetime.date.today(), use_cache=False, libraries=libraries)

    def tell(line: str) -> None:
        if not given.quiet and line not in told:
            told.add(line)
            text.tell(line)

    with until_ended(), Events() as events:
        for one in watch(start, again, events, clock=seconds, output=output):
            if one.outcome is not None:
                _show(one.outcome, shown_as, given)
            elif one.bug is not None:
                text.tracebacks((one.bug,))
            else:
                text.error(one.error)
            if is_unread():
                return
            tell(f"watching {start.root}; Ctrl-C ends")
            if libraries.changed():
                tell("a library, or obskit itself, has changed on disk: start the watch again to build with it")
