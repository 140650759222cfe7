"""Dashboards as ConfigMaps for the sidecar of Grafana's Helm chart, which puts them where Grafana reads dashboards from.

Form: label `grafana_dashboard: "1"`; the annotation `grafana_folder` is the directory (`sidecar.dashboards.folderAnnotation` of the
chart), which Grafana shows as a folder of that name (`foldersFromFilesStructure`). Neither nests folders.
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.artifact import Artifact
from obskit.naming import object_name, slug
from obskit.render.boards import boards
from obskit.render.folders import holder
from obskit.render.kubernetes.objects import holding, metadata


def artifacts(analysed: Analysed) -> Iterator[Artifact]:
    """`sidecar/<uid>.yaml`, one a board."""
    for board, json in boards(analysed):
        about = metadata(object_name(f"grafana-dashboard-{board.uid}"), analysed.project.settings.kubernetes, {"grafana_dashboard": "1"})
        if holder(analysed, board):
            about["annotations"] = {"grafana_folder": directory(board.folder)}
        made = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": about, "data": {}}
        yield holding(f"sidecar/{board.uid}", made, "data", f"{board.uid}.json", board, json)


def directory(folder: str) -> str:
    """A folder's title as the name of one directory: no `/` in it, and no dot before it, for Grafana skips hidden directories."""
    return folder.strip().replace("/", "-").lstrip(". ") or slug(folder)
