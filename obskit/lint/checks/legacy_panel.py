"""A panel of a kind that Grafana no longer has.

It is built as its successor, as far as the two agree. Write the new kind, and look at the result once.

Bad:
    board = G.Dashboard(title="Shop", uid="shop", panels=[G.Graph(title="Up", targets=[G.Target(expr="up")])])

Good:
    board = G.Dashboard(title="Shop", uid="shop", panels=[G.TimeSeries(title="Up", targets=[G.Target(expr="up")])])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.noted import noted
from obskit.lint.problem import Problem

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Panels that had to be converted."""
    yield from noted(analysed, "legacy-panel", "write the new kind, and look at the result once")
