"""Temporary files beside their targets: how they are named, told apart and written."""

from __future__ import annotations

import os

_ENDING = ".obskit-tmp"
_NAME_LONGEST = 255
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_MODE = 0o644


def beside(place: str, number: int, role: str = "") -> str:
    """A temporary path in the folder of `place`, told apart by process and, where the name is too long, by `number`."""
    folder, name = os.path.split(place)
    end = f".{os.getpid()}{role}{_ENDING}"
    whole = f".{name}{end}"
    if len(os.fsencode(whole)) > _NAME_LONGEST:
        whole = f".{number}{end}"
    return os.path.join(folder, whole)


def is_temporary(name: str) -> bool:
    """Whether a file of this name is ours to delete."""
    return name.startswith(".") and name.endswith(_ENDING)


def write_new(place: str, data: bytes) -> None:
    """Write a file that does not exist yet, 0644 less the umask; OSError when it does, or is a link.

    Nothing is synchronised to the disk: what a power cut may lose is generated, in git, and compared by content at the
    next build, while waiting for the disk would cost more than everything else a build does.
    """
    handle = os.open(place, _NEW_FILE, _MODE)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
    finally:
        os.close(handle)
