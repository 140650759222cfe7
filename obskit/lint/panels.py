"""What panels draw: the queries whose values stand on their axis as they are, with the unit of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from obskit.analysis import Analysed, Asked, Traced
from obskit.catalog.unit import Quantity
from obskit.model import Panel

Drawn = tuple[Panel, list[tuple[Asked | Traced, Quantity]]]
_KINDS = frozenset(("timeseries", "stat", "gauge", "bargauge", "piechart", "barchart", "state-timeline"))


def drawn(analysed: Analysed) -> Iterator[Drawn]:
    """Each panel of numbers with those of its queries that are not hidden and whose unit is known.

    Without panels that transform their data or set units for some fields: what stands on the axis is not the query's there.
    """
    found: dict[int, Drawn] = {}
    for asked in analysed.queries:
        if asked.panel is None or asked.query is None or asked.panel.kind not in _KINDS or asked.query.json.get("hide"):
            continue
        if asked.meaning is not None and asked.meaning.unit is not None:
            found.setdefault(id(asked.panel), (asked.panel, []))[1].append((asked, asked.meaning.unit))
    for traced in analysed.traces:
        if traced.panel.kind not in _KINDS or traced.query.json.get("hide"):
            continue
        if traced.meaning is not None and traced.meaning.unit is not None:
            found.setdefault(id(traced.panel), (traced.panel, []))[1].append((traced, traced.meaning.unit))
    for panel, queries in found.values():
        if not panel.json.get("transformations") and not _overrides_unit(panel):
            yield panel, queries


def defaults(panel: Panel) -> dict[str, Any]:
    """The field options that hold for all fields."""
    config = panel.json.get("fieldConfig")
    found = config.get("defaults") if isinstance(config, dict) else None
    return found if isinstance(found, dict) else {}


def unit_of(panel: Panel) -> str:
    unit = defaults(panel).get("unit")
    return unit if isinstance(unit, str) else ""


def _overrides_unit(panel: Panel) -> bool:
    config = panel.json.get("fieldConfig")
    overrides = config.get("overrides") if isinstance(config, dict) else None
    for override in overrides if isinstance(overrides, list) else ():
        properties = override.get("properties") if isinstance(override, dict) else None
        if any(isinstance(one, dict) and one.get("id") == "unit" for one in (properties if isinstance(properties, list) else ())):
            return True
    return False
