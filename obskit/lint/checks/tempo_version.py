"""TraceQL that the Tempo in use does not have.

`tool.obskit.targets.tempo` says which version answers. Sums need 2.8, comparisons of metrics 3.0, arithmetic of metrics 3.1;
an older Tempo refuses the query.

Settings:
    [tool.obskit.targets]
    tempo = "2.7"

Bad:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Cost", traceql("{ span.cost.usd != nil } | sum_over_time(span.cost.usd)")),
    ])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Mean cost", traceql("{ span.cost.usd != nil } | avg_over_time(span.cost.usd)")),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.traceql import requires

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Parts of queries that came after the target version."""
    target = analysed.project.settings.targets.tempo
    for one in analysed.traces:
        for needed in requires(one.parsed.tree) if one.parsed.tree is not None else ():
            if not needed.met_by(target):
                message = f"{needed.feature} needs Tempo {needed.since}, and the target is {target}"
                yield told(one, message, needed.span, "change it, or tempo in [tool.obskit.targets]")
