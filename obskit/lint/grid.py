"""Where panels stand on a board's grid, and which of them share one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from obskit.model import Board, Panel

COLUMNS = 24


class Box(NamedTuple):
    """A rectangle on the grid: columns for `x` and `w`, units of 30 px for `y` and `h`."""

    x: int
    y: int
    w: int
    h: int


def box(panel: Panel) -> Box | None:
    """The place of a panel, or None when it does not say all of it in whole numbers."""
    place = panel.json.get("gridPos")
    if not isinstance(place, dict):
        return None
    x, y, w, h = place.get("x"), place.get("y"), place.get("w"), place.get("h")
    if isinstance(x, int) and isinstance(y, int) and isinstance(w, int) and isinstance(h, int):
        return Box(x, y, w, h)
    return None


def grids(board: Board) -> Iterator[list[Panel]]:
    """The panels that share a grid: those at the top, and those inside each collapsed row."""
    own: dict[int, Panel] = {id(panel.json): panel for panel in board.panels}
    top = board.json.get("panels", [])
    yield [own[id(item)] for item in top]
    for item in top:
        if own[id(item)].is_row and item.get("panels"):
            yield [own[id(inner)] for inner in item["panels"]]
