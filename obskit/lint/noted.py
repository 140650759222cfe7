"""What bringing a board into the neutral form had to say, as problems of the panel meant."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.lint.problem import Problem
from obskit.lint.several import FEW
from obskit.model import Board, Panel
from obskit.waiver import Waive


def noted(analysed: Analysed, check: str, hint: str) -> Iterator[Problem]:
    """The notes of all boards that are for `check`; of more than a few that say the same of a board, the first and how many."""
    for board in analysed.project.boards:
        alike: dict[tuple[str, tuple[Waive, ...]], list[tuple[str, Panel | None]]] = {}
        for name, message in board.notes:
            if name == check:
                panel = _panel(board, message)
                what = message.removeprefix(f'panel "{panel.title}":') if panel else message
                alike.setdefault((what, panel.waive if panel else ()), []).append((message, panel))
        for (_, waive), notes in alike.items():
            told = notes if len(notes) <= FEW else notes[:1]
            others = f' (and {len(notes) - 1} more panels of "{board.title}")' if len(told) < len(notes) else ""
            for message, panel in told:
                yield Problem(f"{message}{others}", (panel.origin if panel else None) or board.origin, hint, waive=waive + board.waive)


def _panel(board: Board, message: str) -> Panel | None:
    return next((panel for panel in board.panels if panel.title and message.startswith(f'panel "{panel.title}":')), None)
