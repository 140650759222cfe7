"""`options`: what legends, tooltips and reductions have in common across the kinds of panels."""

from __future__ import annotations

from obskit.model.json import Json
from obskit.model.modern.reading import items, record, without_nulls

REDUCERS = {"avg": "mean", "current": "lastNotNull", "total": "sum"}
"""Old names of reducers; the others have kept theirs."""

DEAD: dict[str, tuple[str, ...]] = {
    "timeseries": ("graph", "tooltipOptions", "dataLinks", "alertThreshold"),
    "stat": ("fieldOptions",),
    "gauge": ("fieldOptions",),
    "bargauge": ("fieldOptions", "showThresholdLabels", "showThresholdMarkers"),
    "news": ("useProxy",),
}


def reducer(name: object) -> str:
    """Today's name of a reducer."""
    return REDUCERS.get(name, name) if isinstance(name, str) and name else "lastNotNull"


def panel_options(given: object, kind: str) -> Json:
    """The options, cleaned; an empty object if there are none."""
    options: Json = without_nulls(record(given))
    if kind == "timeseries" and "tooltipOptions" in options:
        options.setdefault("tooltip", options["tooltipOptions"])
    for key in DEAD.get(kind, ()):
        options.pop(key, None)
    legend = options.get("legend")
    if isinstance(legend, dict) and "show" not in legend:
        options["legend"] = _legend(legend)
    tooltip = options.get("tooltip")
    if isinstance(tooltip, dict) and kind != "heatmap" and "mode" in tooltip:
        tooltip.setdefault("sort", "none")
    reduced = options.get("reduceOptions")
    if isinstance(reduced, dict) and isinstance(reduced.get("calcs"), list):
        reduced["calcs"] = [reducer(name) for name in reduced["calcs"]]
    return options


def _legend(given: Json) -> Json:
    legend = {key: value for key, value in given.items() if key not in ("asTable", "isVisible")}
    if legend.get("displayMode") == "hidden" or given.get("isVisible") is False:
        legend["displayMode"] = "list"
        legend["showLegend"] = False
    elif "displayMode" not in legend:
        legend["displayMode"] = "table" if given.get("asTable") else "list"
    legend.setdefault("showLegend", True)
    if legend.get("placement") not in ("bottom", "right"):
        legend["placement"] = "bottom"
    legend["calcs"] = [reducer(name) for name in items(legend.get("calcs"))]
    return legend
