"""What bringing a board into the neutral form had to say, as problems of the panel meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from obskit.analysis import Analysed
from obskit.lint.problem import Problem
from obskit.lint.several import board_key
from obskit.model import Panel


def noted(analysed: Analysed, check: str, hint: str) -> Iterator[Problem]:
    """The notes of all boards that are for `check`; those that say the same of a board are shown together."""
    for board in analysed.project.boards:
        named: dict[str, Panel] | None = None
        for name, message in board.notes:
            if name == check:
                if named is None:
                    named = {panel.title: panel for panel in reversed(board.panels) if panel.title}
                panel = _panel(named, message)
                what = message.removeprefix(f'panel "{panel.title}":') if panel else message
                together = (f"{board_key(board)}:{what}", f'and {{}} more panels of "{board.title}"')
                origin = (panel.origin if panel else None) or board.origin
                yield Problem(message, origin, hint, waive=(panel.waive if panel else ()) + board.waive, together=together)


def _panel(named: Mapping[str, Panel], message: str) -> Panel | None:
    """The panel a note is about: `panel "Its title": …`; titles may hold quotes and colons."""
    at = message.find('":') if message.startswith('panel "') else -1
    while at >= 0:
        found = named.get(message[len('panel "') : at])
        if found is not None:
            return found
        at = message.find('":', at + 1)
    return None
