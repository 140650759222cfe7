"""Two queries of a panel with one reference.

Grafana sends both and keeps the answer of one; overrides and expressions that name the reference get either.

Bad:
    board = G.Dashboard(title="Shop", uid="shop", panels=[G.TimeSeries(title="Up", targets=[
        G.Target(expr="up", refId="A"),
        G.Target(expr="1 - up", refId="A"),
    ])])

Good:
    board = G.Dashboard(title="Shop", uid="shop", panels=[G.TimeSeries(title="Up", targets=[
        G.Target(expr="up", refId="A"),
        G.Target(expr="1 - up", refId="B"),
    ])])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Queries whose reference an earlier query of the panel has."""
    for board in analysed.project.boards:
        for panel in board.panels:
            seen: set[str] = set()
            for query in panel.queries:
                if query.ref in seen and query.ref:
                    message = f'{panel.name} has two queries "{query.ref}"'
                    hint = "leave the reference out, or give each query its own"
                    yield Problem(message, query.origin or board.origin, hint, query.text, waive=panel.waive + board.waive)
                seen.add(query.ref)
