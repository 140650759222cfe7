"""Folders and dashboards as objects of the Grafana operator.

Form: GrafanaFolder and GrafanaDashboard, `grafana.integreatly.org/v1beta1`. A dashboard goes in as `json` however large it is:
`gzipJson` would be other bytes with another zlib.
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.artifact import Artifact
from obskit.naming import object_name
from obskit.render.boards import boards
from obskit.render.encode import yaml_text
from obskit.render.folders import folders, holder
from obskit.render.kubernetes.objects import TERRITORY, comment, holding, metadata

_VERSION = "grafana.integreatly.org/v1beta1"


def artifacts(analysed: Analysed) -> Iterator[Artifact]:
    """`grafana-operator/folders/<uid>.yaml` a folder, `grafana-operator/dashboards/<uid>.yaml` a board."""
    settings = analysed.project.settings.kubernetes
    selector = {"matchLabels": dict(settings.instances)}
    for folder in folders(analysed).values():
        parent = {"parentFolderRef": folder.parent} if folder.parent else {}
        made = {
            "apiVersion": _VERSION,
            "kind": "GrafanaFolder",
            "metadata": metadata(folder.uid, settings),
            "spec": {"instanceSelector": selector, "uid": folder.uid, "title": folder.title, **parent},
        }
        yield Artifact(
            path=f"{TERRITORY.folder}/grafana-operator/folders/{folder.uid}{TERRITORY.suffix}",
            text=yaml_text(made, comment()),
            format=TERRITORY.format,
            origin=folder.origin,
            sources=folder.sources,
            data=made,
        )
    for board, json in boards(analysed):
        within = holder(analysed, board)
        place = {"folderRef": within.uid} if within else {}
        made = {
            "apiVersion": _VERSION,
            "kind": "GrafanaDashboard",
            "metadata": metadata(object_name(board.uid), settings),
            "spec": {"instanceSelector": selector, "uid": board.uid, **place},
        }
        yield holding(f"grafana-operator/dashboards/{board.uid}", made, "spec", "json", board, json)
