"""The layout packer: panels flow over the 24 columns of Grafana's grid, and never overlap.

Panels keep their order: whoever reads the board from the top left, or on a phone in one column, meets them as they were
declared (higher `importance` first within a row). A panel stands directly under others, so Grafana's own compaction has
nothing to move.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

COLUMNS = 24


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the grid: columns for `x` and `w`, units of 30 px for `y` and `h`."""

    x: int
    y: int
    w: int
    h: int


def pack(sizes: Iterable[tuple[int, int]], top: int = 0) -> list[Box]:
    """Boxes for the (width, height) `sizes`, in order, from `top` on.

    Each takes the first free place after its predecessor (by y, then x) that rests on what is above it.
    """
    heights = [top] * COLUMNS
    boxes: list[Box] = []
    last = (top, -1)
    for width, height in sizes:
        w = min(width, COLUMNS)
        y, x = min(place for place in _places(heights, w) if place > last)
        heights[x : x + w] = [y + height] * w
        boxes.append(Box(x, y, w, height))
        last = (y, x)
    return boxes


def bottom(boxes: Iterable[Box], top: int = 0) -> int:
    """The first free line under the boxes."""
    return max((box.y + box.h for box in boxes), default=top)


def _places(heights: list[int], width: int) -> Iterable[tuple[int, int]]:
    """Where a panel of that width would come to rest, per column, as (y, x)."""
    return ((max(heights[x : x + width]), x) for x in range(COLUMNS - width + 1))
