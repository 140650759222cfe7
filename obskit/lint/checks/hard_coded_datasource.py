"""A datasource named by its uid.

The dashboard works in one Grafana only. With a datasource variable the same file works in all of them, and whoever looks
at it can choose.

Bad:
    board = G.Dashboard(title="Shop", uid="shop", panels=[
        G.TimeSeries(title="Up", dataSource="prometheus-eu", targets=[G.Target(expr="up")]),
    ])

Good:
    board = G.Dashboard(title="Shop", uid="shop", panels=[G.TimeSeries(title="Up", targets=[G.Target(expr="up")])])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.sources import asked
from obskit.model import references

LEVEL: Severity = "warning"

BUILT_IN = frozenset(["-- Mixed --", "-- Grafana --", "-- Dashboard --", "grafana", "__expr__"])


def check(analysed: Analysed) -> Iterator[Problem]:
    """Datasource uids without a variable in them."""
    for board in analysed.project.boards:
        for source in asked(board, _is_fixed):
            hint = 'use a datasource variable: uid "${datasource}"'
            yield Problem(f'datasource "{source.uid}" of {source.who} is named by its uid', source.origin, hint, waive=source.waive)


def _is_fixed(uid: str) -> bool:
    return uid not in BUILT_IN and not references(uid)
