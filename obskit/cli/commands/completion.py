"""`obskit completion`."""

from __future__ import annotations

import click

from obskit import rooms
from obskit.cli.main import SHOWS
from obskit.cli.shells import SCRIPTS

_EPILOG = """\b
Where it goes:
  bash  ~/.local/share/bash-completion/completions/obskit
  zsh   ~/.zfunc/_obskit, with fpath+=(~/.zfunc) above compinit in ~/.zshrc
  fish  ~/.config/fish/completions/obskit.fish
"""


@click.command(name="completion", epilog=_EPILOG)
@click.argument("shell", type=click.Choice(tuple(SCRIPTS)))
def command(shell: str) -> None:
    """Print what makes a shell complete obskit on TAB.

    Commands, options, formats, files and the ids of checks are completed. No module of a project is run for it, so the names
    of signals are not.

    \b
    Example:
      obskit completion bash > ~/.local/share/bash-completion/completions/obskit
    """
    rooms.room(SHOWS, "text").say(SCRIPTS[shell].removesuffix("\n"))
