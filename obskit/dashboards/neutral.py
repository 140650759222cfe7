"""From grafanalib's dashboard to the neutral form: modern JSON, complete with places and ids, and its typed view."""

from __future__ import annotations

from typing import Any

from grafanalib import core

from obskit.dashboards.arrange import identify, place
from obskit.dashboards.notes import note_of
from obskit.dashboards.plain import plain
from obskit.model import Board, view
from obskit.model.modern import modernise
from obskit.naming import board_uid
from obskit.origin import Origin

DASHBOARD: type[Any] = core.Dashboard
"""The class whose instances are boards."""


def neutral(dashboard: Any, *, module: str, path: str, folder: str) -> Board:
    """The neutral form of a grafanalib Dashboard declared in `module` (dotted, at `path`); `folder` is for boards that name none.

    Raises DeclarationError on a value that JSON has no form for, and whatever the author's own classes raise.
    """
    note = note_of(dashboard)
    board, notes = modernise(plain(dashboard))
    panels = board.setdefault("panels", [])
    place(panels)
    identify(panels)
    given = board.get("uid")
    if not given:
        board["uid"] = board_uid(module, board.get("title") or "")
    board = {"uid": board.pop("uid"), "title": board.pop("title", ""), **board}
    chosen = note.folder if note and note.folder else folder
    origin = note.origin if note and note.origin else Origin(path)
    return view(board, folder=chosen, module=path, origin=origin, uid_given=bool(given), notes=notes)
