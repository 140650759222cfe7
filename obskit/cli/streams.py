"""Standard streams that the caller closed: stand-ins, so that nobody meets None.

Nothing is to be read; stdout cannot be written, which is an error once it is; what is said on stderr nobody hears.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any


def open_closed() -> None:
    """Puts a stand-in where Python found no open stream."""
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BytesIO())
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(_Closed()), encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


def let_leave() -> None:
    """From here on a reader of standard output may leave early, as `head` does: the command goes on, to end with the code it would."""
    shown = sys.stdout
    buffer = getattr(shown, "buffer", None)
    raw = getattr(buffer, "raw", buffer)  # without PYTHONUNBUFFERED there is a buffer between
    if isinstance(shown, io.TextIOWrapper) and isinstance(raw, io.FileIO):
        shown.flush()
        sys.stdout = io.TextIOWrapper(
            io.BufferedWriter(_Unread(raw)), encoding=shown.encoding, errors="replace", line_buffering=shown.line_buffering
        )


def is_unread() -> bool:
    """Whether the reader of standard output has left."""
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return isinstance(raw, _Unread) and raw.left


class _Unread(io.RawIOBase):
    """A file whose reader may have `left`: what is written after that is dropped."""

    def __init__(self, file: io.FileIO) -> None:
        self.left = False
        self._file = file

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._file.isatty()

    def fileno(self) -> int:
        return self._file.fileno()

    def write(self, data: Any) -> int:
        if not self.left:
            try:
                return self._file.write(data) or 0
            except BrokenPipeError:
                self.left = True
        return memoryview(data).nbytes


class _Closed(io.RawIOBase):
    """A file that takes nothing."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:  # noqa: ARG002  # the signature of a file
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
