"""The branches of `… or absent(…)` have different labels.

An alert is told from another by its labels. When the metric goes from bad to absent, the alert with the labels of the one branch
resolves and one with the labels of the other begins: its `for` starts again, and a metric that is zero and then gone for less than
`for` each never fires. `absent` has the labels that its matchers fix with `=`; aggregate the other branch by exactly these.

Bad:
    queue = Gauge("shop_queue_length", help="Orders waiting.", service=shop)
    idle = Alert(name="Idle", expr='sum(shop_queue_length{job="shop"}) == 0 or absent(shop_queue_length{job="shop"})', for_="30m")

Good:
    queue = Gauge("shop_queue_length", help="Orders waiting.", service=shop)
    idle = Alert(name="Idle", expr='sum by (job) (shop_queue_length{job="shop"}) == 0 or absent(shop_queue_length{job="shop"})', for_="30m")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.sure_labels import SureLabels
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.semantics import Binary, Call, Node

LEVEL: Severity = "warning"

_ABSENT = ("absent", "absent_over_time")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts that wait, and whose `absent` branch certainly has other labels than the other one."""
    sure = SureLabels(analysed)
    for asked, node in analysed.binaries:
        if node.operator != "or" or asked.rule is None or not asked.in_alert or not asked.rule.json.get("for"):
            continue
        for absence, other in ((node.right, node.left), (node.left, node.right)):
            call = _absence(absence)
            if call is None or _absence(other) is not None:
                continue
            why = _difference(call, other, sure)
            if why is not None:
                names = ", ".join(absence.value.labels.names)
                hint = f"aggregate the other branch by ({names}), or name its labels in the selector of {call.function}"
                message = f'the branches of "or" have different labels: {why}; "for" starts again between them'
                yield told(asked, message, asked.span(call), hint)


def _absence(node: Node) -> Call | None:
    while isinstance(node, Binary) and node.right.value.kind == "scalar":
        node = node.left
    return node if isinstance(node, Call) and node.function in _ABSENT else None


def _difference(absence: Call, other: Node, sure: SureLabels) -> str | None:
    labels, word = absence.value.labels, absence.function
    if labels.open:
        return None
    for label in sorted(sure.of(other)):
        if labels.lacks(label):
            return f'"{label}" is not in {word}()'
    return next((f'only {word}() has "{label}"' for label in labels.names if other.value.labels.lacks(label)), None)
