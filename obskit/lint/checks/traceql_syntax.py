"""A TraceQL query that Tempo would refuse.

Tempo answers 400, and the panel shows an error: the text is no TraceQL (`service.name` without a scope, a stage `group_by`
that does not exist, an aggregate without a comparison), or it compares what cannot be compared.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", traceql('{service.name = "shop"} | rate()'))])

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Errors", traceql('{ status = "error" } | rate()'))])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Requests", traceql('{ resource.service.name = "shop" } | rate()')),
        traces("One", traceql("2f3e0cee77ae5dc9c17ade3689eb2e54", metrics=False).query),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.tempo import is_trace_id

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Queries without a tree, for a fault of syntax or of types; the id of a trace is no query."""
    for one in analysed.traces:
        problem = one.parsed.problem
        if problem is not None and problem.stage != "unsupported" and not is_trace_id(one):
            yield told(one, problem.message, problem.span, problem.hint)
