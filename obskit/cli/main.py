"""The `obskit` command; its subcommands are found in `commands`, and imported when they are called."""

from __future__ import annotations

import gc
import io
import sys
from dataclasses import dataclass
from typing import Any

import click

from obskit import __version__, rooms
from obskit.cli.completing import folders
from obskit.cli.streams import let_leave, open_closed
from obskit.errors import ObskitError, OutsideError

ROOM = "obskit.cli.commands"
SHOWS = "obskit.cli.show"
_CODES = """\b
Exit codes:
  0  fine
  1  the answer is no: findings, a stale build, a difference
  2  the question could not be asked: usage, settings, output not writable
  3  the outside world failed: a tool is missing, stdout is full
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Globals:
    """The options before the command."""

    project: str
    quiet: bool
    traceback: bool


_HELP: type[click.UsageError] | tuple[()] = getattr(click.exceptions, "NoArgsIsHelpError", ())
"""What newer versions of click raise to show the help."""
_FIRST = ("init", "build", "lint", "diff", "validate", "query", "catalog")
"""What a newcomer needs first, in that order, comes first in the help; the others follow by name."""


class Commands(click.Group):
    """The files of the command room."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        names = rooms.names(ROOM)
        return [*(name for name in _FIRST if name in names), *(name for name in names if name not in _FIRST)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        if cmd_name not in rooms.names(ROOM):
            return None
        command: click.Command = rooms.room(ROOM, cmd_name).command
        return command


@click.group(cls=Commands, epilog=_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--project", default=".", metavar="DIR", shell_complete=folders, help="The project: a folder in or under the one with pyproject.toml."
)
@click.option("--quiet", is_flag=True, help="Only findings and errors.")
@click.option("--traceback", is_flag=True, help="Show exceptions of your own modules in full.")
@click.version_option(__version__, message="obskit %(version)s")
@click.pass_context
def cli(ctx: click.Context, /, **options: Any) -> None:
    """Observability as code: build Grafana dashboards and Prometheus rules from Python, checked against declared signals.

    \b
    Example:
      obskit --project shop build      # the help of each command has one too
    """
    ctx.obj = Globals(**options)


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and exits with its code; an impossible run ends in one short message."""
    open_closed()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot show a character still gets the rest
    let_leave()
    gc.disable()  # a short run makes no rubbish worth looking for, and looking costs a tenth of it
    try:
        code = cli.main(arguments, prog_name="obskit", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except _HELP as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        from obskit.cli.usage import understood

        rooms.room(SHOWS, "text").error(understood(error, sys.argv[1:] if arguments is None else arguments, cli))
        sys.exit(2)
    except ObskitError as error:
        rooms.room(SHOWS, "text").error(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # of standard error: there is nobody left to tell
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        if error.filename is not None:  # of a file, not of the output
            raise
        rooms.room(SHOWS, "text").error(OutsideError(f"cannot write the output: {(error.strerror or str(error)).lower()}"))
        sys.stdout = None  # what is left in it cannot be written at the end either, and the exit code is not to say so
        sys.exit(OutsideError.exit_code)
    sys.exit(code if isinstance(code, int) else 0)
