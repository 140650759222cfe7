"""Dashboards and folders as the objects of Grafana's API, in the tree that Git Sync reads and `gcx resources push` takes.

Form: `dashboard.grafana.app/v1` Dashboard, whose `spec` is the classic dashboard, and `folder.grafana.app/v1` Folder.

Git Sync places a board by the folder its file lies in, whose uid is the name in `_folder.json`, and overwrites the annotation
`grafana.app/folder`; gcx looks at nothing but the annotation. So each board and nested folder has it, with that uid, and both agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from obskit.analysis import Analysed
from obskit.artifact import Artifact, Territory
from obskit.finding import Finding
from obskit.model import Json
from obskit.origin import Origin
from obskit.render.boards import boards, origins
from obskit.render.encode import json_text
from obskit.render.folders import Folder, folders, holder, problems
from obskit.render.unpinned import unpinned
from obskit.settings import FILE

TERRITORY = Territory(format="resources", folder="grafana/resources", suffix=".json")
TERRITORIES = (TERRITORY,)

MOST, MANY = 1000, 900
"""How many resources a Git Sync connection takes, and from how many on that is told."""
OF_FOLDER = "_folder"
"""The name of the file that says what folder it lies in."""


def artifacts(analysed: Analysed) -> Iterator[Artifact]:
    """`grafana/resources/<folder slug>/_folder.json` a folder, and `<uid>.json` in it a board; boards in General at the root."""
    for folder in folders(analysed).values():
        made = {
            "apiVersion": "folder.grafana.app/v1",
            "kind": "Folder",
            "metadata": _metadata(folder.uid, folder.parent),
            "spec": {"title": folder.title},
        }
        yield Artifact(
            path=_path(folder, OF_FOLDER),
            text=json_text(made),
            format=TERRITORY.format,
            origin=folder.origin,
            sources=folder.sources,
            data=made,
        )
    for board, json in boards(analysed):
        within = holder(analysed, board)
        made = {
            "apiVersion": "dashboard.grafana.app/v1",
            "kind": "Dashboard",
            "metadata": _metadata(board.uid, within.uid if within else ""),
            "spec": json,
        }
        yield Artifact(
            path=_path(within, board.uid),
            text=json_text(made),
            format=TERRITORY.format,
            origin=board.origin,
            sources=(board.module,),
            data=made,
            origins={("spec", *place): origin for place, origin in origins(board, json)},
        )


def findings(analysed: Analysed, artifacts: Sequence[Artifact]) -> Iterator[Finding]:
    """What Git Sync does not take (folders too deep, two of one uid, more resources than a connection holds), datasources named in vain."""
    yield from problems(analysed)
    yield from unpinned(analysed)
    for board in analysed.project.boards:
        if board.uid == OF_FOLDER:
            message = f'uid "{OF_FOLDER}" of board "{board.title}" is the name by which Git Sync knows the file of a folder'
            yield Finding(id="delivery", severity="error", message=message, origin=board.origin, hint="give the board another uid")
    if len(artifacts) >= MANY:
        message = f"there are {len(artifacts)} boards and folders: a Git Sync connection takes {MOST} resources"
        hint = "connect several repositories, or deliver the boards in another format"
        yield Finding(id="delivery", severity="warning", message=message, origin=Origin(FILE), hint=hint)


def _metadata(name: str, folder: str) -> Json:
    return {"name": name, **({"annotations": {"grafana.app/folder": folder}} if folder else {})}


def _path(within: Folder | None, name: str) -> str:
    return "/".join((TERRITORY.folder, *(within.place if within else ()), name + TERRITORY.suffix))
