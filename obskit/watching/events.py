"""Events of the file system, which only say when to look again: what has changed is for whoever looks to find out.

So an event for a file that nobody reads costs a look and nothing else, and one that the system drops costs nothing at
all as long as another one of the same moment arrives.
"""

from __future__ import annotations

from collections.abc import Collection, Generator
from typing import TYPE_CHECKING, Any

from obskit.errors import OutsideError

if TYPE_CHECKING:
    from types import TracebackType

_QUIET = 50
"""Milliseconds without an event after which what came before counts as one change."""
_LONGEST = 500
"""Milliseconds after which a change is told even if events keep coming."""


class Events:
    """What happens directly in some folders, kept from the moment they are named until somebody waits for it."""

    def __init__(self) -> None:
        self._folders: frozenset[str] = frozenset()
        self._changes: Generator[Any, None, None] | None = None

    def __enter__(self) -> Events:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def of(self, folders: Collection[str]) -> bool:
        """Listens to these folders from now on; whether they are others than before, so that something may have been missed.

        A folder that is gone by now is left out. Raises OutsideError when the system does not tell of changes.
        """
        wanted = frozenset(folders)
        if wanted == self._folders and self._changes is not None:
            return False
        before, self._changes = self._changes, None
        try:
            self._changes = _listening(wanted)
            self._folders = wanted
        except FileNotFoundError:
            self._folders = frozenset()  # whoever looks again will not name that folder
        finally:
            if before is not None:
                before.close()
        return True

    def wait(self, seconds: float | None = None) -> None:
        """Returns once something has happened and it has been quiet for a moment, or after `seconds` in which nothing did."""
        left = None if seconds is None else seconds * 1000
        while self._changes is not None and not next(self._changes) and (left is None or left > 0):
            left = None if left is None else left - _QUIET

    def close(self) -> None:
        """Listens no longer."""
        if self._changes is not None:
            self._changes.close()
            self._changes = None


def _listening(folders: Collection[str]) -> Generator[Any, None, None]:
    """Sets of changes, empty ones while nothing happens; events are kept from here on."""
    from watchfiles import watch

    changes = watch(
        *sorted(folders),
        watch_filter=None,
        recursive=False,
        step=_QUIET,
        debounce=_LONGEST,
        rust_timeout=_QUIET,
        yield_on_timeout=True,
    )
    try:
        next(changes)  # which begins to listen
    except FileNotFoundError:
        raise
    except (OSError, RuntimeError) as error:
        hint = "raise the limit (on Linux: sysctl fs.inotify.max_user_watches, fs.inotify.max_user_instances), or build without --watch"
        raise OutsideError(f"cannot watch {len(folders)} folders: {error}", hint=hint) from error
    return changes
