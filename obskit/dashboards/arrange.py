"""Places and ids of a board's panels: the grid is packed where the author gave no position, ids depend on names alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from obskit.dashboards.layout import Box, bottom, pack
from obskit.model import NOTE, Json, Note
from obskit.naming import panel_id

_SIZES = {
    "stat": (6, 4), "gauge": (6, 6), "piechart": (8, 8), "bargauge": (8, 8), "table": (12, 8), "logs": (24, 10), "traces": (24, 10),
    "nodeGraph": (24, 12), "text": (24, 3), "alertlist": (8, 8), "state-timeline": (24, 6),
}  # fmt: skip
_USUAL = (12, 8)


def place(panels: list[Json]) -> None:
    """Gives every panel its full `gridPos`. Panels with a position keep it; the others flow below, row by row."""
    top = 0
    for row, members in _sections(panels):
        if row is not None:
            top = _set(row, Box(0, _given_y(row, top), 24, 1)) + 1
            inside = row.get("panels", [])
            _flow(inside, top)
        top = max(top, _flow(members, top))


def identify(panels: list[Json]) -> None:
    """Gives every panel an id that stays the same when others come and go.

    Ids as `auto_panel_ids` makes them (1, 2, 3, … in order) are replaced, others that were given are kept.
    """
    everything = list(_all(panels))
    given = [panel.get("id") for _, panel in everything if "id" in panel or panel.get("type") != "row"]  # old rows have none
    if given == list(range(1, len(given) + 1)):
        for _, panel in everything:
            panel.pop("id", None)
    taken = {panel["id"] for _, panel in everything if "id" in panel}
    seen: Counter[tuple[str, ...]] = Counter()
    for row, panel in everything:
        if "id" not in panel:
            panel["id"] = _id(row, panel, seen, taken)


def _id(row: str, panel: Json, seen: Counter[tuple[str, ...]], taken: set[int]) -> int:
    key = _note(panel).key
    kind = "row" if panel.get("type") == "row" else "panel"
    names = ("key", key) if key else (kind, row, panel.get("title", ""))
    seen[names] += 1
    again = (str(seen[names]),) if seen[names] > 1 else ()
    made = panel_id(*names, *again)
    while made in taken:
        made = made % (2**31 - 1) + 1
    taken.add(made)
    return made


def _note(panel: Json) -> Note:
    found = panel.get(NOTE)
    return found if isinstance(found, Note) else Note()


def _all(panels: Iterable[Json], row: str = "") -> Iterator[tuple[str, Json]]:
    for panel in panels:
        if panel.get("type") == "row":
            yield "", panel
            row = panel.get("title", "")
            yield from _all(panel.get("panels", []), row)
        else:
            yield row, panel


def _sections(panels: list[Json]) -> Iterator[tuple[Json | None, list[Json]]]:
    """The rows with the panels that follow them; reorders `panels` by importance within each row."""
    rows: list[tuple[Json | None, list[Json]]] = [(None, [])]
    for panel in panels:
        if panel.get("type") == "row":
            rows.append((panel, []))
        else:
            rows[-1][1].append(panel)
    panels.clear()
    for row, members in rows:
        for group in (members, row.get("panels", []) if row is not None else []):
            group.sort(key=lambda panel: -_note(panel).importance)
        panels.extend(([row] if row is not None else []) + members)
    return iter(rows)


def _flow(members: list[Json], top: int) -> int:
    """Packs the members without a position under those that have one; the first free line."""
    fixed = [_box(panel) for panel in members if _placed(panel)]
    start = max(top, bottom(fixed, top))
    free = [panel for panel in members if not _placed(panel)]
    boxes = pack([_size(panel) for panel in free], start)
    for panel, box in zip(free, boxes, strict=True):
        _set(panel, Box(box.x, box.y, _size(panel)[0], box.h))  # a width beyond the grid stays: it is a finding
    return bottom([*fixed, *boxes], top)


def _placed(panel: Json) -> bool:
    position = panel.get("gridPos") or {}
    return all(isinstance(position.get(side), int) for side in ("x", "y", "w", "h"))


def _box(panel: Json) -> Box:
    position = panel["gridPos"]
    return Box(position["x"], position["y"], position["w"], position["h"])


def _size(panel: Json) -> tuple[int, int]:
    position = panel.get("gridPos") or {}
    width, height = _SIZES.get(panel.get("type", ""), _USUAL)
    return position.get("w") or width, position.get("h") or height


def _given_y(row: Json, top: int) -> int:
    return int(row["gridPos"]["y"]) if _placed(row) else top


def _set(panel: Json, box: Box) -> int:
    panel["gridPos"] = {"h": box.h, "w": box.w, "x": box.x, "y": box.y}
    return box.y
