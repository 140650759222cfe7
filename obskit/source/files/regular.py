"""Bytes of a file on disk: only of a regular one, and never more of it than was asked for."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from obskit.errors import ObskitError


def regular_bytes(path: Path, name: str, most: int) -> tuple[bytes, int]:
    """The bytes of the file, and its size; of one with more than `most` bytes, no bytes.

    `name` is how messages call it. Raises ObskitError when it is not a regular file (a pipe or a device may never end),
    OSError when it cannot be opened, ValueError when `path` is no path.
    """
    _refuse(os.stat(path).st_mode, name)  # before it is opened: a pipe that nobody writes to never is
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        _refuse(found.st_mode, name)
        if found.st_size > most:
            return b"", found.st_size
        body = file.read(most + 1)
    return (body, len(body)) if len(body) <= most else (b"", len(body))


def _refuse(mode: int, name: str) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise ObskitError(f'"{name}" is not a regular file', hint="pipe it in, and name - instead")
