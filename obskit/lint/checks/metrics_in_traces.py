"""A metrics query in a panel that shows traces.

A waterfall is drawn of one trace and a node graph of its spans: of numbers over time they show nothing. Show the numbers in a chart
or a table, and give the panel the id of a trace.

Bad:
    board = dashboard("Shop", uid="shop", panels=[traces("Requests", "{ } | rate()")])

Good:
    board = dashboard("Shop", uid="shop", variables=[textbox_variable("trace_id", label="Trace")], panels=[
        traces("A request", "$trace_id"),
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

_OF_ONE = frozenset(("traces", "nodeGraph"))
_OF_TRACES = _OF_ONE | {"flamegraph", "logs"}
_AWAY = "take the metrics stage away, or use a chart"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Metrics queries in panels of traces, graphs of nodes and logs."""
    for one in analysed.traces:
        if one.is_metrics and one.panel.kind in _OF_TRACES and is_shown(one):
            hint = "a chart shows numbers; this panel takes the id of a trace" if one.panel.kind in _OF_ONE else _AWAY
            yield told(one, f"{one.panel.name} shows traces, and its query measures", None, hint)
