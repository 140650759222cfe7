"""Thresholds and colours of the panels of before Grafana 8."""

from __future__ import annotations

from typing import Any

from obskit.model.json import Json
from obskit.model.modern.reading import number, record


def banded(thresholds: object, colours: object) -> list[Json]:
    """Steps of a text or list of limits and the colours under, between and above them; none without limits."""
    parts = thresholds.split(",") if isinstance(thresholds, str) else thresholds if isinstance(thresholds, list) else []
    limits = [value for part in parts if (value := number(part)) is not None]
    names = [colour for colour in colours if isinstance(colour, str)] if isinstance(colours, list) else []
    if not limits or not names:
        return []
    return [{"color": names[min(place, len(names) - 1)], "value": value} for place, value in enumerate([None, *limits])]


def painted(aliases: object) -> list[Json]:
    """Overrides that give series a fixed colour by name."""
    return [overridden(name, [fixed(colour)]) for name, colour in record(aliases).items() if colour]


def fixed(colour: Any) -> Json:
    return {"id": "color", "value": {"mode": "fixed", "fixedColor": colour}}


def overridden(name: str, properties: list[Json]) -> Json:
    """An override for the series called `name`, or matching it if it is written as `/pattern/`."""
    pattern = len(name) > 1 and name.startswith("/") and name.rsplit("/", 1)[-1] in ("", "i", "g", "gi")
    return {"matcher": {"id": "byRegexp" if pattern else "byName", "options": name}, "properties": properties}
