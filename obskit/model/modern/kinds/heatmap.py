"""The heatmap of before Grafana 9.1, with all its members at the panel's root, as today's `options`."""

from __future__ import annotations

from obskit.model.json import Json
from obskit.model.modern.reading import number, record, word

MARKS = ("dataFormat", "cards", "highlightCards", "hideZeroBuckets", "yBucketBound", "xBucketSize", "yBucketSize")
"""Members of which an old heatmap has at least one."""

LAYOUTS = {"upper": "le", "lower": "ge", "middle": "unknown"}
SHOWN_FROM = 1e-9
"""Cells of smaller value are empty (Grafana's own default)."""
STEPS = 64


def is_old_heatmap(panel: Json) -> bool:
    """Whether it has old members and nothing in today's place."""
    options = panel.get("options")
    return not (isinstance(options, dict) and options) and any(key in panel for key in MARKS)


def heatmap(panel: Json) -> Json:
    axis, cards, tooltip = record(panel.get("yAxis")), record(panel.get("cards")), record(panel.get("tooltip"))
    calculate = panel.get("dataFormat") != "tsbuckets"
    gap, rounded = number(cards.get("cardPadding")), number(cards.get("cardRound"))
    options: Json = {
        "calculate": calculate,
        "cellGap": 1 if gap is None else gap,
        "cellRadius": rounded or None,
        "color": _color(record(panel.get("color"))),
        "exemplars": {"color": "rgba(255,0,255,0.7)"},
        "filterValues": {"le": SHOWN_FROM},
        "legend": {"show": bool(record(panel.get("legend")).get("show"))},
        "rowsFrame": {"layout": LAYOUTS.get(word(panel.get("yBucketBound")), "auto")},
        "showValue": "never",
        "tooltip": {"mode": "none" if tooltip.get("show") is False else "single", "yHistogram": bool(tooltip.get("showHistogram"))},
        "yAxis": _axis(panel, axis),
    }
    if calculate:
        options["calculation"] = _calculation(panel, axis)
    config = record(panel.get("fieldConfig"))
    return {**panel, "options": options, "fieldConfig": {"defaults": record(config.get("defaults")), "overrides": config.get("overrides")}}


def _color(given: Json) -> Json:
    exponential = given.get("colorScale") != "linear"
    return {
        "mode": "opacity" if given.get("mode") == "opacity" else "scheme",
        "scheme": str(given.get("colorScheme") or "Oranges").removeprefix("interpolate"),
        "fill": given.get("cardColor") or "dark-orange",
        "scale": "exponential" if exponential else "linear",
        "exponent": number(given.get("exponent")) or 0.5,
        "steps": STEPS,
        "reverse": False,
        "min": number(given.get("min")),
        "max": number(given.get("max")),
    }


def _axis(panel: Json, axis: Json) -> Json:
    return {
        "axisPlacement": "hidden" if axis.get("show") is False else "left",
        "axisLabel": axis.get("label") or None,
        "unit": axis.get("format") or None,
        "decimals": number(axis.get("decimals")),
        "min": number(axis.get("min")),
        "max": number(axis.get("max")),
        "reverse": bool(panel.get("reverseYBuckets")),
    }


def _calculation(panel: Json, axis: Json) -> Json:
    calculation = {f"{way}Buckets": bucket for way in ("x", "y") if (bucket := _bucket(panel, way))}
    base = number(axis.get("logBase"))
    if base and base > 1:
        calculation.setdefault("yBuckets", {"mode": "size"})["scale"] = {"type": "log", "log": base}
    return calculation


def _bucket(panel: Json, way: str) -> Json:
    for mode, key in (("size", f"{way}BucketSize"), ("count", f"{way}BucketNumber")):
        if key in panel:
            return {"mode": mode, "value": str(panel[key])}
    return {}
