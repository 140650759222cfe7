"""What the targets of Tempo and their panels are: shown or hidden, one value or values over time."""

from __future__ import annotations

import re
from typing import Any

from obskit.analysis import Traced
from obskit.model import Panel, Query, references

CHARTS = frozenset(("timeseries", "stat", "gauge", "bargauge", "piechart", "barchart", "heatmap", "histogram", "state-timeline"))
"""Panels that draw numbers."""
SINGLE = frozenset(("stat", "gauge", "bargauge", "piechart"))
"""Panels that draw one number of a series."""
_HEX = re.compile(r"[0-9A-Fa-f]+")


def is_shown(one: Traced) -> bool:
    return one.query.json.get("hide") is not True


def is_trace_id(one: Traced) -> bool:
    """Whether Grafana takes the query for the id of a trace, or its one variable may hold such."""
    text = one.text.strip()
    return _HEX.fullmatch(text) is not None or (len(references(text)) == 1 and not re.search(r"[\s{|(]", text.replace("${", "")))


def reduces(panel: Panel) -> tuple[str, ...] | None:
    """The calculations by which a panel makes one number of a series; None where it shows every value."""
    options = panel.json.get("options")
    reduce = options.get("reduceOptions") if isinstance(options, dict) else None
    if not isinstance(reduce, dict):
        return ("lastNotNull",)
    if reduce.get("values") is True:
        return None
    calcs: Any = reduce.get("calcs")
    return tuple([calc for calc in calcs if isinstance(calc, str)]) if isinstance(calcs, list) and calcs else ("lastNotNull",)


def of_tempo(query: Query) -> bool:
    """Whether the query goes to Tempo as TraceQL text."""
    return query.language == "traceql" and query.json.get("queryType", "traceql") in ("traceql", "")


def older(version: str, than: str) -> bool:
    """Whether `version` comes before `than`, both `major.minor`."""
    return _numbers(version) < _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple([int(part) for part in version.split(".") if part.isdecimal()])
