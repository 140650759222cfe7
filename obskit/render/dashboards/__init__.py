"""Grafana dashboards as classic JSON, for file provisioning, the API, a sidecar or import by hand.

Form: Grafana's classic dashboard model, schemaVersion 42, datasources by variable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from obskit.analysis import Analysed
from obskit.artifact import Artifact, Territory
from obskit.finding import Finding
from obskit.naming import slug
from obskit.render.boards import boards, origins
from obskit.render.encode import json_text
from obskit.render.unpinned import unpinned

TERRITORY = Territory(format="dashboards", folder="grafana/dashboards", suffix=".json")
TERRITORIES = (TERRITORY,)


def artifacts(analysed: Analysed) -> Iterator[Artifact]:
    """One file a board: `grafana/dashboards/<folder slug>/<uid>.json`."""
    for board, data in boards(analysed):
        yield Artifact(
            path=f"{TERRITORY.folder}/{slug(board.folder)}/{board.uid}{TERRITORY.suffix}",
            text=json_text(data),
            format=TERRITORY.format,
            origin=board.origin,
            sources=(board.module,),
            data=data,
            origins=dict(origins(board, data)),
        )


def findings(analysed: Analysed, _artifacts: Iterable[Artifact]) -> Iterator[Finding]:
    """Datasources that the environment names, and that no board can have in the place of a variable."""
    yield from unpinned(analysed)
