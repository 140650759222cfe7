"""Grafana folders as the formats that make them write them: nested by their title, with a uid that depends on it alone.

A title is a path where ` / ` stands in it, as Grafana itself shows the place of a nested folder; `CI/CD` is one folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from obskit.analysis import Analysed
from obskit.finding import Finding
from obskit.model import Board
from obskit.naming import folder_uid
from obskit.origin import Origin

ROOT = "General"
"""What Grafana calls the place of boards that are in no folder."""
DEEPEST = 4
"""How many folders Grafana and Git Sync nest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """`title` is its own, without its parents'; `place` are the slugs on the way to it, its own included; `parent` is a uid.

    `origin` is that of the first board in it, `sources` the modules of all.
    """

    uid: str
    title: str
    place: tuple[str, ...]
    parent: str = ""
    origin: Origin | None = None
    sources: tuple[str, ...] = ()


def folders(analysed: Analysed) -> dict[str, Folder]:
    """Every folder that holds a board or a folder, by its whole title, parents first."""
    return analysed.once(_folders)


def holder(analysed: Analysed, board: Board) -> Folder | None:
    """The folder of the board, None for General."""
    return folders(analysed).get(_PATH.join(_titles(board.folder)))


def problems(analysed: Analysed) -> Iterator[Finding]:
    """Folders that Grafana does not nest, and titles that it would take for one another."""
    seen: dict[str, str] = {}
    for whole, folder in folders(analysed).items():
        if len(folder.place) == DEEPEST + 1:
            message = f'folder "{whole}" is nested in {DEEPEST} others: Grafana and Git Sync nest {DEEPEST} folders, itself included'
            hint = "a folder= with fewer \" / \" in it"
            yield Finding(id="delivery", severity="error", message=message, origin=folder.origin, hint=hint)
        if seen.setdefault(folder.uid, whole) != whole:
            message = f'folders "{seen[folder.uid]}" and "{whole}" would have one uid, "{folder.uid}"'
            hint = "write the title alike where one folder is meant, else change a word of it"
            yield Finding(id="delivery", severity="error", message=message, origin=folder.origin, hint=hint)


_PATH = " / "


def _folders(analysed: Analysed) -> dict[str, Folder]:
    made: dict[str, Folder] = {}
    for board in analysed.project.boards:
        titles, parent = _titles(board.folder), ""
        for depth, title in enumerate(titles, 1):
            whole = _PATH.join(titles[:depth])
            place = tuple(folder_uid(each) for each in titles[:depth])
            known = made.get(whole) or Folder(uid=folder_uid(whole), title=title, place=place, parent=parent, origin=board.origin)
            made[whole] = replace(known, sources=tuple(dict.fromkeys((*known.sources, board.module))))
            parent = known.uid
    return made


def _titles(title: str) -> tuple[str, ...]:
    """The titles on the way to a folder, none for General."""
    if title.strip().casefold() in ("", ROOT.casefold()):
        return ()
    return tuple(part.strip() for part in title.split(_PATH) if part.strip()) or (title,)
