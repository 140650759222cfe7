"""Dashboards to hand out: for Grafana's import dialog, which asks who imports them for their datasources, and for grafana.com.

Form: what Grafana's "export for sharing externally" makes of a classic dashboard: `__inputs`, `__elements`, `__requires`, and
`${DS_…}` where a datasource was. Only the import dialog and `POST /api/dashboards/import` resolve these, so that a file of this
format is never provisioned. It belongs to nobody's Grafana: built for an environment, it asks for datasources all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from obskit.analysis import Analysed
from obskit.artifact import Artifact, Territory
from obskit.finding import Finding
from obskit.model import Board
from obskit.origin import Origin
from obskit.render.boards import origins, portable
from obskit.render.encode import json_text
from obskit.render.share.asking import shared

TERRITORY = Territory(format="share", folder="grafana/share", suffix=".json")
TERRITORIES = (TERRITORY,)


def artifacts(analysed: Analysed) -> Iterator[Artifact]:
    """One file a board: `grafana/share/<uid>.json`."""
    version = _full(analysed.project.settings.targets.grafana)
    for board, json in portable(analysed):
        data = shared(json, version)
        yield Artifact(
            path=f"{TERRITORY.folder}/{board.uid}{TERRITORY.suffix}",
            text=json_text(data),
            format=TERRITORY.format,
            origin=board.origin,
            sources=(board.module,),
            data=data,
            origins=dict(origins(board, json)),
        )


def findings(analysed: Analysed, _artifacts: Iterable[Artifact]) -> Iterator[Finding]:
    """Library panels: their body is in the Grafana that they were made in, and in no file."""
    for board in analysed.project.boards:
        for name, origin in _library_panels(board):
            message = f'library panel "{name}" is not in the file that is handed out: who imports "{board.uid}" must have it'
            yield Finding(id="delivery", severity="warning", message=message, origin=origin, hint="declare the panel itself on this board")


def _library_panels(board: Board) -> Iterator[tuple[str, Origin | None]]:
    for panel in board.panels:
        named = panel.json.get("libraryPanel")
        if isinstance(named, dict):
            yield str(named.get("name") or named.get("uid") or panel.title), panel.origin


def _full(version: str) -> str:
    """The version with all three numbers, as plugins compare them: `13.0` is `13.0.0`."""
    return ".".join([*version.split("."), "0", "0"][:3])
