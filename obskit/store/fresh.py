"""New files, where none are: never over another."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress

from obskit.errors import OutputError
from obskit.store.temporary import write_new


def write_fresh(path: str, text: str) -> None:
    """Writes a file that does not exist yet, and the folders it needs. Raises OutputError when it does, or cannot be made."""
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        write_new(path, text.encode())
    except (OSError, ValueError) as error:
        if isinstance(error, FileExistsError) and os.path.lexists(path):
            hint = "give the name of a new file, or delete this one first"
            raise OutputError(f'"{path}" exists already', hint=hint) from error
        with suppress(OSError, ValueError):
            os.unlink(path)
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OutputError(f'"{path}" cannot be written: {reason}') from error


def write_all_fresh(root: str, files: Mapping[str, str]) -> None:
    """Writes files that do not exist yet below `root` (path to text), and the folders they need: all of them, or none.

    Raises OutputError, before anything is written, when one of them exists or its place is no folder inside `root`; and when
    one cannot be written, after what was written is taken away again.
    """
    there = [path for path in files if os.path.lexists(os.path.join(root, path))]
    if there:
        listed = ", ".join(f'"{path}"' for path in there)
        message = f"{listed} {'exists' if len(there) == 1 else 'exist'} already; nothing was written"
        raise OutputError(message, hint="move them away, or begin in another folder; --name gives other modules")
    for path in files:
        _check_way(root, path)
    folders: list[str] = []
    written: list[str] = []
    try:
        for path, text in files.items():
            place = os.path.join(root, path)
            for folder in _lacking(os.path.dirname(place)):
                os.mkdir(folder)
                folders.append(folder)
            written.append(place)
            try:
                write_new(place, text.encode())
            except FileExistsError:
                written.pop()  # somebody else's, that came meanwhile
                raise
    except BaseException as error:
        for place in reversed(written):
            with suppress(OSError):
                os.unlink(place)
        for folder in reversed(folders):
            with suppress(OSError):
                os.rmdir(folder)
        if isinstance(error, (OSError, ValueError)):
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise OutputError(f'"{path}" cannot be written: {reason.lower()}; nothing was left behind') from error
        raise


def _check_way(root: str, path: str) -> None:
    """Refuses a way that leads through a file, or through a link out of the folder."""
    inside = os.path.join(os.path.realpath(root), "")
    parts = path.split("/")
    for end in range(len(parts)):
        place = os.path.join(root, *parts[:end])
        shown = os.path.relpath(place, root)
        if os.path.lexists(place) and not os.path.isdir(place):
            raise OutputError(f'"{root if shown == "." else shown}" is not a folder; nothing was written', hint="move it away")
        if not os.path.join(os.path.realpath(place), "").startswith(inside):
            raise OutputError(f'"{shown}" leads out of the folder; nothing was written', hint="replace the link by a folder")


def _lacking(folder: str) -> Iterator[str]:
    """The folders on the way to `folder`, and it, that are not there, outermost first."""
    parent = os.path.dirname(folder)
    if parent != folder and not os.path.lexists(folder):
        yield from _lacking(parent)
        yield folder
