"""One problem that many panels of a board share, told once with their names instead of many times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from obskit.lint.problem import Problem
from obskit.model import Board, Panel
from obskit.waiver import Waive

FEW = 3
"""Up to so many panels are told one by one."""


def lacking(board: Board, panels: Iterable[Panel], what: str, hint: str) -> Iterator[Problem]:
    """`panel "A" has no <what>` for each of a few panels; for more, the first is named at its place and the others counted.

    Panels that carry waivers of their own stand for themselves.
    """
    groups: dict[tuple[Waive, ...], list[Panel]] = {}
    for panel in panels:
        groups.setdefault(panel.waive, []).append(panel)
    for waive, members in groups.items():
        told = members if len(members) <= FEW else members[:1]
        for panel in told:
            others = f' (nor have {len(members) - 1} other panels of "{board.title}")' if len(told) < len(members) else ""
            yield Problem(f"{panel.name} has no {what}{others}", panel.origin or board.origin, hint, waive=waive + board.waive)
