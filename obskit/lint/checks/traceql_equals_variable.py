"""A variable that may stand for several values is compared with `=` in TraceQL.

Grafana writes several values as `a|b`, and "All" likewise: with `=` that is one strange value, and the panel is empty. Write `=~`
(and `!~` for `!=`). Where a panel or its row repeats by the variable, it stands for one value, and that is fine.

Bad:
    board = dashboard("Shop", uid="shop", variables=[custom_variable("shop", ["web", "till"], multi=True)], panels=[
        timeseries("Requests", traceql('{ resource.service.name = "$shop" } | rate()')),
    ])

Good:
    board = dashboard("Shop", uid="shop", variables=[custom_variable("shop", ["web", "till"], multi=True)], panels=[
        timeseries("Requests", traceql('{ resource.service.name =~ "$shop" } | rate()')),
        timeseries("One", traceql('{ resource.service.name = "$shop" } | rate()'), repeat="shop"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.chosen import has_several, repeats
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.traceql import comparisons

LEVEL: Severity = "error"

_RIGHT = {"=": "=~", "!=": "!~"}


def check(analysed: Analysed) -> Iterator[Problem]:
    """`=` and `!=` with variables of several values."""
    boards: dict[int, frozenset[str]] = {}
    for one in analysed.traces:
        tree = one.parsed.tree
        if tree is None or not one.parsed.variables:
            continue
        several = boards.get(id(one.board))
        if several is None:
            several = boards[id(one.board)] = frozenset(variable.name for variable in one.board.variables if has_several(variable))
        if not several:
            continue
        for comparison in comparisons(tree):
            used = one.parsed.variables_in(comparison.value.span) if comparison.op in _RIGHT else ()
            name = next((name for name in used if name in several), None)
            if name is not None and name not in repeats(one.board, one.panel):
                message = f'variable "{name}" can have several values: "{comparison.op}" finds none of them then'
                yield told(one, message, comparison.span, f'write {comparison.field} {_RIGHT[comparison.op]} "${name}"')
