"""The table of before Grafana 7: its column styles as overrides, its transform as a transformation."""

from __future__ import annotations

from obskit.model.json import Json
from obskit.model.modern.kinds.colours import banded, overridden
from obskit.model.modern.kinds.singlestat import CALCULATIONS
from obskit.model.modern.reading import items, number, record, records, word

TRANSFORMS = {"timeseries_to_rows": "seriesToRows", "timeseries_to_columns": "seriesToColumns", "table": "merge"}

CELLS: dict[str, Json] = {
    "cell": {"type": "color-background", "mode": "basic"},
    "row": {"type": "color-background", "mode": "basic", "applyToRow": True},
    "value": {"type": "color-text"},
}


def styled_table(panel: Json) -> Json:
    config = record(panel.get("fieldConfig"))
    defaults = dict(record(config.get("defaults")))
    overrides: list[Json] = []
    for style in records(panel.get("styles")):
        properties = _properties(style)
        if style.get("pattern") == "/.*/":
            _apply(properties, defaults)
        elif style.get("pattern") and properties:
            overrides.insert(0, overridden(str(style["pattern"]), properties))
    return {
        **panel,
        "type": "table",
        "fieldConfig": {"defaults": defaults, "overrides": overrides + items(config.get("overrides"))},
        "options": {"showHeader": panel.get("showHeader") is not False, **record(panel.get("options"))},
        "transformations": [*_transformations(panel), *items(panel.get("transformations"))],
    }


def _apply(properties: list[Json], defaults: Json) -> None:
    """A style for all columns is one of the defaults."""
    for item in properties:
        name = item["id"]
        if name.startswith("custom."):
            defaults["custom"] = {**record(defaults.get("custom")), name.removeprefix("custom."): item["value"]}
        elif name == "links" or not defaults.get(name):
            defaults[name] = item["value"]


def _properties(style: Json) -> list[Json]:
    kind = style.get("type")
    if kind == "hidden":
        return [{"id": "custom.hideFrom", "value": {"legend": True, "tooltip": True, "viz": True}}]
    found: list[tuple[str, object]] = []
    if style.get("alias"):
        found.append(("displayName", style["alias"]))
    if style.get("align") not in (None, "", "auto"):
        found.append(("custom.align", style["align"]))
    if kind == "date":
        found.append(("unit", f"time: {style.get('dateFormat') or 'YYYY-MM-DD HH:mm:ss'}"))
    if kind == "number":
        found += [("unit", style.get("unit")), ("decimals", number(style.get("decimals")))]
    if kind in ("number", "string"):
        found += _colours(style)
    if kind == "string":
        found.append(("mappings", style.get("rangeMaps" if style.get("mappingType") == 2 else "valueMaps")))
    if style.get("link") and style.get("linkUrl"):
        blank = {"targetBlank": True} if style.get("linkTargetBlank") else {}
        found.append(("links", [{"title": style.get("linkTooltip") or "", "url": style["linkUrl"], **blank}]))
    return [{"id": name, "value": value} for name, value in found if value not in (None, "", [])]


def _colours(style: Json) -> list[tuple[str, object]]:
    if word(style.get("colorMode")) not in CELLS:
        return []
    found: list[tuple[str, object]] = [("custom.cellOptions", dict(CELLS[style["colorMode"]]))]
    if steps := banded(style.get("thresholds"), style.get("colors")):
        found.append(("thresholds", {"mode": "absolute", "steps": steps}))
    return found


def _transformations(panel: Json) -> list[Json]:
    name = word(panel.get("transform"))
    if name == "timeseries_aggregations":
        reducers = [CALCULATIONS.get(value, value) for column in records(panel.get("columns")) if (value := word(column.get("value")))]
        return [{"id": "reduce", "options": {"reducers": reducers}}] if reducers else []
    return [{"id": TRANSFORMS[name], "options": {}}] if name in TRANSFORMS else []
