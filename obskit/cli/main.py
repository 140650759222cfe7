"""The `obskit` command; its subcommands are found in `commands`, and imported when they are called."""

from __future__ import annotations

import gc
import io
import sys
from dataclasses import dataclass
from typing import Any

import click

from obskit import __version__, rooms
from obskit.errors import ObskitError, OutsideError
from obskit.naming import did_you_mean

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


class Commands(click.Group):
    """The files of the command room."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(rooms.names(ROOM))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        if cmd_name not in rooms.names(ROOM):
            return None
        command: click.Command = rooms.room(ROOM, cmd_name).command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = did_you_mean(args[0], self.list_commands(ctx))
            raise click.UsageError(error.message + (f" {hint}" if hint else ""), ctx) from error


@click.group(cls=Commands, epilog=_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--project", default=".", metavar="DIR", help="The project: a folder in or under the one with pyproject.toml.")
@click.option("--quiet", is_flag=True, help="Only findings and errors.")
@click.option("--traceback", is_flag=True, help="Show exceptions of your own modules in full.")
@click.version_option(__version__, message="obskit %(version)s")
@click.pass_context
def cli(ctx: click.Context, /, **options: Any) -> None:
    """Observability as code: build Grafana dashboards and Prometheus rules from Python, checked against declared signals."""
    ctx.obj = Globals(**options)


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and exits with its code; an impossible run ends in one short message."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot show a character still gets the rest
    gc.disable()  # a short run makes no rubbish worth looking for, and looking costs a tenth of it
    try:
        code = cli.main(arguments, prog_name="obskit", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except ObskitError as error:
        rooms.room(SHOWS, "text").error(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        if error.filename is not None:  # of a file, not of the output
            raise
        rooms.room(SHOWS, "text").error(OutsideError(f"cannot write the output: {(error.strerror or str(error)).lower()}"))
        sys.exit(OutsideError.exit_code)
    sys.exit(code if isinstance(code, int) else 0)
