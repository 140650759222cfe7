"""`fieldConfig`: the defaults and overrides of a panel's fields."""

from __future__ import annotations

from typing import Any

from obskit.model.json import Json
from obskit.model.modern.cells import cell_options
from obskit.model.modern.mappings import mappings
from obskit.model.modern.reading import record, records, without_nulls
from obskit.model.modern.thresholds import steps

COLOURED = frozenset({"stat", "gauge", "bargauge", "table", "state-timeline", "status-history", "histogram"})
"""Kinds coloured by thresholds when the author says nothing: without any step of their own, they turn red at Grafana's default of 80."""

GRAPHED: Json = {
    "axisCenteredZero": False,
    "axisColorMode": "text",
    "axisLabel": "",
    "axisPlacement": "auto",
    "gradientMode": "none",
    "hideFrom": {"legend": False, "tooltip": False, "viz": False},
    "lineWidth": 1,
    "scaleDistribution": {"type": "linear"},
    "thresholdsStyle": {"mode": "off"},
}

CUSTOM: dict[str, Json] = {
    "timeseries": {
        **GRAPHED,
        "barAlignment": 0,
        "drawStyle": "line",
        "fillOpacity": 0,
        "insertNulls": False,
        "lineInterpolation": "linear",
        "pointSize": 5,
        "showPoints": "auto",
        "spanNulls": False,
    },
    "barchart": {**GRAPHED, "fillOpacity": 80},
    "histogram": {**GRAPHED, "fillOpacity": 80},
    "state-timeline": {"fillOpacity": 70, "lineWidth": 0, "hideFrom": GRAPHED["hideFrom"]},
    "table": {"align": "auto", "cellOptions": {"type": "auto"}, "filterable": False, "inspect": False},
}
"""What Grafana assumes for an absent member of `custom`, by kind of panel."""

EMPTY: tuple[tuple[str, Any], ...] = (("unit", ""), ("links", []), ("mappings", []), ("custom", {}), ("displayName", ""), ("decimals", ""))


def field_config(given: object, kind: str) -> Json:
    """Defaults and overrides, both always present, as Grafana wants."""
    config = record(given)
    return {
        "defaults": _defaults(record(config.get("defaults")), kind),
        "overrides": [_override(item) for item in records(config.get("overrides"))],
    }


def _defaults(given: Json, kind: str) -> Json:
    defaults: Json = without_nulls(given)
    if defaults.get("mappings"):
        defaults["mappings"] = mappings(given["mappings"])
    if "custom" in defaults:
        defaults["custom"] = _custom(record(defaults["custom"]), kind)
    if kind == "stat" and defaults.get("noValue") == "none":
        del defaults["noValue"]
    if "title" in defaults:
        defaults.setdefault("displayName", defaults.pop("title"))
    color = defaults.get("color")
    if isinstance(color, dict) and color.get("mode") != "fixed" and color.get("fixedColor") == "none":
        del color["fixedColor"]
    if kind == "timeseries" and color == {"mode": "palette-classic"}:
        del defaults["color"]
    if "thresholds" in defaults:
        _thresholds(defaults, kind)
    defaults.pop("nullValueMode", None)
    for key, empty in EMPTY:
        if defaults.get(key) == empty:
            del defaults[key]
    return defaults


def _thresholds(defaults: Json, kind: str) -> None:
    given = record(defaults["thresholds"])
    mode = given.get("mode") or "absolute"
    if stepped := steps(records(given.get("steps"))):
        defaults["thresholds"] = {"mode": mode, "steps": stepped}
    elif kind in COLOURED and record(defaults.get("color")).get("mode", "thresholds") == "thresholds":
        defaults["thresholds"] = {"mode": "absolute", "steps": [{"color": "green", "value": None}]}
    else:
        del defaults["thresholds"]


def _custom(custom: Json, kind: str) -> Json:
    stacking = custom.get("stacking")
    if stacking == {} or (isinstance(stacking, dict) and stacking.get("mode") == "none"):
        del custom["stacking"]
    scale = custom.get("scaleDistribution")
    if isinstance(scale, dict) and scale.get("type", "linear") == "linear":
        custom["scaleDistribution"] = {"type": "linear"}
    if "displayMode" in custom and kind == "table":
        mode = custom.pop("displayMode")
        custom.setdefault("cellOptions", cell_options(mode))
    assumed = CUSTOM.get(kind)
    if not assumed:
        return custom
    return {key: value for key, value in custom.items() if key not in assumed or assumed[key] != value}


def _override(given: Json) -> Json:
    override: Json = without_nulls(given)
    override["properties"] = [_property(item) for item in records(override.get("properties"))]
    return override


def _property(item: Json) -> Json:
    match item.get("id"):
        case "custom.displayMode":
            return {"id": "custom.cellOptions", "value": cell_options(item.get("value"))}
        case "mappings":
            return {**item, "value": mappings(item.get("value"))}
        case "custom.hideFrom" if record(item.get("value")).get("viz"):
            return {**item, "value": {**item["value"], "tooltip": True}}
        case "custom.stacking" if item.get("value") == {}:
            return {**item, "value": {"mode": "none", "group": "A"}}
    return item
