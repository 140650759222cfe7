"""Panels that reduce each series to one value: from Grafana 6's `fieldOptions` and from grafanalib's gauge to today's members."""

from __future__ import annotations

from obskit.model.json import Json
from obskit.model.modern.reading import items, record, word

MISPLACED = ("calcs", "limit", "override", "values")
"""What grafanalib's `GaugePanel` writes among the field defaults."""


def reduced(panel: Json) -> Json:
    """Fields and reduction of Grafana 6's `fieldOptions`; members already in their place win."""
    options = record(panel.get("options"))
    if not isinstance(options.get("fieldOptions"), dict):
        return panel
    old: Json = options["fieldOptions"]
    config = record(panel.get("fieldConfig"))
    newer = dict(record(config.get("defaults")))
    older = dict(record(old.get("defaults")))
    if old.get("mappings"):
        older.setdefault("mappings", old["mappings"])
    if old.get("thresholds"):
        older.setdefault("thresholds", {"mode": "absolute", "steps": old["thresholds"]})
    if not record(newer.get("thresholds")).get("steps"):
        newer.pop("thresholds", None)
    return {
        **panel,
        "fieldConfig": {"defaults": {**older, **newer}, "overrides": items(config.get("overrides")) or items(old.get("overrides"))},
        "options": {**options, "reduceOptions": {**reduction(old), **record(options.get("reduceOptions"))}},
    }


def gauge(panel: Json) -> Json:
    """A gauge; grafanalib's has its reduction among the field defaults and its marks beside them."""
    panel = reduced(panel)
    config = record(panel.get("fieldConfig"))
    defaults = record(config.get("defaults"))
    if "calcs" not in defaults:
        return panel
    options = {"showThresholdLabels": False, "showThresholdMarkers": True}
    options.update({key: config[key] for key in options if key in config})
    given = record(panel.get("options"))
    kept = {key: value for key, value in defaults.items() if key not in MISPLACED}
    return {
        **panel,
        "fieldConfig": {"defaults": kept, "overrides": config.get("overrides")},
        "options": {**options, **given, "reduceOptions": {**reduction(defaults), **record(given.get("reduceOptions"))}},
    }


def reduction(given: Json) -> Json:
    """`reduceOptions` of the members that once stood elsewhere."""
    calcs = [name for name in items(given.get("calcs")) if word(name)]
    options: Json = {"calcs": calcs or ["lastNotNull"], "fields": "", "values": bool(given.get("values"))}
    if "limit" in given:
        options["limit"] = given["limit"]
    return options
