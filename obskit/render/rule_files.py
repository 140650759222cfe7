"""Rule files as the formats write them: alerts with the annotations by which Grafana opens their panel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from obskit.analysis import Analysed
from obskit.artifact import Place
from obskit.model import Json, RuleFile
from obskit.origin import Origin


def rule_files(analysed: Analysed) -> Iterator[tuple[RuleFile, Json]]:
    """Every rule file with the data to write."""
    known = panels(analysed)
    for file in analysed.project.rule_files:
        yield file, _with_panels(file, known)


def panels(analysed: Analysed) -> dict[str, int]:
    """`<uid>/<key>` of every panel that has a key, and the panel's id."""
    return {f"{board.uid}/{panel.key}": panel.id for board in analysed.project.boards for panel in board.panels if panel.key}


def _with_panels(file: RuleFile, panels: Mapping[str, int]) -> Json:
    """The file, each alert that names a panel with the annotations by which Grafana opens it."""
    data = file.json
    for (_, rule), written in zip(file.rules(), (rule for group in data["groups"] for rule in group["rules"]), strict=True):
        if rule.panel in panels:
            uid = rule.panel.partition("/")[0]
            link = {"__dashboardUid__": uid, "__panelId__": str(panels[rule.panel])}
            written["annotations"] = {**written.get("annotations", {}), **link}
    return data


def origins(file: RuleFile) -> Iterator[tuple[Place, Origin | None]]:
    for index, group in enumerate(file.groups):
        yield ("groups", index), group.origin
        for inner, rule in enumerate(group.rules):
            yield ("groups", index, "rules", inner), rule.origin
