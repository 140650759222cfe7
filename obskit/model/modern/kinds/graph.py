"""The graph panel as a time series; as a bar gauge or histogram if its x axis was none of time."""

from __future__ import annotations

from typing import Any

from obskit.model.json import Json
from obskit.model.modern.kinds.colours import painted
from obskit.model.modern.kinds.graph_lines import limits, overrides
from obskit.model.modern.kinds.reduced import reduction
from obskit.model.modern.kinds.singlestat import CALCULATIONS
from obskit.model.modern.reading import items, number, record, records, word

SORTS: dict[float, str] = {1: "asc", 2: "desc"}

LEGEND = (
    ("avg", "mean", "Mean"),
    ("max", "max", "Max"),
    ("min", "min", "Min"),
    ("current", "lastNotNull", "Last *"),
    ("total", "sum", "Total"),
)
"""Value in the old legend, its reducer today, and the heading of its column."""


def graph(panel: Json) -> Json:
    mode = record(panel.get("xaxis")).get("mode")
    config = record(panel.get("fieldConfig"))
    axes = _axes(panel)
    defaults = {**axis_fields(axes[0]), **_given(config), "custom": _custom(panel, axes[0])}
    defaults["color"] = {"mode": "palette-classic", **record(record(config.get("defaults")).get("color"))}
    defaults["decimals"] = defaults.get("decimals") if number(panel.get("decimals")) is None else panel["decimals"]
    if links := record(panel.get("options")).get("dataLinks"):
        defaults["links"] = links
    if steps := limits(panel):
        defaults["thresholds"] = {"mode": "absolute", "steps": steps[0]}
        defaults["custom"]["thresholdsStyle"] = {"mode": steps[1]}
    defaults["custom"].update(record(record(config.get("defaults")).get("custom")))
    shaped = {
        **panel,
        "type": "timeseries",
        "fieldConfig": {
            "defaults": defaults,
            "overrides": [*painted(panel.get("aliasColors")), *overrides(panel, axes), *items(config.get("overrides"))],
        },
        "options": {"legend": _legend(record(panel.get("legend"))), "tooltip": _tooltip(panel), **_options(panel)},
    }
    return {"series": _bars, "histogram": _histogram}.get(str(mode), _same)(shaped)


def axis_fields(axis: Json) -> Json:
    """The fields' unit, limits and decimals of an old axis."""
    return {
        "unit": axis.get("format"),
        "min": number(axis.get("min")),
        "max": number(axis.get("max")),
        "decimals": number(axis.get("decimals")),
    }


def _axes(panel: Json) -> tuple[Json, Json]:
    """The left and the right axis; before schemaVersion 9 they were spread over `y_formats` and `grid`."""
    found = records(panel.get("yaxes"))
    if len(found) > 1:
        return found[0], found[1]
    formats, grid = [*items(panel.get("y_formats")), None, None], record(panel.get("grid"))
    sides = ("left", "right")
    left, right = (
        {"format": formats[place], "min": grid.get(f"{side}Min"), "max": grid.get(f"{side}Max"), "logBase": grid.get(f"{side}LogBase")}
        for place, side in enumerate(sides)
    )
    return left, right


def _given(config: Json) -> Json:
    """What the author put in today's place, less what grafanalib puts there of itself."""
    given = {key: value for key, value in record(config.get("defaults")).items() if value not in ("", [], {})}
    given.pop("thresholds", None)
    return given


def _custom(panel: Json, axis: Json) -> Json:
    bars, lines, points = (bool(panel.get(key)) for key in ("bars", "lines", "points"))
    lines = lines or "lines" not in panel
    fill = number(panel.get("fill"))
    custom: dict[str, Any] = {
        "drawStyle": "bars" if bars else "points" if points and not lines else "line",
        "lineWidth": number(panel.get("linewidth")) if lines else 0,
        "fillOpacity": 100 if bars else 10 * (1 if fill is None else fill) if lines else 0,
        "gradientMode": "opacity" if number(panel.get("fillGradient")) else "none",
        "lineInterpolation": "stepAfter" if panel.get("steppedLine") else "linear",
        "showPoints": "always" if points else "never",
        "spanNulls": panel.get("nullPointMode") == "connected",
        "stacking": {"mode": ("percent" if panel.get("percentage") else "normal") if panel.get("stack") else "none", "group": "A"},
        "axisLabel": axis.get("label") or "",
        "axisPlacement": "hidden" if axis.get("show") is False else "auto",
    }
    if points and number(panel.get("pointradius")):
        custom["pointSize"] = 2 * panel["pointradius"]
    if (base := number(axis.get("logBase"))) and base > 1:
        custom["scaleDistribution"] = {"type": "log", "log": base}
    if panel.get("dashes"):
        custom["lineStyle"] = {"fill": "dash", "dash": [panel.get("dashLength") or 10, panel.get("spaceLength") or 10]}
    return custom


def _legend(given: Json) -> Json:
    legend: Json = {
        "showLegend": given.get("show") is not False,
        "displayMode": "table" if given.get("alignAsTable") else "list",
        "placement": "right" if given.get("rightSide") else "bottom",
        "calcs": [reducer for old, reducer, _ in LEGEND if given.get(old)] if given.get("values") else [],
    }
    if given.get("rightSide") and number(given.get("sideWidth")):
        legend["width"] = given["sideWidth"]
    heading = next((title for old, reducer, title in LEGEND if old == given.get("sort") and reducer in legend["calcs"]), None)
    if heading:
        legend.update(sortBy=heading, sortDesc=bool(given.get("sortDesc")))
    return legend


def _tooltip(panel: Json) -> Json:
    given = record(panel.get("tooltip"))
    return {"mode": "single" if given.get("shared") is False else "multi", "sort": SORTS.get(number(given.get("sort")) or 0, "none")}


def _options(panel: Json) -> Json:
    return {key: value for key, value in record(panel.get("options")).items() if key not in ("dataLinks", "alertThreshold")}


def _same(shaped: Json) -> Json:
    return shaped


def _bars(shaped: Json) -> Json:
    """The x axis had one place for each series."""
    name = word(next(iter(items(record(shaped.get("xaxis")).get("values"))), "")) or "current"
    options = {"displayMode": "basic", "orientation": "vertical", "reduceOptions": reduction({"calcs": [CALCULATIONS.get(name, name)]})}
    return _plain(shaped, "bargauge", {}, options)


def _histogram(shaped: Json) -> Json:
    """The x axis had one place for each range of values."""
    custom = {"fillOpacity": 80, "lineWidth": 1}
    return _plain(shaped, "histogram", custom, {key: shaped["options"][key] for key in ("legend", "tooltip")})


def _plain(shaped: Json, kind: str, custom: Json, options: Json) -> Json:
    config = shaped["fieldConfig"]
    defaults = {**config["defaults"], "custom": custom}
    named = [item for item in records(config["overrides"]) if not _custom_properties(item)]
    return {**shaped, "type": kind, "fieldConfig": {"defaults": defaults, "overrides": named}, "options": options}


def _custom_properties(override: Json) -> bool:
    """Whether it sets what only a time series has."""
    return any(word(item.get("id")).startswith("custom.") for item in records(override.get("properties")))
