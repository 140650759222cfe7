"""Panels that show series over time: time series, heatmap, state timeline."""

from __future__ import annotations

from typing import Any, Unpack

from grafanalib import core

from obskit.catalog import Expr
from obskit.catalog.follow import observed
from obskit.dashboards.fields import steps, unit_id
from obskit.dashboards.panel import Kind, Options, build, merge
from obskit.dashboards.targets import Query
from obskit.model import Json

_TIMESERIES = Kind("timeseries", 12, 8)
_HEATMAP = Kind("heatmap", 12, 8, format="heatmap")
_STATES = Kind("state_timeline", 24, 6)


def timeseries(
    title: str,
    *queries: Any,
    legend: str = "table",
    legend_at: str = "bottom",
    calcs: tuple[str, ...] = ("mean", "max", "lastNotNull"),
    draw: str = "line",
    fill: int = 10,
    stack: bool = False,
    threshold_style: str = "dashed",
    **options: Unpack[Options],
) -> core.TimeSeries:
    """Lines (or `draw="bars"`, `"points"`) over time.

    `legend` is `table`, `list` or `hidden`, placed `legend_at` the `bottom` or `right`, with `calcs` as its columns.
    `fill` is the area's opacity in percent; `stack` adds the series up. Thresholds are lines (`threshold_style`).
    """
    thresholds = list(options.get("thresholds", ()))
    custom: Json = {
        "lineWidth": 1,
        "fillOpacity": 80 if draw == "bars" else fill,
        "showPoints": "never" if draw != "points" else "always",
        **({"drawStyle": draw} if draw != "line" else {}),
        **({"gradientMode": "opacity"} if fill and not stack and draw == "line" else {}),
        **({"stacking": {"mode": "normal", "group": "A"}} if stack else {}),
        **({"thresholdsStyle": {"mode": threshold_style}} if thresholds else {}),
    }
    table: Json = {"calcs": list(calcs) if legend == "table" else []}
    if table["calcs"]:
        table |= {"sortBy": _SORT.get(calcs[-1], "Last *"), "sortDesc": True}
    shown: Json = {"showLegend": legend != "hidden", "displayMode": legend if legend != "hidden" else "list"}
    return build(
        core.TimeSeries,
        _TIMESERIES,
        title,
        queries,
        options,
        own=("legend", "legend_at", "calcs", "draw", "fill", "stack", "threshold_style"),
        extra={
            "fieldConfig": {"defaults": merge({"color": _color(options), "custom": custom}, _threshold_lines(options))},
            "options": {
                "legend": {**shown, "placement": legend_at, **table},
                "tooltip": {"mode": "multi", "sort": "desc", "hideZeros": True},
            },
        },
    )


def heatmap(title: str, *queries: Any, scheme: str = "Oranges", **options: Unpack[Options]) -> core.Heatmap:
    """A histogram's buckets over time; `unit` is that of the bucket bounds, by default what the histogram observes.

    `scheme` is a Grafana colour scheme.
    """
    unit = unit_id(options.get("unit"), f'panel "{title}"') or _bounds(queries)
    bounds: Json = {"axisPlacement": "left", **({"unit": unit} if unit else {})}
    if unit:
        options["unit"] = unit
    return build(
        core.Heatmap,
        _HEATMAP,
        title,
        queries,
        options,
        own=("scheme",),
        extra={
            "options": {
                "calculate": False,
                "cellGap": 1,
                "color": {"mode": "scheme", "scheme": scheme, "scale": "exponential", "exponent": 0.5, "steps": 64, "fill": "dark-orange"},
                "exemplars": {"color": "rgba(255,0,255,0.7)"},
                "filterValues": {"le": 1e-9},
                "legend": {"show": True},
                "rowsFrame": {"layout": "auto"},
                "showValue": "never",
                "tooltip": {"mode": "single", "showColorScale": False, "yHistogram": True},
                "yAxis": bounds,
            }
        },
    )


def state_timeline(title: str, *queries: Any, **options: Unpack[Options]) -> core.StateTimeline:
    """States over time, one line per series; give `mappings` (see `value_mapping`) their texts and colours."""
    return build(
        core.StateTimeline,
        _STATES,
        title,
        queries,
        options,
        extra={
            "fieldConfig": {"defaults": merge({"color": {"mode": "thresholds"}}, _threshold_lines(options))},
            "options": {"legend": {"showLegend": True, "displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "single"}},
        },
    )


def _bounds(queries: tuple[Any, ...]) -> str:
    """The unit of the bounds of the first query's buckets, as far as its tree tells."""
    first = next((item.expr if isinstance(item, Query) else item for item in queries), None)
    found = observed(first) if isinstance(first, Expr) else None
    return found.grafana if found else ""


_SORT = {"lastNotNull": "Last *", "max": "Max", "mean": "Mean", "min": "Min", "sum": "Total", "last": "Last"}


def _color(options: Options) -> Json:
    fixed = options.get("color")
    return {"mode": "fixed", "fixedColor": fixed} if fixed else {"mode": "palette-classic-by-name"}


def _threshold_lines(options: Options) -> Json:
    given = list(options.get("thresholds", ()))
    if not given:
        return {}
    return {"thresholds": {"mode": "absolute", "steps": steps(given, high_is_good=options.get("high_is_good", False))}}
