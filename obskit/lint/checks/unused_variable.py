"""A variable that nothing on the dashboard uses.

Whoever changes it sees that nothing happens. Passing all variables on in a link is no use of each; filters (`adhoc`,
`groupby`) act by themselves. A dashboard with a library panel is not looked at, for its queries are elsewhere.

Bad:
    board = dashboard("Shop", uid="shop", variables=[custom_variable("zone", ["eu", "us"])], panels=[timeseries("Up", "up")])

Good:
    board = dashboard("Shop", uid="shop", variables=[custom_variable("zone", ["eu", "us"])], panels=[
        timeseries("Up", 'up{zone="$zone"}'),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.strings import strings
from obskit.model import Board, references

LEVEL: Severity = "warning"

_ACTING = ("adhoc", "groupby")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Variables without a use."""
    for board in analysed.project.boards:
        unused = _unused(board) if board.variables else set()
        for variable in board.variables:
            if variable.name in unused:
                message = f'variable "{variable.name}" is used nowhere on dashboard "{board.title}"'
                yield Problem(message, variable.origin or board.origin, "remove it, or use it in a query", waive=board.waive)


def _unused(board: Board) -> set[str]:
    if any("libraryPanel" in panel.json for panel in board.panels):
        return set()
    left = {variable.name for variable in board.variables if variable.kind not in _ACTING}
    for own, text in _texts(board):
        if not left:
            break
        if "$" in text or "[[" in text:
            left.difference_update(name for name in references(text) if name != own)
    return left


def _texts(board: Board) -> Iterator[tuple[str, str]]:
    """Every text of the board, where most variables are used first, and the name of the variable it belongs to."""
    for panel in board.panels:
        repeat = panel.json.get("repeat")
        if repeat:
            yield "", f"${repeat} {repeat}"
        for query in panel.queries:
            yield "", query.text
            yield "", query.datasource
    for variable in board.variables:
        for text in strings(variable.json):
            yield variable.name, text
    yield "", repr({key: value for key, value in board.json.items() if key != "templating"})
