"""A panel of numbers without a unit.

0.2 can be seconds, a ratio or dollars. Panels take the unit that follows from the signals they ask. A panel whose values are
mapped to texts needs none, nor does one that shows no metrics.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Waiting", "queue_length")])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Scrapes", "scrape_duration_seconds", unit="s"),
        stat("State", "up", mappings=[value_mapping({"1": "up", "0": "down"})]),
    ])
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.several import lacking
from obskit.model import Panel, Query

LEVEL: Severity = "warning"

_NUMERIC = frozenset(["timeseries", "stat", "gauge", "bargauge", "piechart", "histogram", "heatmap", "barchart"])
_METRICS = re.compile(r"\|\s*(?:rate|count_over_time|\w+_over_time|compare)\b")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Panels of a numeric kind that show metrics and have no unit."""
    for board in analysed.project.boards:
        numeric = (panel for panel in board.panels if panel.kind in _NUMERIC and any(map(_measures, panel.queries)))
        hint = 'unit="s", unit=units.SECONDS, or a query made from signals; "short" for bare numbers'
        yield from lacking(board, (panel for panel in numeric if not _has_unit(panel)), "unit", hint)


def _has_unit(panel: Panel) -> bool:
    """Whether a unit is given for all or some fields, or none is shown."""
    config, options = panel.json.get("fieldConfig") or {}, panel.json.get("options") or {}
    defaults = config.get("defaults") or {}
    overridden = any(item.get("id") == "unit" for override in config.get("overrides") or [] for item in override.get("properties") or [])
    axis = options.get("yAxis") if panel.kind == "heatmap" else None
    on_axis = isinstance(axis, dict) and axis.get("unit")
    return bool(defaults.get("unit") or defaults.get("mappings") or overridden or on_axis or options.get("textMode") == "name")


def _measures(query: Query) -> bool:
    """Whether the query gives numbers over time."""
    if query.language == "traceql":
        return bool(query.json.get("metricsQueryType") or _METRICS.search(query.text))
    if query.language == "logql":
        return not query.text.lstrip().startswith("{")
    return query.language == "promql"
