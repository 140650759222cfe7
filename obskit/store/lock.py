"""One build at a time in a project."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from obskit.errors import OutputError
from obskit.store import state
from obskit.store.reasons import told

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE = 0.05  # seconds between two tries
_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


@contextmanager
def locked(root: Path, wait: float = 60.0, *, optional: bool = False) -> Iterator[bool]:
    """Hold the lock of the project at `root`; yields whether it is held. The system frees it when the process dies.

    Waits at most `wait` seconds, then raises OutputError naming the process that has it. OutputError too when the lock
    cannot be created; with `optional` the body then runs without one, so that a read-only project can be read.
    Taking it twice in one process waits like any other.
    """
    handle = _handle(os.fspath(root), time.monotonic() + wait, optional)
    try:
        yield handle is not None
    finally:
        if handle is not None:
            _release(handle)


def _handle(root: str, until: float, optional: bool) -> int | None:
    try:
        with told(f'cannot lock "{state.folder_of(root)}"'):
            return _taken(root, until)
    except OutputError as error:
        if optional and isinstance(error.__cause__, OSError):
            return None
        raise


def _taken(root: str, until: float) -> int:
    """The handle of the locked file; tries again when the file was deleted or replaced while waiting."""
    while True:
        path = os.path.join(state.make(root), "lock")
        handle = os.open(path, _OPEN, 0o644)
        try:
            while not _try(handle):
                if time.monotonic() >= until:
                    raise _busy(handle)
                time.sleep(_PAUSE)
            if _still(handle, path):
                with suppress(OSError):  # on a full disk the lock holds as well, without a name for those who wait
                    os.ftruncate(handle, 0)
                    os.write(handle, str(os.getpid()).encode())
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _busy(handle: int) -> OutputError:
    owner = os.read(handle, 20).decode("ascii", "replace").strip()
    if not owner.isdigit():
        return OutputError("another build is running", hint="wait until it has ended, then build again")
    return OutputError(f"another build is running (process {owner})", hint=f"wait until it has ended, or end process {owner} if it hangs")


def _still(handle: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


if sys.platform == "win32":

    def _try(handle: int) -> bool:
        try:
            os.lseek(handle, 1024, os.SEEK_SET)  # behind the text, which others read
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

    def _release(handle: int) -> None:
        os.close(handle)

else:

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_UN)  # also where a child process still holds the handle
        finally:
            os.close(handle)
