"""A rule uses what Prometheus only has with a feature flag.

Without the flag Prometheus refuses the whole rule file, with every rule in it.

Bad:
    some = Record(name="job:up:some", expr="limitk(2, up)")

Good:
    all_ = Record(name="job:up:all", expr="sum by (job) (up)")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.promql import requires

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Experimental functions and aggregations in rules."""
    for asked in analysed.queries:
        for needed in requires(asked.parsed) if asked.in_rule else ():
            if needed.experimental:
                hint = "start Prometheus with --enable-feature=promql-experimental-functions, or do without"
                yield Problem(f"{needed.feature} is experimental", asked.origin, hint, asked.text, needed.span, asked.waive)
