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
from obskit.lint.telling import told

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Experimental functions and aggregations in rules."""
    target = analysed.project.settings.targets.prometheus
    for asked in analysed.queries:
        for needed in analysed.requires(asked) if asked.in_rule else ():
            flag = needed.flag_at(target)
            if flag and needed.met_by(target):
                hint = f"start Prometheus with --enable-feature={flag}, or do without"
                yield told(asked, f"{needed.feature} is experimental", needed.span, hint)
