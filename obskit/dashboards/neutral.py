"""From grafanalib's dashboard to the neutral form: modern JSON, complete with places and ids, and its typed view."""

from __future__ import annotations

from typing import Any, NoReturn

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
    _check_parts(said, origin)
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


_PARTS = ("panels", "rows", "targets", "links", "transformations", "list")
_HOLDERS = ("templating", "annotations", "fieldConfig")


def _check_parts(holder: Json, origin: Origin, row: str = "") -> None:
    """Raises DeclarationError on a part that is no object, or a row in a row: Grafana would not show it."""
    for kind in _PARTS:
        parts = holder.get(kind) or []
        if not isinstance(parts, (list, dict)):
            _refuse(parts, kind, origin)
        for part in parts if isinstance(parts, list) else ():
            if not isinstance(part, dict):
                _refuse(part, kind, origin)
            note = part.get(NOTE)
            place = note.origin if isinstance(note, Note) and note.origin else origin
            title = str(part.get("title", "")) if part.get("type") == "row" else ""
            if row and title:
                hint = "rows stand side by side, not in each other"
                raise DeclarationError(f'row "{title}" stands in row "{row}"', origin=place, hint=hint)
            if kind in ("panels", "rows", "list"):
                _check_parts(part, place, title)
    for name in _HOLDERS:
        if isinstance(holder.get(name), dict):
            _check_parts(holder[name], origin)


def _refuse(part: object, kind: str, origin: Origin) -> NoReturn:
    name = "a variable or an annotation" if kind == "list" else "a " + kind.removesuffix("s")
    shown = repr(part) if isinstance(part, (str, int, float, bool)) else f"a value of type {type(part).__name__}"
    raise DeclarationError(f"{shown[:60]} is not {name}", origin=origin)
