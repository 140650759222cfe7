"""A TraceQL query that Tempo does not support yet, or that obskit cannot judge.

The grammar of TraceQL holds more than Tempo runs: parents in filters, arithmetic of aggregates, more than five fields to
group by. Tempo says "not yet supported". Queries that are too large or too deeply nested to be read safely are told here
too; none of the other checks has looked at them.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Nested", traceql('{ parent.span.name = "shop" } | rate()'))])

Good:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Nested", traceql('{ name = "shop" } > { } | rate()'))])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.naming import too_large

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Queries that were not understood, apart from those whose size `query-size` reports."""
    for one in analysed.traces:
        problem = one.parsed.problem
        if problem is not None and problem.stage == "unsupported" and not too_large(one.text):
            yield told(one, problem.message, problem.span, problem.hint)
