"""Of the graph panel: what its series overrides and threshold lines are today."""

from __future__ import annotations

from typing import Any

from obskit.model.json import Json
from obskit.model.modern.kinds.colours import fixed, overridden
from obskit.model.modern.reading import number, record, records, word

COLOURS = {"critical": "red", "warning": "orange", "ok": "green"}
CLEAR = "transparent"


def overrides(panel: Json, axes: tuple[Json, Json]) -> list[Json]:
    """One override for each series override that changes anything."""
    found: list[Json] = []
    for item in records(panel.get("seriesOverrides")):
        alias = item.get("alias")
        if isinstance(alias, str) and alias and (properties := _properties(item, panel, axes[1])):
            found.append(overridden(alias, properties))
    return found


def _properties(item: Json, panel: Json, right: Json) -> list[Json]:
    given = {key: value for key, value in item.items() if not (key in panel and panel[key] == value)}
    found: list[tuple[str, Any]] = []
    if given.get("bars"):
        found += [("custom.drawStyle", "bars"), ("custom.fillOpacity", 100)]
    elif given.get("bars") is False and item.get("lines", True):
        found.append(("custom.drawStyle", "line"))
    if given.get("lines") is False and not item.get("bars"):
        found += [("custom.drawStyle", "points")] if item.get("points") else [("custom.lineWidth", 0)]
    if "points" in given:
        found.append(("custom.showPoints", "always" if given["points"] else "never"))
    if (fill := number(given.get("fill"))) is not None and not item.get("bars"):
        found.append(("custom.fillOpacity", 10 * fill))
    for old, name in (("linewidth", "custom.lineWidth"), ("fillBelowTo", "custom.fillBelowTo")):
        if given.get(old, "") != "":
            found.append((name, given[old]))
    if item.get("yaxis") == 2:
        found += _right(right)
    if item.get("transform") == "negative-Y":
        found.append(("custom.transform", "negative-Y"))
    if item.get("steppedLine"):
        found.append(("custom.lineInterpolation", "stepAfter"))
    if item.get("dashes"):
        found.append(("custom.lineStyle", {"fill": "dash", "dash": [item.get("dashLength") or 10, item.get("spaceLength") or 10]}))
    found += _stacked(given)
    hidden = {"legend": item.get("legend") is False, "tooltip": item.get("hideTooltip") is True, "viz": False}
    if hidden["legend"] or hidden["tooltip"]:
        found.append(("custom.hideFrom", hidden))
    properties = [{"id": name, "value": value} for name, value in found]
    return [*properties, fixed(item["color"])] if item.get("color") else properties


def _right(axis: Json) -> list[tuple[str, Any]]:
    """What a series takes over from the right axis."""
    found: list[tuple[str, Any]] = [("custom.axisPlacement", "hidden" if axis.get("show") is False else "right")]
    found += [("unit", axis["format"])] if axis.get("format") else []
    found += [(name, value) for name in ("min", "max", "decimals") if (value := number(axis.get(name))) is not None]
    return found + ([("custom.axisLabel", axis["label"])] if axis.get("label") else [])


def _stacked(given: Json) -> list[tuple[str, Any]]:
    """A series may be stacked, not be, or be in a stack of its own that has a name."""
    if "stack" not in given:
        return []
    stack = given["stack"]
    return [("custom.stacking", {"mode": "normal" if stack else "none", "group": stack if isinstance(stack, str) else "A"})]


def limits(panel: Json) -> tuple[list[Json], str] | None:
    """Steps and style of the threshold lines; None without any. Between two lines the nearest one that says so colours."""
    lines = [(value, item) for item in _lines(panel) if (value := number(item.get("value"))) is not None]
    if not lines:
        return None
    above = sorted(((value, _colour(item)) for value, item in lines if item.get("op") != "lt"), key=lambda pair: pair[0])
    below = sorted(((value, _colour(item)) for value, item in lines if item.get("op") == "lt"), key=lambda pair: pair[0])
    found: list[Json] = []
    for start in (None, *sorted({value for value, _ in lines})):
        over = [colour for value, colour in above if start is not None and value <= start]
        under = [colour for value, colour in below if start is None or value > start]
        found.append({"color": over[-1] if over else under[0] if under else CLEAR, "value": start})
    areas = any(item.get("fill") for _, item in lines)
    drawn = any(item.get("line") for _, item in lines)
    return found, "line+area" if areas and drawn else "area" if areas else "line" if drawn else "off"


def _lines(panel: Json) -> list[Json]:
    """The threshold lines; before schemaVersion 13 there were at most two, in `grid`."""
    if records(panel.get("thresholds")):
        return records(panel["thresholds"])
    grid = record(panel.get("grid"))
    return [
        {
            "value": grid[name],
            "colorMode": "custom",
            "fillColor": grid.get(f"{name}Color"),
            "fill": not grid.get("thresholdLine"),
            "line": grid.get("thresholdLine"),
        }
        for name in ("threshold1", "threshold2")
        if name in grid
    ]


def _colour(item: Json) -> str:
    mode = word(item.get("colorMode")) or "critical"
    if mode in COLOURS:
        return COLOURS[mode]
    drawn = item.get("lineColor") if item.get("line") else None
    return str(drawn or item.get("fillColor") or "red")
