"""A PromQL query that Prometheus would refuse.

The panel shows an error, and a rule file with such a query keeps Prometheus from loading any of its rules.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", "sum(rate(shop_requests_total[5m])")])

Good:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", "sum(rate(shop_requests_total[5m]))")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Queries that do not parse; what only this parser cannot read is left to `promql-unsupported`."""
    for asked in analysed.queries:
        problem = asked.parsed.problem
        if problem is not None and problem.stage != "unsupported":
            yield Problem(problem.message, asked.origin, problem.hint, asked.text, problem.span, asked.waive)
