"""The singlestat panel as a stat, or as a gauge if it showed one."""

from __future__ import annotations

import re

from obskit.model.json import Json
from obskit.model.modern.kinds.colours import banded
from obskit.model.modern.kinds.reduced import reduction
from obskit.model.modern.reading import items, number, record, word

CALCULATIONS = {
    "avg": "mean",
    "current": "lastNotNull",
    "total": "sum",
    "first": "firstNotNull",
    "name": "lastNotNull",
    "last_time": "lastNotNull",
}
"""Where the name of a value is not that of its reducer."""


def singlestat(panel: Json) -> Json:
    gauge = record(panel.get("gauge"))
    config = record(panel.get("fieldConfig"))
    defaults = {**_defaults(panel), **_given(record(config.get("defaults")))}
    options: Json = {"reduceOptions": _reduce(panel), "orientation": "auto"}
    if gauge.get("show"):
        defaults.update({"min": number(gauge.get("minValue")), "max": number(gauge.get("maxValue"))})
        options["showThresholdLabels"] = bool(gauge.get("thresholdLabels"))
        options["showThresholdMarkers"] = gauge.get("thresholdMarkers") is not False
    else:
        options.update(_look(panel))
    return {
        **panel,
        "type": "gauge" if gauge.get("show") else "stat",
        "fieldConfig": {"defaults": defaults, "overrides": config.get("overrides")},
        "options": {**options, **record(panel.get("options"))},
    }


def _defaults(panel: Json) -> Json:
    ranged = panel.get("mappingType") == 2
    return {
        "unit": _unit(panel),
        "decimals": number(panel.get("decimals")),
        "noValue": panel.get("nullText"),
        "mappings": panel.get("rangeMaps" if ranged else "valueMaps") or [],
        "thresholds": {"mode": "absolute", "steps": banded(panel.get("thresholds"), panel.get("colors"))},
    }


def _given(defaults: Json) -> Json:
    """What the author put in today's place; grafanalib itself only puts the singlestat's own thresholds there."""
    kept = dict(defaults)
    if not items(record(kept.get("thresholds")).get("steps")):
        kept.pop("thresholds", None)
    return kept


def _unit(panel: Json) -> str:
    """The unit; the text before or after the value, if it is all there is of one."""
    unit, before, after = panel.get("format") or "none", panel.get("prefix"), panel.get("postfix")
    if unit not in ("none", "short") or bool(before) == bool(after):
        return str(unit)
    return f"prefix:{before}" if before else f"suffix:{after}"


def _reduce(panel: Json) -> Json:
    name = word(panel.get("valueName")) or "avg"
    column = panel.get("tableColumn")
    fields = f"/^{re.escape(column)}$/" if isinstance(column, str) and column else ""
    return {**reduction({"calcs": [CALCULATIONS.get(name, name)]}), "fields": fields}


def _look(panel: Json) -> Json:
    coloured = "background" if panel.get("colorBackground") else "value" if panel.get("colorValue") else "none"
    return {
        "colorMode": coloured,
        "graphMode": "area" if record(panel.get("sparkline")).get("show") else "none",
        "justifyMode": "auto",
        "textMode": "name" if panel.get("valueName") == "name" else "auto",
    }
