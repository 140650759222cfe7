"""Rules that were built once and that Grafana is to delete: it keeps what a file no longer holds, firing, until it is told so.

Form: `deleteRules` of a provisioning file (Grafana's documentation, "provision alerting resources with files"). A uid that Grafana does
not know is no error there, so a list may stay.
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.artifact import Artifact
from obskit.render.encode import yaml_text

FORMAT, PATH = "alerting", "grafana/provisioning/alerting/deleted-rules.yaml"


def documents(analysed: Analysed) -> Iterator[Artifact]:
    """One file, where the settings name rules to delete."""
    uids = sorted(set(analysed.project.settings.alerting.deleted))
    if uids:
        data = {"apiVersion": 1, "deleteRules": [{"orgId": 1, "uid": uid} for uid in uids]}
        text = yaml_text(data, "Built by obskit from pyproject.toml. Do not edit.")
        yield Artifact(path=PATH, text=text, format=FORMAT, data=data)
