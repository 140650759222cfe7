"""`&&` and `||` follow each other in a TraceQL filter without parentheses.

In TraceQL they bind alike, from left to right: `a || b && c` is `(a || b) && c`, where most languages read `a || (b && c)`. Write
the parentheses that are meant.

Bad:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Errors", traceql('{ status = error || kind = server && name = "pay" } | rate()')),
    ])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Errors", traceql('{ status = error || (kind = server && name = "pay") } | rate()')),
        timeseries("Servers", traceql('{ kind = server && name = "pay" || status = error } | rate()')),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Traced
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.traceql import Binary, Query, mixed_logic, walk

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """`||` with `&&` behind it; `a && b || c` is read alike everywhere."""
    for one in analysed.traces:
        tree = one.parsed.tree
        if tree is None or "&&" not in one.text or "||" not in one.text:
            continue
        for place in mixed_logic(tree):
            if one.text[place[0] : place[1]] == "&&":
                yield told(one, '"||" and "&&" without parentheses are read from left to right', place, _hint(one, tree, place))


def _hint(one: Traced, tree: Query, place: tuple[int, int]) -> str:
    node = next(node for node in walk(tree) if isinstance(node, Binary) and node.op_span == place)
    left, rest = one.text[node.span[0] : place[0]].strip(), one.text[place[0] : node.span[1]]
    return f"Tempo reads ({left}) {rest}; write the parentheses you mean"
