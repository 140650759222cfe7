"""An alert that leads to a panel that is not there.

`panel="<uid>/<key>"` names a dashboard by its uid and one of its panels by its `key=`; whoever is paged opens it first.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "up", key="up")])
    down = Alert(name="ShopDown", expr="up == 0", panel="shop/ups")

Bad:
    down = Alert(name="ShopDown", expr="up == 0", panel="shop/up")

Good:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "up", key="up")])
    down = Alert(name="ShopDown", expr="up == 0", panel="shop/up")
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from obskit.analysis import Analysed
from obskit.analysis.placed import files
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.naming import did_you_mean

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts whose panel does not exist."""
    if analysed.project.faults:
        return  # a board may be missing because its module could not be loaded
    boards = {board.uid: tuple(panel.key for panel in board.panels if panel.key) for board in analysed.project.boards}
    for file in files(analysed.project):
        for _, rule in file.rules():
            wrong = _wrong(rule.panel, boards) if rule.panel else None
            if wrong:
                message, hint = wrong
                yield Problem(f'alert "{rule.name}" leads to panel "{rule.panel}": {message}', rule.origin, hint, waive=rule.waive)


def _wrong(panel: str, boards: Mapping[str, tuple[str, ...]]) -> tuple[str, str] | None:
    uid, slash, key = panel.partition("/")
    if not slash or not uid or not key:
        return "it is not of the form <uid>/<key>", 'panel="shop-operations/latency"'
    if uid not in boards:
        return f'there is no dashboard with the uid "{uid}"', did_you_mean(uid, boards) or "declare one, or leave panel= out"
    if key not in boards[uid]:
        hint = did_you_mean(key, boards[uid]) or f'give the panel key="{key}"'
        return f'dashboard "{uid}" has no panel with the key "{key}"', hint
    return None
