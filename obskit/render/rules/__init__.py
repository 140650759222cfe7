"""Prometheus rule files: alerts and recording rules, one file a module.

Form: rule files of Prometheus, as `promtool check rules` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from obskit.analysis import Analysed
from obskit.artifact import Artifact, Place, Territory
from obskit.model import Json, RuleFile
from obskit.origin import Origin
from obskit.render.encode import yaml_text

TERRITORY = Territory(format="rules", folder="prometheus/rules", suffix=".yaml")


def artifacts(analysed: Analysed) -> Iterator[Artifact]:
    """One file a module that declares rules: `prometheus/rules/<dotted module path>.yaml`."""
    panels = {f"{board.uid}/{panel.key}": panel.id for board in analysed.project.boards for panel in board.panels if panel.key}
    for file in analysed.project.rule_files:
        data = _with_panels(file, panels)
        yield Artifact(
            path=f"{TERRITORY.folder}/{file.name}{TERRITORY.suffix}",
            text=yaml_text(data, f"Built by obskit from {file.module}. Do not edit."),
            format=TERRITORY.format,
            origin=Origin(file.module),
            sources=(file.module,),
            data=data,
            origins=dict(_origins(file)),
        )


def _with_panels(file: RuleFile, panels: Mapping[str, int]) -> Json:
    """The file, each alert that names a panel with the annotations by which Grafana opens it."""
    data = file.json
    for (_, rule), written in zip(file.rules(), (rule for group in data["groups"] for rule in group["rules"]), strict=True):
        if rule.panel in panels:
            uid = rule.panel.partition("/")[0]
            link = {"__dashboardUid__": uid, "__panelId__": str(panels[rule.panel])}
            written["annotations"] = {**written.get("annotations", {}), **link}
    return data


def _origins(file: RuleFile) -> Iterator[tuple[Place, Origin | None]]:
    for index, group in enumerate(file.groups):
        yield ("groups", index), group.origin
        for inner, rule in enumerate(group.rules):
            yield ("groups", index, "rules", inner), rule.origin
