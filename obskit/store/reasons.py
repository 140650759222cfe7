"""What the operating system refused, in words."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from obskit.errors import OutputError

_OWNER = "check who owns the folder, its mode and its attributes"
_IN_THE_WAY = "move away what stands there, then build again"
_WORDS: dict[int, tuple[str, str]] = {
    errno.EROFS: ("the file system is read-only", "build in a writable checkout"),
    errno.ENOSPC: ("no space left on the disk", "free some space, then build again"),
    errno.EDQUOT: ("the disk quota is used up", "free some space, then build again"),
    errno.EFBIG: ("the file is larger than this process may write", 'see "ulimit -f"'),
    errno.EMFILE: ("too many open files", 'see "ulimit -n"'),
    errno.EACCES: ("permission denied", _OWNER),
    errno.EPERM: ("operation not permitted", _OWNER),
    errno.ENOTDIR: ("a part of the path is not a folder", _IN_THE_WAY),
    errno.EISDIR: ("a folder stands where a file must go", _IN_THE_WAY),
    errno.EEXIST: ("something else stands there already", _IN_THE_WAY),
    errno.ELOOP: ("a link stands where none may be", _IN_THE_WAY),
    errno.ENOENT: ("it is gone; something else changed the folder meanwhile", "build again"),
    errno.ENAMETOOLONG: ("the path is too long", "shorten the folder, uid or module name that it is made from"),
    errno.EIO: ("the disk reports an error", "check the disk"),
}


def reason(number: int | None) -> tuple[str, str]:
    """What an errno means, and what to do next."""
    known = _WORDS.get(number or 0)
    return known or (os.strerror(number or 0).lower(), "see the operating system's log")


@contextmanager
def told(doing: str) -> Iterator[None]:
    """Turn an OSError of the body into an OutputError that starts with `doing` ('cannot write "build/x.json"')."""
    try:
        yield
    except OSError as error:
        words, hint = reason(error.errno)
        raise OutputError(f"{doing}: {words}", hint=hint) from error
