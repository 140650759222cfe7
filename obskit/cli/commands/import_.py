"""`obskit import`."""

from __future__ import annotations

import datetime
import sys

import click

from obskit.cli.completing import files as paths
from obskit.cli.main import Globals


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", shell_complete=paths)
@click.option("--write", default="", metavar="PATH", help="Write the module to this new file; without it, to stdout.")
@click.option("--leave-out", is_flag=True, help="Leave out what cannot be expressed, and list it in the module.")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], write: str, leave_out: bool) -> int:
    """Make a Python module of rule files.

    FILE is a rule file, a PrometheusRule object, or - for standard input. What the module is built to are the same rules: names,
    order, expressions, labels, annotations. Comments are kept. No file is overwritten.

    \b
    Example:
      obskit import rules/shop.yaml --write rules_src/shop.py
    """
    from obskit.cli.show import _imported
    from obskit.workflow.importing import import_rules
    from obskit.workflow.validate import MOST, STDIN

    given: Globals = ctx.obj
    stdin = sys.stdin.buffer.read(MOST + 1) if STDIN in files else b""
    made = import_rules(
        files, project=given.project, today=datetime.date.today(), write=write, leave_out=leave_out, stdin=stdin
    )
    _imported.as_text(made, quiet=given.quiet, aside=not write)
    return made.outcome.exit_code
