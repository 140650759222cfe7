"""What a build is at, on one line of a terminal, once it takes longer than people like to wait in silence."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import click

from obskit.cli import clock

_PATIENCE = 1.0
"""Seconds of silence."""
_PACE = 0.5
"""Seconds from one line to the next."""


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Gives what is to be told each stage. Says nothing unless stderr is a terminal, and leaves nothing on it."""
    if quiet or not sys.stderr.isatty():
        yield lambda stage: None  # noqa: ARG005  # nobody looks
        return
    line = _Line(sys.stderr)
    before, sys.stderr = sys.stderr, line
    thread = threading.Thread(target=line.run, daemon=True)
    thread.start()
    try:
        yield line.at
    finally:
        sys.stderr = before
        line.end.set()
        thread.join()


class _Line:
    """The terminal, with a line on it that gives way to whatever else is written there."""

    def __init__(self, terminal: TextIO) -> None:
        self.end = threading.Event()
        self._terminal = terminal
        self._stage = ""
        self._began = clock.seconds()
        self._shown = 0
        self._lock = threading.RLock()

    def at(self, stage: str) -> None:
        self._stage = stage

    def run(self) -> None:
        """Shows the stage and the seconds until the end."""
        pause = _PATIENCE
        while not self.end.wait(pause):
            self._show(f"{self._stage or 'waiting'} … {clock.seconds() - self._began:.0f} s")
            pause = _PACE
        self._show("")

    def write(self, text: str) -> int:
        with self._lock:
            self._show("")
            return self._terminal.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._terminal, name)

    def _show(self, text: str) -> None:
        with self._lock:
            if text or self._shown:
                click.echo(f"\r{' ' * self._shown}\r{text}", file=self._terminal, nl=False)
            self._shown = len(text)
