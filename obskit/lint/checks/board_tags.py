"""A dashboard without tags.

Tags are how people find a board in a long list, and what links of the kind "dashboards with this tag" go by.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "sum(up)", unit="short")])

Good:
    board = dashboard("Shop", uid="shop", tags=("shop",), panels=[timeseries("Up", "sum(up)", unit="short")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem

LEVEL: Severity = "info"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Boards without any tag."""
    for board in analysed.project.boards:
        if not board.json.get("tags"):
            yield Problem(f'dashboard "{board.title}" has no tags', board.origin, 'tags=("shop",)', waive=board.waive)
