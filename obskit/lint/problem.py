"""What a check says: a message and its place; the frame gives it the check's id and level."""

from __future__ import annotations

from dataclasses import dataclass

from obskit.origin import Origin
from obskit.waiver import Waive


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a check found. `waive` are the waivers of the declaration it is about.

    `query` and `span` (start, end in it) show it with a caret; `together` is that of a `Finding`.
    """

    message: str
    origin: Origin | None = None
    hint: str = ""
    query: str = ""
    span: tuple[int, int] | None = None
    waive: tuple[Waive, ...] = ()
    together: tuple[str, str] | None = None
