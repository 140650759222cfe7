"""The command line: flags in, an outcome shown, an exit code out."""

from obskit.cli.main import main

__all__ = ["main"]
