"""Several series of one side, or of both, match the same series of the other.

Prometheus answers such a query with an error as soon as it happens: "many-to-many matching not allowed", or "multiple matches for
labels". When one side has many series for each of the other, `group_left` (many on the left) or `group_right` says so; the other
side then needs exactly one, so aggregate it. Only labels that surely take several values count: those with declared values, those
that are initialised at several, `le`.

Bad:
    method = Label("method", values=("GET", "POST"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(method,))
    failures = Counter("shop_failures_total", help="Requests failed.", service=shop, labels=(method,))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Failures", "rate(shop_failures_total[5m]) / on (instance) rate(shop_requests_total[5m])"),
    ])

Bad:
    method = Label("method", values=("GET", "POST"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(method,))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Share", "rate(shop_requests_total[5m]) / ignoring (method) sum without (method) (rate(shop_requests_total[5m]))"),
    ])

Good:
    method = Label("method", values=("GET", "POST"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(method,))
    build = Info("shop_build_info", help="Version.", service=shop, labels=(Label("version", at_most=10),))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Share", '''
            rate(shop_requests_total[5m]) / ignoring (method) group_left () sum without (method) (rate(shop_requests_total[5m]))
        '''),
        timeseries("By version", "rate(shop_requests_total[5m]) * on (instance) group_left (version) shop_build_info"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.sure_labels import SureLabels
from obskit.finding import Severity
from obskit.lint.meeting import never_meets, unique
from obskit.lint.problem import Problem
from obskit.lint.repeating import repeated
from obskit.lint.telling import told
from obskit.lint.trees import between_vectors, labels_vary
from obskit.semantics import Binary
from obskit.semantics.nodes import SETS

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Operators with `on` or `ignoring` where a side has several series for one match."""
    sure = SureLabels(analysed)
    for asked, node in analysed.binaries:
        matching = node.matching
        if (matching.on is None and not matching.ignoring) or node.operator in SETS or not between_vectors(node):
            continue
        told_of = _message(node)
        if told_of is not None and not labels_vary(asked) and never_meets(node, sure) is None:
            yield told(asked, told_of[0], asked.carets.grouping(node), told_of[1])


def _message(node: Binary) -> tuple[str, str] | None:
    left, right = repeated(node.left, node.matching), repeated(node.right, node.matching)
    group = node.matching.group
    if group:
        side, extra = ("right", right) if group == "group_left" else ("left", left)
        if extra is None:
            return None
        return (
            f'"{node.operator}" with {group} needs one series on the {side} for each match: label "{extra}" makes several',
            f'aggregate the {side} side without "{extra}", or match on it too',
        )
    if left and right:
        return (
            f'"{node.operator}" is many-to-many: label "{left}" makes several series on the left, "{right}" on the right',
            "aggregate both sides by the labels that match",
        )
    if left or right:
        side, extra = ("left", left) if left else ("right", right)
        few, on = (node.right if left else node.left).value.labels, node.matching.on
        matched = on if on is not None else few.names.keys() - set(node.matching.ignoring or ())
        grouped = f", or add group_{side} ()" if unique(few, matched) else ""
        return (
            f'"{node.operator}" matches one series with several: label "{extra}" makes several on the {side}',
            f'aggregate the {side} side without "{extra}"{grouped}',
        )
    return None
