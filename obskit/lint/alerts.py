"""The rules of a project with their labels, and what several of a file lack alike, told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from obskit.analysis import Analysed
from obskit.lint.problem import Problem
from obskit.lint.several import FEW
from obskit.model import GroupView, RuleFile, RuleView
from obskit.waiver import Waive


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
    """Every alert, in the order of files."""
    return (placed for placed in rules(analysed) if placed.rule.kind == "alert")


def rules(analysed: Analysed) -> Iterator[Placed]:
    """Every rule, in the order of files."""
    return (Placed(file, group, rule) for file in analysed.project.rule_files for group, rule in file.rules())


def alike(found: Iterable[Placed], what: str, hint: str) -> Iterator[Problem]:
    """`alert "A" <what>` for each of a few rules of a file; for more, the first is named at its place and the others counted.

    Rules that carry waivers of their own stand for themselves.
    """
    groups: dict[tuple[str, tuple[Waive, ...]], list[Placed]] = {}
    for placed in found:
        groups.setdefault((placed.file.name, placed.rule.waive), []).append(placed)
    for (_, waive), members in groups.items():
        told = members if len(members) <= FEW else members[:1]
        for _, _, rule in told:
            others = f" (and {len(members) - 1} more in this file)" if len(told) < len(members) else ""
            yield Problem(f'{rule.kind} "{rule.name}" {what}{others}', rule.origin, hint, waive=waive)
