"""Standard streams that the caller closed: stand-ins, so that nobody meets None.

Nothing is to be read; stdout cannot be written, which is an error once it is; what is said on stderr nobody hears.
"""

from __future__ import annotations

import errno
import io
import os
import sys


def open_closed() -> None:
    """Puts a stand-in where Python found no open stream."""
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BytesIO())
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(_Closed()), encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


class _Closed(io.RawIOBase):
    """A file that takes nothing."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:  # noqa: ARG002  # the signature of a file
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
