"""From grafanalib's dashboard to the neutral form: modern JSON, complete with places and ids, and its typed view."""

from __future__ import annotations

from typing import Any

from grafanalib import core

from obskit.dashboards.arrange import identify, place
from obskit.dashboards.notes import note_of
from obskit.dashboards.plain import plain
from obskit.errors import DeclarationError
from obskit.model import NOTE, Board, Json, Note, view
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
    origin = note.origin if note and note.origin else Origin(path)
    try:
        said = plain(dashboard)
    except RecursionError as error:
        raise DeclarationError("the dashboard is nested too deeply, or in itself", origin=origin) from error
    _check_panels(said, origin)
    try:
        board, notes = modernise(said)
        panels = board.setdefault("panels", [])
        place(panels)
        identify(panels)
    except (AttributeError, KeyError, TypeError) as error:
        raise DeclarationError(f"a part of the dashboard has the wrong type: {error}", origin=origin) from error
    given = board.get("uid")
    if not given:
        board["uid"] = board_uid(module, board.get("title") or "")
    board = {"uid": board.pop("uid"), "title": board.pop("title", ""), **board}
    chosen = note.folder if note and note.folder else folder
    return view(board, folder=chosen, module=path, origin=origin, uid_given=bool(given), notes=notes)


def _check_panels(holder: Json, origin: Origin) -> None:
    """Raises DeclarationError on a panel, row or target that is no object; Grafana would not show it."""
    for kind in ("panels", "rows", "targets"):
        for part in holder.get(kind) or ():
            if not isinstance(part, dict):
                raise DeclarationError(f"{part!r} is not a {kind.removesuffix('s')}", origin=origin)
            note = part.get(NOTE)
            _check_panels(part, note.origin if isinstance(note, Note) and note.origin else origin)
