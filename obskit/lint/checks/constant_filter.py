"""A condition in a TraceQL filter that no span decides.

`{ 1 = 2 }` finds nothing and `{ 1 = 1 }` everything: something is missing, most often a dot or a scope before a name. `{ }` and
`{ true }` are how every span is asked for. A condition on a variable of the dashboard (`"$mode" = "all"`) is meant.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", traceql('{ "shop" = "web" && kind = server } | rate()'))])

Good:
    board = dashboard("Shop", uid="shop", variables=[custom_variable("mode", ["all", "errors"])], panels=[
        timeseries("Requests", traceql('{ "$mode" = "all" || status = error } | rate()')),
        timeseries("Everything", traceql("{ true } | rate()")),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.constants import constant_conditions, names_field
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Conditions without a field, apart from those that `quoted-field` explains."""
    for one in analysed.traces:
        for condition in constant_conditions(one.parsed.tree) if one.parsed.tree is not None else ():
            if one.parsed.variables_in(condition.span) or names_field(condition):
                continue
            yield told(one, "no span decides this condition", condition.span, "compare a field, or take the condition away")
