"""Panels that show values: stat, gauge, bar gauge, pie, table, histogram."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

from grafanalib import core

from obskit.dashboards.fields import parts, steps
from obskit.dashboards.panel import Kind, Options, build
from obskit.model import Json

_STAT = Kind("stat", 6, 4, instant=True)
_GAUGE = Kind("gauge", 6, 6, instant=True, dial=True)
_BARS = Kind("bar_gauge", 8, 8, instant=True)
_PIE = Kind("pie", 8, 8, instant=True)
_TABLE = Kind("table", 12, 8, instant=True, format="table")
_HISTOGRAM = Kind("histogram", 12, 8)

_UNBOUNDED: dict[str, Any] = {"min": None, "max": None, "thresholds": []}
"""In place of grafanalib's own 0, 100 and red from 80 on."""


def stat(
    title: str,
    *queries: Any,
    calc: str = "lastNotNull",
    trend: bool = False,
    color_mode: str = "value",
    text: str = "auto",
    **options: Unpack[Options],
) -> core.Stat:
    """One large value per series. `trend` asks for a range and draws it behind the value.

    `calc` reduces a series to its value; `color_mode` is `value`, `background` or `none`; `text` is `auto`, `value`,
    `name` or `value_and_name`.
    """
    kind = Kind("stat", 6, 4, instant=not trend)
    return build(
        core.Stat,
        kind,
        title,
        queries,
        options,
        own=("calc", "trend", "color_mode", "text"),
        reduceCalc=calc,
        extra={
            "fieldConfig": {"defaults": _colored(options)},
            "options": {
                "colorMode": color_mode,
                "graphMode": "area" if trend else "none",
                "justifyMode": "auto",
                "orientation": "auto",
                "reduceOptions": {"calcs": [calc], "fields": "", "values": False},
                "textMode": text,
                "wideLayout": True,
            },
        },
    )


def gauge(title: str, *queries: Any, calc: str = "lastNotNull", **options: Unpack[Options]) -> core.GaugePanel:
    """A dial; give `min` and `max` when the unit does not imply them (percent units do)."""
    return build(
        core.GaugePanel,
        _GAUGE,
        title,
        queries,
        options,
        own=("calc",),
        **_UNBOUNDED,
        extra={
            "fieldConfig": {"defaults": _colored(options)},
            "options": {
                "orientation": "auto",
                "reduceOptions": {"calcs": [calc], "fields": "", "values": False},
                "showThresholdLabels": False,
                "showThresholdMarkers": True,
            },
        },
    )


def bar_gauge(title: str, *queries: Any, calc: str = "lastNotNull", mode: str = "gradient", **options: Unpack[Options]) -> core.BarGauge:
    """One bar per series. `mode` is `gradient`, `basic` or `lcd`."""
    return build(
        core.BarGauge,
        _BARS,
        title,
        queries,
        options,
        own=("calc", "mode"),
        **_UNBOUNDED,
        extra={
            "fieldConfig": {"defaults": {"min": 0, **_colored(options, "continuous-GrYlRd")}},
            "options": {
                "displayMode": mode,
                "namePlacement": "left",
                "orientation": "horizontal",
                "reduceOptions": {"calcs": [calc], "fields": "", "values": False},
                "showUnfilled": True,
                "valueMode": "color",
            },
        },
    )


def pie(title: str, *queries: Any, calc: str = "lastNotNull", donut: bool = True, **options: Unpack[Options]) -> core.PieChartv2:
    """Shares of a whole, for at most seven slices; more read better as a bar gauge."""
    return build(
        core.PieChartv2,
        _PIE,
        title,
        queries,
        options,
        own=("calc", "donut"),
        extra={
            "fieldConfig": {"defaults": {"color": {"mode": "palette-classic-by-name"}}},
            "options": {
                "legend": {"showLegend": True, "displayMode": "table", "placement": "right", "values": ["value", "percent"]},
                "pieType": "donut" if donut else "pie",
                "reduceOptions": {"calcs": [calc], "fields": "", "values": False},
                "tooltip": {"mode": "single"},
            },
        },
    )


def table(
    title: str, *queries: Any, hide: tuple[str, ...] = ("Time",), rename: Mapping[str, str] | None = None, **options: Unpack[Options]
) -> core.Table:
    """Rows of values. `hide` leaves columns out, `rename` gives them readable names (column to name)."""
    organize: Json = {
        "id": "organize",
        "options": {"excludeByName": dict.fromkeys(hide, True), "indexByName": {}, "renameByName": dict(rename or {})},
    }
    options["transformations"] = [*parts("transformations", options.get("transformations", ()), f'panel "{title}"'), organize]
    return build(
        core.Table,
        _TABLE,
        title,
        queries,
        options,
        own=("hide", "rename"),
        extra={
            "fieldConfig": {"defaults": {**_colored(options), "custom": {"align": "auto", "cellOptions": {"type": "auto"}}}},
            "options": {"cellHeight": "sm", "showHeader": True},
        },
    )


def histogram(
    title: str, *queries: Any, bucket_size: float | None = None, combine: bool = False, **options: Unpack[Options]
) -> core.Histogram:
    """The distribution of a query's values over the range (not of a Prometheus histogram: that is a heatmap).

    `bucket_size` is in the query's unit (automatic by default); `combine` puts all series into one histogram.
    """
    return build(
        core.Histogram,
        _HISTOGRAM,
        title,
        queries,
        options,
        own=("bucket_size", "combine"),
        extra={
            "fieldConfig": {"defaults": {"color": {"mode": "palette-classic-by-name"}, "custom": {"fillOpacity": 80, "lineWidth": 1}}},
            "options": {
                "combine": combine,
                "legend": {"showLegend": True, "displayMode": "list", "placement": "bottom", "calcs": []},
                "tooltip": {"mode": "multi", "sort": "none"},
                **({"bucketSize": bucket_size} if bucket_size else {}),
            },
        },
    )


def _colored(options: Options, otherwise: str = "thresholds") -> Json:
    """Colour by threshold when thresholds are given, else as said.

    A base step is always written: without one Grafana assumes a red from 80 on, which dials draw whatever the colour mode.
    """
    fixed = options.get("color", "")
    given = list(options.get("thresholds", ()))
    mode = "fixed" if fixed else "thresholds" if given else otherwise
    shown = steps(given, high_is_good=options.get("high_is_good", False), base="" if given else fixed or "text")
    color = {"mode": mode, **({"fixedColor": fixed} if fixed else {})}
    return {"color": color, "thresholds": {"mode": "absolute", "steps": shown}}
