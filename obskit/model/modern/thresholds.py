"""Threshold steps: sorted by value, the lowest being the base, whose value is null.

Grafana treats the first step as the base whatever its value is, in colours and in lines, so setting it to null changes no picture.
"""

from __future__ import annotations

from typing import Any

from obskit.model.json import Json

BASE = ("", "null", "-Infinity", "-inf")
"""How the base value has been written as text."""


def steps(given: list[Json]) -> list[Json]:
    """The steps with colour and value only. A step whose value is no number is dropped, as is a second base."""
    bases = [item for item in given if item.get("value") is None or item.get("value") in BASE]
    above = sorted((pair for item in given if (pair := _valued(item)) is not None), key=lambda pair: pair[0])
    if bases:
        return [_step(bases[0], None), *(_step(item, value) for value, item in above)]
    return [_step(item, value if place else None) for place, (value, item) in enumerate(above)]


def _valued(item: Json) -> tuple[float, Json] | None:
    value = item.get("value")
    if isinstance(value, bool) or value is None or value in BASE:
        return None
    try:
        read = float(value)
    except (TypeError, ValueError):
        return None
    return (int(read) if read.is_integer() else read), item


def _step(item: Json, value: float | None) -> Json:
    step: dict[str, Any] = {"color": item["color"] if isinstance(item.get("color"), str) and item["color"] else "green", "value": value}
    if item.get("valueExpr"):
        step["valueExpr"] = item["valueExpr"]
    return step
