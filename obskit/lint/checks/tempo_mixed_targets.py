"""A panel asks Tempo both for metrics and for traces.

Grafana looks at the first query only: what it is, all queries of the panel are taken for, and the others fail or show nonsense.
Give each kind a panel of its own.

Bad:
    board = dashboard("Shop", uid="shop", panels=[
        table("Both", traceql("{ } | rate()"), traceql("{ status = error }", metrics=False)),
    ])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Requests", traceql("{ } | rate()"), traceql("{ status = error } | rate()")),
        trace_list("Errors", "{ status = error }"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Traced
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.tempo import is_shown, is_trace_id

LEVEL: Severity = "error"

_FINDS = {"metrics": "measures", "search": "finds traces"}


def check(analysed: Analysed) -> Iterator[Problem]:
    """Shown queries of one panel and one data source that are not of the first one's kind."""
    first: dict[tuple[int, str], Traced] = {}
    for one in analysed.traces:
        kind = one.parsed.kind
        if kind is None or not is_shown(one) or is_trace_id(one):
            continue
        leader = first.setdefault((id(one.panel), one.query.datasource), one)
        if leader.parsed.kind is not None and leader.parsed.kind != kind:
            before = f'query "{leader.query.ref}" {_FINDS[leader.parsed.kind]}'
            message = f'{one.panel.name} asks Tempo two things: {before}, query "{one.query.ref}" {_FINDS[kind]}'
            yield told(one, message, None, "give each a panel of its own")
