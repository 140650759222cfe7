"""Rows: those of before schemaVersion 16, which hold panels by twelfths of the width, and the panels of expanded rows.

Grafana lays out in 24 columns and units of 30 pixels with gaps of 8.
"""

from __future__ import annotations

import math
from typing import Any

from obskit.model.json import NOTE, Json
from obskit.model.modern.frame import identify
from obskit.model.modern.reading import number, record, records

COLUMNS = 24
TWELFTH = 2
SPAN = 4
"""Twelfths of a panel that says nothing."""
UNIT, GAP, LOWEST = 30, 8, 3
HEIGHT = "250px"
"""Of a row that says nothing."""


def flat(panels: list[Json]) -> list[Json]:
    """The panels with those of expanded rows behind their row; collapsed rows keep theirs."""
    out: list[Json] = []
    for panel in panels:
        if panel.get("type") == "row" and not panel.get("collapsed") and panel.get("panels"):
            out.append({**panel, "panels": []})
            out.extend(flat(records(panel["panels"])))
        else:
            out.append(panel)
    return out


def row(raw: Json) -> tuple[Json, list[Json]]:
    """A row without its panels, and the panels that it keeps."""
    out: Json = {"type": "row", "title": raw.get("title") or "", "collapsed": bool(raw.get("collapsed"))}
    if raw.get("repeat"):
        out["repeat"] = raw["repeat"]
    identify(raw, out)
    return out, flat(records(raw.get("panels"))) if out["collapsed"] else []


def from_rows(rows: list[Json], below: list[Json]) -> list[Json]:
    """Panels and row panels for old rows, placed under the panels that are there already."""
    y = max((_bottom(panel) for panel in below), default=0)
    titled = any(_shows(item) for item in rows)
    out: list[Json] = []
    for item in rows:
        collapsed = bool(item.get("collapse"))
        inner, bottom = _place(item, y + (1 if titled else 0))
        if titled:
            head = _head(item, y, collapsed)
            head["panels"] = inner if collapsed else []
            out.append(head)
        if not (titled and collapsed):
            out.extend(inner)
        y = y + 1 if titled and collapsed else bottom
    return out


def _shows(item: Json) -> bool:
    return bool(item.get("collapse") or item.get("showTitle") or item.get("repeat"))


def _head(item: Json, y: int, collapsed: bool) -> Json:
    title = item.get("title") or "" if _shows(item) else ""
    head: Json = {"type": "row", "title": title, "collapsed": collapsed, "gridPos": {"h": 1, "w": COLUMNS, "x": 0, "y": y}}
    if item.get("repeat"):
        head["repeat"] = item["repeat"]
    if NOTE in item:
        head[NOTE] = item[NOTE]
    return head


def _place(item: Json, y: int) -> tuple[list[Json], int]:
    """The panels of a row from left to right, going on below where the width is used up; and where they end."""
    placed: list[Json] = []
    x, line = 0, 0
    for panel in records(item.get("panels")):
        width = min(COLUMNS, max(1, math.floor(number(panel.get("span")) or SPAN)) * TWELFTH)
        height = _units(panel.get("height") or item.get("height") or HEIGHT)
        if x + width > COLUMNS:
            x, y, line = 0, y + line, 0
        placed.append({**panel, "gridPos": {"h": height, "w": width, "x": x, "y": y}})
        x, line = x + width, max(line, height)
    return placed, y + line


def _units(height: Any) -> int:
    pixels = number(height.strip().removesuffix("px") if isinstance(height, str) else height)
    return max(LOWEST, math.ceil((pixels or 250) / (UNIT + GAP)))


def _bottom(panel: Json) -> int:
    place = record(panel.get("gridPos"))
    return int((number(place.get("y")) or 0) + (number(place.get("h")) or 0))
