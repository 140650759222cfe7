"""A search for traces in a panel that draws numbers.

A search finds some traces, 20 unless the limit is raised, in no promised order; `select(…)` adds columns to them and never adds
anything up. A total, an average or a rate over all spans is a metrics query: `| count_over_time()`, `| sum_over_time(…)`.

Bad:
    board = dashboard("Shop", uid="shop", panels=[
        stat("Cost", traceql("{ span.cost.usd != nil } | select(span.cost.usd)", metrics=False)),
    ])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        stat("Cost", traceql("{ span.cost.usd != nil } | sum_over_time(span.cost.usd)", instant=True)),
        trace_list("Dear", "{ span.cost.usd > 1 } | select(span.cost.usd)"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.tempo import CHARTS, is_shown

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Searches in charts, stats, gauges and pies that do not transform what they get."""
    for one in analysed.traces:
        if one.parsed.kind != "search" or one.panel.kind not in CHARTS or not is_shown(one):
            continue
        if not one.panel.json.get("transformations") and not any(use.slot in ("query", "stage") for use in one.parsed.variables):
            limit = one.query.json.get("limit")
            most = f"{limit:g}" if isinstance(limit, (int, float)) and limit else "20"
            message = f"{one.panel.name} draws numbers, and its query finds traces, {most} at most"
            yield told(one, message, None, "end it with a metrics stage: | count_over_time(), | avg_over_time(…)")
