"""The folder `.obskit/` of a project: obskit's own state, never in git."""

from __future__ import annotations

import errno
import os
import stat

_NAME = ".obskit"
_NEW = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


def folder_of(root: str) -> str:
    """Where the state of the project at `root` lies; it need not exist."""
    return os.path.join(root, _NAME)


def is_own(folder: str) -> bool:
    """Whether `folder` is a real folder; a link, which may have come with a checkout, is not followed."""
    try:
        return stat.S_ISDIR(os.lstat(folder).st_mode)
    except OSError:
        return False


def make(root: str) -> str:
    """Create the folder with a `.gitignore` that ignores everything in it; OSError when that cannot be."""
    folder = folder_of(root)
    try:
        os.mkdir(folder)
    except FileExistsError:
        if not is_own(folder):
            raise OSError(errno.ENOTDIR, "") from None
    ignore = os.path.join(folder, ".gitignore")
    if not os.path.lexists(ignore) or not os.lstat(ignore).st_size:
        handle = os.open(ignore, _NEW, 0o644)
        try:
            os.write(handle, b"*\n")
        finally:
            os.close(handle)
    return folder
