"""The datasources that a board's panels, variables and annotations ask, each with where it is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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


def asked(board: Board, wanted: Callable[[str], bool]) -> Iterator[Asked]:
    """Each datasource whose uid is `wanted`, at the first panel, variable or annotation that asks it; `who` counts the others.

    Those that carry waivers of their own stand for themselves.
    """
    groups: dict[tuple[str, tuple[Waive, ...]], list[Asked]] = {}
    for one in _asking(board, wanted):
        groups.setdefault((one.uid, one.waive), []).append(one)
    for first, *others in groups.values():
        yield first._replace(who=f"{first.who} and {len(others)} more") if others else first


def _asking(board: Board, wanted: Callable[[str], bool]) -> Iterator[Asked]:
    """Once per panel, variable or annotation."""
    annotations = board.json.get("annotations", {}).get("list", [])
    uids = {query.datasource for panel in board.panels for query in panel.queries} | {item.datasource for item in board.variables}
    uids.update(uid_of(item.json.get("datasource")) for item in board.panels)
    uids.update(uid_of(item.get("datasource")) for item in annotations)
    found = {uid for uid in uids if uid and wanted(uid)}
    if not found:
        return
    for panel in board.panels:
        seen: set[str] = set()
        places = [(query.json.get("datasource"), query.origin) for query in panel.queries]
        for source, origin in [*places, (panel.json.get("datasource"), panel.origin)]:
            if uid_of(source) in found - seen:
                seen.add(uid_of(source))
                yield _asked(source, panel.name, origin or board.origin, panel.waive + board.waive)
    for variable in board.variables:
        if variable.datasource in found:
            yield _asked(variable.json["datasource"], f'variable "{variable.name}"', variable.origin or board.origin, board.waive)
    for annotation in annotations:
        if uid_of(annotation.get("datasource")) in found:
            yield _asked(annotation["datasource"], f'annotation "{annotation.get("name", "")}"', board.origin, board.waive)


def variable_of(uid: str) -> str:
    """The name of the variable that a uid consists of, or an empty string."""
    match = _WHOLE.fullmatch(uid)
    return (match[1] or match[2] or match[3]) if match else ""


def uid_of(source: object) -> str:
    """The uid of a datasource as it is written, or an empty string."""
    uid = source.get("uid") if isinstance(source, dict) else None
    return uid if isinstance(uid, str) else ""


def _asked(source: object, who: str, origin: Origin | None, waive: tuple[Waive, ...]) -> Asked:
    kind = source.get("type") if isinstance(source, dict) else None
    return Asked(uid_of(source), kind if isinstance(kind, str) else "", who, origin, waive)
