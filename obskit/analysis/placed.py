"""The rules of a project where they stand, with the labels and annotations that they get there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from obskit.analysis.analysed import Analysed
from obskit.model import GroupView, RuleFile, RuleView
from obskit.source import Project


class Placed(NamedTuple):
    """A rule where it stands."""

    file: RuleFile
    group: GroupView
    rule: RuleView

    @property
    def labels(self) -> dict[str, str]:
        """What is written on the rule, and on its group."""
        return {**written(self.group.json.get("labels")), **written(self.rule.json.get("labels"))}

    @property
    def annotations(self) -> dict[str, str]:
        return written(self.rule.json.get("annotations"))


def written(pairs: object) -> dict[str, str]:
    """The pairs of names and texts in what a rule's JSON holds under `labels` or `annotations`."""
    found = pairs.items() if isinstance(pairs, dict) else ()
    return {name: text for name, text in found if isinstance(name, str) and isinstance(text, str)}


def alerts(analysed: Analysed) -> Iterator[Placed]:
    """Every alert, in the order of files; those on spans last."""
    return (placed for placed in rules(analysed) if placed.rule.kind == "alert")


def rules(analysed: Analysed) -> Iterator[Placed]:
    """Every rule, in the order of files; alerts on spans last."""
    return (Placed(file, group, rule) for file in files(analysed.project) for group, rule in file.rules())


def files(project: Project) -> tuple[RuleFile, ...]:
    """The rule files, and what they cannot hold: the alerts on spans."""
    return (*project.rule_files, *project.trace_alerts)
