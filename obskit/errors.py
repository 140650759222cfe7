"""The errors that end a command, and the exit code of each.

    ObskitError            the run is impossible                                           exit 2
    ├── SettingsError      [tool.obskit] cannot be understood, or a source folder is missing   2
    ├── OutputError        the output cannot be written, or leads out of its folder            2
    ├── DeclarationError   a declared value breaks its own rules (also a ValueError)           1
    │   └── SecretError    a secret is written out where a reference is due                    1
    └── OutsideError       the outside world failed: a tool is missing, a server is away       3

A DeclarationError raised in an author's module becomes a finding; the others reach the command line as one message.
"""

from __future__ import annotations

from typing import ClassVar

from obskit.origin import Origin, here


class ObskitError(Exception):
    """`message` names the thing and what is wrong; `hint` says what to do next; `origin` is where it was written."""

    exit_code: ClassVar[int] = 2

    def __init__(self, message: str, *, hint: str = "", origin: Origin | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.origin = origin


class SettingsError(ObskitError):
    """The settings cannot be understood, or name a folder that is not there."""


class OutputError(ObskitError):
    """The output folder cannot be written, or a link in it leads outside."""


class OutsideError(ObskitError):
    """Something outside the project failed: a missing tool, a server that is away."""

    exit_code = 3


class DeclarationError(ObskitError, ValueError):
    """A declared value breaks its own rules; raised while the value is constructed."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "", origin: Origin | None = None) -> None:
        super().__init__(message, hint=hint, origin=origin or here())


class SecretError(DeclarationError):
    """A secret is written out where a reference is due; its message does not repeat it, and its traceback is shown without the source."""
