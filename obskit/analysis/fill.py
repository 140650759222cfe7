"""What follows from the meaning of a panel's queries is written into the panel where its author gave none.

Unit, description, legends and exemplars, for queries written as text as for typed ones. Only what is certain: a metric
that no catalogue declares leaves the panel as it is. The panel's JSON is changed in place, so that a board is filled once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from obskit.analysis.asked import Asked
from obskit.catalog import units
from obskit.catalog.unit import agreed
from obskit.model import Json, Panel
from obskit.semantics import Binary, Meaning, Number

_NUMERIC = frozenset(("timeseries", "stat", "gauge", "bargauge", "piechart", "barchart", "histogram"))
_NAMED = frozenset(("timeseries", "stat", "gauge", "bargauge", "piechart", "barchart", "state-timeline"))
_MOST_LABELS = 3


def fill(queries: Iterable[Asked]) -> None:
    """Fills every panel that draws these queries."""
    panels: dict[int, list[Asked]] = {}
    for asked in queries:
        if asked.panel is not None:
            panels.setdefault(id(asked.panel), []).append(asked)
    for drawn in panels.values():
        panel = drawn[0].panel
        if panel is not None and any(asked.meaning is not None and asked.meaning.series for asked in drawn):
            _fill(panel, drawn)


def _fill(panel: Panel, drawn: Sequence[Asked]) -> None:
    whole = len(drawn) == len(panel.queries)  # a query in another language says nothing here
    if whole and not panel.json.get("description") and "libraryPanel" not in panel.json:
        said = _description(drawn)
        if said:
            panel.json["description"] = said
    if whole and panel.kind in _NUMERIC:
        unit = _unit(drawn)
        if unit:
            _give_unit(panel.json, unit)
    if panel.kind in _NAMED:
        for asked in drawn:
            _name(panel, asked)
    if panel.kind == "timeseries":
        for asked in drawn:
            _exemplify(asked)


def _unit(drawn: Sequence[Asked]) -> str:
    """The unit id that all queries agree on, else empty."""
    found = {asked.meaning.unit.grafana if asked.meaning is not None and asked.meaning.unit is not None else "" for asked in drawn}
    return agreed(found)


def _give_unit(panel: Json, unit: str) -> None:
    config = panel.setdefault("fieldConfig", {"defaults": {}, "overrides": []})
    if not isinstance(config, dict):
        return
    defaults = config.setdefault("defaults", {})
    if isinstance(defaults, dict) and not defaults.get("unit") and not defaults.get("mappings"):
        defaults["unit"] = unit


def _description(drawn: Sequence[Asked]) -> str:
    helps = [one.signal.help for asked in drawn if asked.meaning is not None for one in asked.meaning.series if one.signal is not None]
    said = " ".join(dict.fromkeys(helps))
    computed = said and any(asked.meaning is not None and _is_computed(asked.meaning) for asked in drawn)
    return f"Computed from: {said}" if computed else said


def _is_computed(meaning: Meaning) -> bool:
    return isinstance(meaning.root, Binary) and not isinstance(meaning.root.right, Number)


def _name(panel: Panel, asked: Asked) -> None:
    """`{{label}}` for each label that tells the series apart, the panel's title for a single series."""
    query, meaning = asked.query, asked.meaning
    if query is None or meaning is None or query.json.get("format") == "table":
        return
    if query.json.get("legendFormat") not in (None, "", "__auto"):
        return
    value = meaning.value
    if value.kind != "vector" or value.labels.open or not value.merged or len(value.labels.names) > _MOST_LABELS:
        return
    text = " ".join(f"{{{{{label}}}}}" for label in value.labels.names) or panel.title
    if text:
        query.json["legendFormat"] = text


def _exemplify(asked: Asked) -> None:
    """Quantiles of durations show the traces behind them; others would not stand on the same axis."""
    query, meaning = asked.query, asked.meaning
    if query is None or meaning is None or "exemplar" in query.json or query.json.get("instant"):
        return
    timed = [one for one in meaning.series if one.is_bucket and one.signal is not None and one.signal.unit == units.SECONDS]
    if timed and meaning.value.unit is not None and meaning.value.unit.unit == units.SECONDS:
        query.json["exemplar"] = True
