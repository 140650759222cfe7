"""The datasources that a board's panels, variables and annotations ask, each with where it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from obskit.model import Board
from obskit.origin import Origin
from obskit.waiver import Waive

_WHOLE = re.compile(r"\$\{(\w+)(?:[.:][^}]*)?\}|\$(\w+)|\[\[(\w+)(?::[^\]]*)?\]\]")


class Asked(NamedTuple):
    """A datasource uid as it is written; `type` is the datasource's, `who` how messages call what asks it."""

    uid: str
    type: str
    who: str
    origin: Origin | None
    waive: tuple[Waive, ...]


def asked(board: Board) -> Iterator[Asked]:
    """Each datasource once per panel, variable or annotation that asks it."""
    for panel in board.panels:
        seen: set[str] = set()
        places = [(query.json.get("datasource"), query.origin) for query in panel.queries]
        for source, origin in [*places, (panel.json.get("datasource"), panel.origin)]:
            uid, kind = _read(source)
            if uid and uid not in seen:
                seen.add(uid)
                yield Asked(uid, kind, panel.name, origin or board.origin, panel.waive + board.waive)
    for variable in board.variables:
        uid, kind = _read(variable.json.get("datasource"))
        if uid:
            yield Asked(uid, kind, f'variable "{variable.name}"', variable.origin or board.origin, board.waive)
    for annotation in board.json.get("annotations", {}).get("list", []):
        uid, kind = _read(annotation.get("datasource"))
        if uid:
            yield Asked(uid, kind, f'annotation "{annotation.get("name", "")}"', board.origin, board.waive)


def variable_of(uid: str) -> str:
    """The name of the variable that a uid consists of, or an empty string."""
    match = _WHOLE.fullmatch(uid)
    return (match[1] or match[2] or match[3]) if match else ""


def _read(source: object) -> tuple[str, str]:
    if not isinstance(source, dict):
        return "", ""
    uid, kind = source.get("uid"), source.get("type")
    return (uid if isinstance(uid, str) else ""), (kind if isinstance(kind, str) else "")
