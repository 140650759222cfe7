"""One new file, where none is: never over another."""

from __future__ import annotations

import os
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
