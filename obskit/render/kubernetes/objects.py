"""What the objects of all kinds share: their place in the output, their metadata, and how a dashboard is put into one."""

from __future__ import annotations

from collections.abc import Mapping

from obskit.artifact import Artifact, Territory
from obskit.model import Board, Json
from obskit.render.boards import origins
from obskit.render.encode import json_line, yaml_around
from obskit.settings import Kubernetes

TERRITORY = Territory(format="kubernetes", folder="kubernetes", suffix=".yaml")


def metadata(name: str, settings: Kubernetes, labels: Mapping[str, str] | None = None) -> Json:
    """Name, namespace and labels as the settings have them; `labels` are the object's own."""
    every = {**settings.labels, **(labels or {})}
    return {"name": name, **({"namespace": settings.namespace} if settings.namespace else {}), **({"labels": every} if every else {})}


def comment(source: str = "") -> str:
    """The first line of a file; `source` is the module it is from, where that is one."""
    return f"Built by obskit{f' from {source}' if source else ''}. Do not edit."


def holding(path: str, made: Json, member: str, key: str, board: Board, json: Json) -> Artifact:
    """The object `made` with the dashboard as text in `member` (its last) under `key`.

    What is checked by the schema is the object with the dashboard itself in that place.
    """
    return Artifact(
        path=f"{TERRITORY.folder}/{path}{TERRITORY.suffix}",
        text=yaml_around({**made, member: {**made[member], key: ""}}, json_line(json), comment(board.module)),
        format=TERRITORY.format,
        origin=board.origin,
        sources=(board.module,),
        data={**made, member: {**made[member], key: json}},
        origins={(member, key, *place): origin for place, origin in origins(board, json)},
    )
