"""A metrics query in a panel that shows traces.

A waterfall is drawn of one trace and a node graph of its spans: of numbers over time they show nothing. Take the metrics stage
away, or show the numbers in a chart or a table.

Bad:
    board = dashboard("Shop", uid="shop", panels=[traces("Requests", "{ } | rate()")])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        traces("A request", "{ status = error }"),
        timeseries("Requests", traceql("{ } | rate()")),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.tempo import is_shown

LEVEL: Severity = "error"

_OF_TRACES = frozenset(("traces", "nodeGraph", "flamegraph", "logs"))


def check(analysed: Analysed) -> Iterator[Problem]:
    """Metrics queries in panels of traces, graphs of nodes and logs."""
    for one in analysed.traces:
        if one.is_metrics and one.panel.kind in _OF_TRACES and is_shown(one):
            yield told(one, f"{one.panel.name} shows traces, and its query measures", None, "take the metrics stage away, or use a chart")
