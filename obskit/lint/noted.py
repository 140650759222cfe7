"""What bringing a board into the neutral form had to say, as problems of the panel meant."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.lint.problem import Problem
from obskit.model import Board


def noted(analysed: Analysed, check: str, hint: str) -> Iterator[Problem]:
    """The notes of all boards that are for `check`."""
    for board in analysed.project.boards:
        for name, message in board.notes:
            if name == check:
                yield _problem(board, message, hint)


def _problem(board: Board, message: str, hint: str) -> Problem:
    panel = next((panel for panel in board.panels if panel.title and message.startswith(f'panel "{panel.title}":')), None)
    origin, waive = (panel.origin, panel.waive) if panel else (None, ())
    return Problem(message, origin or board.origin, hint, waive=waive + board.waive)
