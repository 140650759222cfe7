"""What an author's grafanalib object says beside its JSON: a note that travels on the object itself.

grafanalib's classes are attrs classes without slots, so an instance can carry one attribute more; it never reaches JSON
as a key of Grafana's.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from obskit.errors import DeclarationError
from obskit.model import Note
from obskit.origin import Origin, here, made
from obskit.waiver import Waive

ATTRIBUTE = "_obskit_note"


def annotate(
    thing: Any, *, key: str = "", importance: int = 0, waive: tuple[Waive, ...] = (), folder: str = "", origin: Origin | None = None
) -> None:
    """Puts a note on an object: its origin (this call's by default), panel key, importance, waivers, folder.

    Raises DeclarationError on a waiver that is none.
    """
    for waiver in waive:
        if not isinstance(waiver, Waive):
            raise DeclarationError(f"{waiver!r} is not a waiver", hint='waive=(Waive("check", "why it does not apply"),)')
    vars(thing)[ATTRIBUTE] = Note(origin=origin or here(), key=key, importance=importance, waive=tuple(waive), folder=folder)


def note_of(thing: Any) -> Note | None:
    """The note on an object, if there is one."""
    found = getattr(thing, "__dict__", {}).get(ATTRIBUTE)
    return found if isinstance(found, Note) else None


@contextmanager
def noting() -> Iterator[None]:
    """While this runs, every grafanalib object notes its origin when it is made; afterwards grafanalib is as before.

    A copy made by `attr.evolve` (as `auto_panel_ids` makes) keeps the note of what it was copied from.
    """
    from grafanalib import core

    originals: list[tuple[type, Any]] = []
    for cls in _classes():
        if "__init__" in vars(cls):
            originals.append((cls, cls.__init__))
            cls.__init__ = _noting(cls.__init__, is_board=issubclass(cls, core.Dashboard))
    try:
        yield
    finally:
        for cls, original in originals:
            cls.__init__ = original


def _classes() -> Iterator[type[Any]]:
    from grafanalib import core

    roots = (core.Panel, core.Target, core.Dashboard, core.Template, core.Row, core.AlertList)
    seen: set[type] = set()
    waiting: list[type] = list(roots)
    while waiting:
        cls = waiting.pop()
        if cls not in seen:
            seen.add(cls)
            waiting += cls.__subclasses__()
            yield cls


def _noting(original: Callable[..., None], *, is_board: bool) -> Callable[..., None]:
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        caller = sys._getframe(1)
        copied = note_of(caller.f_locals.get("inst")) if caller.f_code.co_name == "evolve" else None
        vars(self)[ATTRIBUTE] = copied or Note(origin=here())
        if is_board:
            made(self)

    init.__wrapped__ = original  # type: ignore[attr-defined]  # so that signatures stay readable
    return init
