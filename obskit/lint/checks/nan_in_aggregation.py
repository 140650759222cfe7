"""A sum or mean of ratios, each of which may be no number.

0 divided by 0 is no number (NaN), and one NaN makes the whole sum NaN: a single idle endpoint empties the panel, or keeps the alert
from firing. Sum both sides before dividing (which also weighs each series by its traffic), or divide by `(… > 0)`.

Bad:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Mean", "avg(rate(scrape_duration_seconds_sum[5m]) / rate(scrape_duration_seconds_count[5m]))"),
    ])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("One", "sum(1 - sum(rate(scrape_duration_seconds_sum[5m])) / sum(rate(scrape_duration_seconds_count[5m])))"),
        timeseries("Mean", "sum(rate(scrape_duration_seconds_sum[5m])) / sum(rate(scrape_duration_seconds_count[5m]))"),
        timeseries("Guarded", "avg(rate(scrape_duration_seconds_sum[5m]) / (rate(scrape_duration_seconds_count[5m]) > 0))"),
        timeseries("Filtered", "avg(rate(scrape_duration_seconds_sum[5m]) / rate(scrape_duration_seconds_count[5m]) >= 0)"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.denominators import is_open_division
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.trees import reads, scaled
from obskit.semantics import Binary, Node

LEVEL: Severity = "warning"

_SPOILT = frozenset(("sum", "avg", "stddev", "stdvar"))


def check(analysed: Analysed) -> Iterator[Problem]:
    """Divisions directly inside aggregations that a NaN spoils."""
    for asked, node in analysed.aggregates:
        if node.operation not in _SPOILT or not isinstance(node.operand, Binary):
            continue
        division = scaled(node.operand)
        if isinstance(division, Binary) and is_open_division(division) and not _is_one_series(division):
            message = f'"{node.operation}" of ratios: one denominator of 0 makes the whole result no number'
            yield told(asked, message, asked.span(division), f"{node.operation} both sides before dividing, or divide by (… > 0)")


def _is_one_series(node: Node) -> bool:
    """Whether there is nothing to aggregate: no label is left, or matchers pin each."""
    labels = node.value.labels
    pinned = {matcher.label for read in reads(node) for matcher in read.selector.matchers if matcher.op == "="}
    return not labels.open and pinned.issuperset(labels.names)
