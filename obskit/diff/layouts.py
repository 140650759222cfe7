"""Where the panels of a board stand: who moved to another row or behind another panel, who has another size, who was only pushed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from obskit.diff.changes import Edit
from obskit.diff.leaves import edit, leaves
from obskit.diff.pairs import in_order
from obskit.diff.panels import name
from obskit.diff.texts import number
from obskit.model import Panel

_SIDES = frozenset({"x", "y", "w", "h"})


class Moves(NamedTuple):
    """The edits of each panel by its index on the second side, and how many panels were only pushed by others."""

    edits: Mapping[int, tuple[Edit, ...]]
    pushed: int


def holders(panels: Sequence[Panel]) -> list[int | None]:
    """The index of the row that each panel stands in; rows of one title, or of none, are not the same."""
    row: int | None = None
    last = 0
    found: list[int | None] = []
    for index, panel in enumerate(panels):
        if panel.is_row:  # its own panels are listed first
            row, last = index, index + len(panel.json.get("panels") or ())
        closed = row is not None and bool(panels[row].json.get("collapsed"))
        found.append(None if panel.is_row or (closed and index > last) else row)
    return found


def moves(before: Sequence[Panel], after: Sequence[Panel], both: Sequence[tuple[int, int]]) -> Moves:
    """The moves between two lists of panels of which `both` are the same.

    A panel is pushed when it stands elsewhere only because others came, went, moved or grew; where nothing did, its place is told.
    """
    order_before, order_after = (_order(panels) for panels in (before, after))
    ranked = sorted((order_before[one], order_after[two], one, two) for one, two in both)
    edits: dict[int, list[Edit]] = {}
    stayed: dict[int | None, list[tuple[int, int, int, int]]] = {}
    olds, news = holders(before), holders(after)
    rows = {one: two for one, two in both if before[one].is_row}
    for first, second, one, two in ranked:
        old, new = olds[one], news[two]
        if (old is None) != (new is None) or (old is not None and rows.get(old) != new):
            edits.setdefault(two, []).append(Edit(what=f"moved to {name(after[new])}" if new is not None else "moved out of its row"))
        else:
            stayed.setdefault(new, []).append((second, first, one, two))
        _size(before[one], after[two], edits.setdefault(two, []))
    for row, places in stayed.items():
        _reordered(row, places, after, edits)
    renamed = any(before[one].title != after[two].title for one, two in rows.items())
    moved = any(edits.values()) or len(both) != len(before) or len(both) != len(after) or renamed
    pushed = 0
    for _, _, one, two in ranked:
        told = edits[two]
        old_place, new_place = _place(before[one]), _place(after[two])
        if old_place == new_place or any(one.what.startswith("moved") for one in told):
            continue
        if moved:
            pushed += not told
        else:
            told.append(Edit(what="position", before=old_place or None, after=new_place or None))
    return Moves({two: tuple(found) for two, found in edits.items() if found}, pushed)


def _reordered(row: int | None, places: list[tuple[int, int, int, int]], after: Sequence[Panel], edits: dict[int, list[Edit]]) -> None:
    places.sort()
    kept = in_order([(first, second) for second, first, _, _ in places])
    previous: Panel | None = None
    for second, _, _, two in places:
        if second not in kept:
            start = "to the start" if row is None else f"to the start of {name(after[row])}"
            where = f"behind {name(previous)}" if previous is not None else start
            edits.setdefault(two, []).append(Edit(what=f"moved {where}"))
        previous = after[two]


def _size(before: Panel, after: Panel, told: list[Edit]) -> None:
    one, two = (_grid(panel) for panel in (before, after))
    first, second = (f"{_cells(grid.get('w'))} by {_cells(grid.get('h'))}" if grid else None for grid in (one, two))
    if first != second:
        told.append(Edit(what="size", before=first, after=second))
    ones, twos = ({key: value for key, value in grid.items() if key not in _SIDES} for grid in (one, two))
    for path, left, right in leaves(ones, twos):
        told.append(edit(("gridPos", *path), left, right))


def _order(panels: Sequence[Panel]) -> dict[int, int]:
    """The reading order: by row as they are listed, then from top to bottom and from left to right."""
    row, keys = 0, []
    for index, panel in enumerate(panels):
        row += panel.is_row
        grid = _grid(panel)
        y, x = grid.get("y"), grid.get("x")
        placed = isinstance(y, (int, float)) and isinstance(x, (int, float))
        keys.append((row, not panel.is_row, y if placed else 0, x if placed else 0, index))
    return {index: rank for rank, (*_, index) in enumerate(sorted(keys))}


def _place(panel: Panel) -> str:
    grid = _grid(panel)
    return ", ".join(f"{key} {_cells(grid[key])}" for key in ("x", "y") if key in grid)


def _grid(panel: Panel) -> dict[str, Any]:
    grid = panel.json.get("gridPos")
    return grid if isinstance(grid, dict) else {}


def _cells(value: Any) -> str:
    return number(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else "?"
