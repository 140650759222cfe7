"""A PromQL query that obskit cannot judge.

Prometheus may well take it: its syntax is newer than the parser, or it is too large or too deeply nested to be read
safely. None of the other checks has looked at it.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Deep", "(" * 500 + "up" + ")" * 500)])

Good:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Flat", "up")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.naming import too_large

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Queries that were not understood, apart from those whose size `query-size` reports."""
    for asked in analysed.queries:
        problem = asked.parsed.problem
        if problem is not None and problem.stage == "unsupported" and not too_large(asked.text):
            yield Problem(problem.message, asked.origin, problem.hint, asked.text, problem.span, asked.waive)
