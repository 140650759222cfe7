"""The two sides of an operator are aggregated by different labels.

`sum by (job) (a) / sum by (job, code) (b)` finds a pair only where `code` is empty, which is hardly meant. Aggregate both sides by
the same labels; where one side has several series for each of the other, say so: `on (job) group_right ()`. When the catalogue
tells that nothing ever matches, `vector-matching` says so as an error.

Bad:
    share = Record(name="job:share", expr="sum by (job, code) (rate(process_a_total[5m])) / sum by (job) (rate(process_b_total[5m]))")

Good:
    share = Record(name="job:share", expr="sum by (job) (rate(process_a_total[5m])) / sum by (job) (rate(process_b_total[5m]))")
    busy = Alert(name="Busy", expr="sum by (job, code) (rate(process_calls_total[5m])) > on (job) group_left () process_limit * 0.9")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.sure_labels import SureLabels
from obskit.finding import Severity
from obskit.lint.meeting import never_meets
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.trees import between_vectors, compared, fills, scaled
from obskit.semantics import Aggregate, Node
from obskit.semantics.aggregates import PICKS
from obskit.semantics.nodes import SETS

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Arithmetic and comparisons between aggregations with different `by`, matched by all labels."""
    sure = SureLabels(analysed)
    for asked, node in analysed.binaries:
        matching = node.matching
        if node.operator in SETS or matching.on is not None or matching.ignoring is not None or matching.group or not between_vectors(node):
            continue
        left, right = _grouping(node.left), _grouping(node.right)
        if left is None or right is None or left == right:
            continue
        extra = sorted((left ^ right) - _emptied(node.left) - _emptied(node.right))
        if not extra or fills(asked) or never_meets(node, sure) is not None:
            continue
        side = "left" if extra[0] in left else "right"
        message = f'"{node.operator}" pairs series with equal labels, and only the {side} side is aggregated by "{extra[0]}"'
        common = ", ".join(sorted(left & right))
        hint = f"aggregate both sides by the same labels, or write {node.operator} on ({common}) group_{side} ()"
        yield told(asked, message, asked.span(node), hint)


def _grouping(node: Node) -> frozenset[str] | None:
    """What a side is aggregated by; None when it is not an aggregation by labels, or by nothing."""
    while True:
        inner = scaled(compared(node))
        if inner is node:
            break
        node = inner
    if not isinstance(node, Aggregate) or node.operation in PICKS or node.operation == "count_values" or node.without is not None:
        return None
    return frozenset(node.by or ())


def _emptied(node: Node) -> set[str]:
    """Labels that a side is aggregated by and does not have: another check tells that."""
    grouping = _grouping(node) or frozenset()
    return {label for label in grouping if node.value.labels.lacks(label)}
