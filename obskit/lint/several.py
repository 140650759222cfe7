"""One problem that many panels of a board share: shown once with their number instead of many times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from obskit.lint.problem import Problem
from obskit.model import Board, Panel


def lacking(board: Board, panels: Iterable[Panel], what: str, hint: str) -> Iterator[Problem]:
    """`panel "A" has no <what>` for each of the panels; those of one board are shown together."""
    together = (f"{board_key(board)}: {what}", f'nor have {{}} other panels of "{board.title}"')
    for panel in panels:
        message = f"{panel.name} has no {what}"
        yield Problem(message, panel.origin or board.origin, hint, waive=panel.waive + board.waive, together=together)


def board_key(board: Board) -> str:
    """What tells boards apart, of one title too."""
    return f"{board.uid}, {board.title}, {board.origin}"
