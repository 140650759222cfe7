"""The layouts of dashboards of version 2: which elements they show, and rows, tabs and items brought face to face."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from obskit.diff.forms import BoardForm
from obskit.model import Board, Json

_LISTS = ("rows", "tabs", "items", "elements")
UNPLACED = "shown in the layout"
"""The member of a panel that no layout shows."""


def placed(form: BoardForm, board: Board) -> Board:
    """The board with the panels that no layout shows in front, out of every row: nobody sees them. The neutral form has them last."""
    elements = form.raw.get("elements")
    if not isinstance(elements, dict) or "layout" not in form.raw:
        return board
    number = len(elements.keys() - set(_shown(form.raw["layout"])))
    listed = board.json.get("panels") or []
    if not number or len(listed) != len(board.panels):
        return board
    out = [{**one, UNPLACED: False} for one in listed[-number:]]
    hidden = [replace(panel, row="", json=json) for panel, json in zip(board.panels[-number:], out, strict=True)]
    return replace(board, json={**board.json, "panels": [*out, *listed[:-number]]}, panels=(*hidden, *board.panels[:-number]))


def _shown(layout: Any) -> Iterator[str]:
    """The names of the elements that a layout shows."""
    if isinstance(layout, dict):
        for key, value in layout.items():
            if key == "element" and isinstance(value, dict) and isinstance(value.get("name"), str):
                yield value["name"]
            else:
                yield from _shown(value)
    elif isinstance(layout, list):
        for one in layout:
            yield from _shown(one)


def aligned(before: Any, after: Any) -> tuple[Any, Any]:
    """Two layouts with the rows, tabs and items that both have, in the order of the second: others came, went or moved, which is told."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return before, after
    ones, twos = dict(before), dict(after)
    for key in before.keys() & after.keys():
        one, two = before[key], after[key]
        if key in _LISTS and isinstance(one, list) and isinstance(two, list):
            ones[key], twos[key] = _matched(one, two)
        elif key in ("layout", "spec"):
            ones[key], twos[key] = aligned(one, two)
    return ones, twos


def _matched(before: list[Any], after: list[Any]) -> tuple[list[Any], list[Any]]:
    names = [[_name(one) for one in side] for side in (before, after)]
    if any(None in side or len({*side}) != len(side) for side in names):
        return before, after
    by_name = dict(zip(names[0], before, strict=True))
    pairs = [aligned(by_name[name], one) for name, one in zip(names[1], after, strict=True) if name in by_name]
    return [one for one, _ in pairs], [two for _, two in pairs]


def _name(item: Any) -> str | None:
    """The title of a row or tab, the name of the element of an item."""
    spec: Json = item["spec"] if isinstance(item, dict) and isinstance(item.get("spec"), dict) else {}
    element = spec.get("element")
    found = element.get("name") if isinstance(element, dict) else spec.get("title")
    return found if isinstance(found, str) else None
