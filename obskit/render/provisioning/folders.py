"""A provider for each folder, so that folders keep their titles: taken from the files they would have the names of directories."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.finding import Finding
from obskit.model import Board
from obskit.naming import slug
from obskit.origin import Origin
from obskit.render.provisioning.literal import literal
from obskit.source import Project

ROOT = "general"
"""Grafana's name for what lies in no folder; as a folder's title it is refused, however it is written."""
SECONDS = 30
"""How often Grafana looks whether the files have changed."""


def providers(project: Project) -> tuple[dict[str, object], list[Origin | None]]:
    """The file's data, and for each provider the board that is the first in its folder."""
    path = project.settings.provisioning.path.rstrip("/")
    first = _first(project)
    listed = [
        {
            "name": f"obskit/{directory}",
            "folder": "" if board.folder.casefold() == ROOT else board.folder,
            "type": "file",
            "disableDeletion": False,
            "allowUiUpdates": False,
            "updateIntervalSeconds": SECONDS,
            "options": {"path": f"{path}/{directory}"},
        }
        for directory, board in first.items()
    ]
    return {"apiVersion": 1, "providers": literal(listed)}, [board.origin for board in first.values()]


def clashes(project: Project) -> Iterator[Finding]:
    """Folders with titles of their own in one directory: a provider reads a directory into one folder."""
    first, told = _first(project), set()
    for board in project.boards:
        other = first[slug(board.folder)]
        if other.folder != board.folder and board.folder not in told:
            told.add(board.folder)
            message = f'folders "{other.folder}" and "{board.folder}" share the directory "{slug(board.folder)}": both are one in Grafana'
            yield Finding(id="delivery", severity="warning", message=message, origin=board.origin, hint="give one of them another title")


def _first(project: Project) -> dict[str, Board]:
    """Directory to the first board in it, sorted by directory."""
    found: dict[str, Board] = {}
    for board in project.boards:
        found.setdefault(slug(board.folder), board)
    return dict(sorted(found.items()))
