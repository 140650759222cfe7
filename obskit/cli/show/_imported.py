"""What `obskit import` made: the module on stdout, and what there is to say of it on stderr."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout

import click

from obskit.cli.show import text
from obskit.workflow.importing import Imported


def as_text(imported: Imported, *, quiet: bool, aside: bool) -> None:
    """Findings and the closing line; with `aside` they go to stderr, for stdout is the module's."""
    if not aside:
        text.show(imported.outcome, quiet=quiet)
        return
    with redirect_stdout(sys.stderr):
        text.show(imported.outcome, quiet=quiet)
    click.echo(imported.text, nl=False)
