"""Two panels of a row that only their order tells apart.

The id of a panel is made from its row and title. Where two agree in both, the ids follow the order of the panels: when one
is put before the other, links and alerts that name a panel lead to the wrong one. Panels without a title agree in it.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "up"), stat("Up", "up")])

Good:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "up"), stat("Up", "up", key="up-now")])
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.model import Panel
from obskit.naming import panel_id

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Panels whose derived id depends on their order."""
    for board in analysed.project.boards:
        seen: Counter[tuple[str, ...]] = Counter()
        for panel in board.panels:
            names = _names(panel)
            again = (str(seen[names] + 1),) if seen[names] else ()
            if panel.id != panel_id(*names, *again):
                continue
            seen[names] += 1
            if again:
                hint = "give it a key=; a plain grafanalib panel takes an id="
                yield Problem(_message(panel), panel.origin or board.origin, hint, waive=panel.waive + board.waive)


def _names(panel: Panel) -> tuple[str, ...]:
    """What the panel's id is made from, unless it was given."""
    if panel.key:
        return ("key", panel.key)
    return ("row", "", panel.title) if panel.is_row else ("panel", panel.row, panel.title)


def _message(panel: Panel) -> str:
    if panel.key:
        return f'the key "{panel.key}" of {panel.name} is another panel\'s'
    where = f'row "{panel.row}"' if panel.row and not panel.is_row else "the dashboard"
    untitled = f'panel of kind "{panel.kind}" in {where} has no title'
    what = f"{panel.name} is not the only one of that title in {where}" if panel.title else untitled
    return f"{what}, so its id depends on the order"
