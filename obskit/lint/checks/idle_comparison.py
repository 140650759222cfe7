"""A comparison that never or always holds, by what its sides can be.

In a panel or a recording rule it empties the result or does nothing; in an alert it is a condition that decides nothing. What
keeps a whole alert silent has a check of its own, and so has what fires it for ever.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Down", "up > 1")])

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(Label("code", pattern="..."),))
    busy = Alert(name="ShopBusy", expr="up == 1 and sum by (job, instance) (rate(shop_requests_total[5m])) >= 0")

Good:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(Label("code", pattern="..."),))
    ratio = 'sum(rate(shop_requests_total{code="500"}[5m])) / (sum(rate(shop_requests_total[5m])) > 0)'
    board = dashboard("Shop", uid="shop", panels=[timeseries("Errors", ratio), timeseries("Errors, where any", f"{ratio} >= 0")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.impossible import advice, place, reason
from obskit.lint.outcomes import Outcome, outcomes
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.thresholds import verdict
from obskit.semantics import Binary, Call, Read, walk

LEVEL: Severity = "info"

_FULL = ("counter", "rate", "increase", "boolean")
"""Types of values that are never NaN: for others `>= 0` is the way to drop what is no number."""


def check(analysed: Analysed) -> Iterator[Problem]:
    """Comparisons without effect that decide no alert."""
    for asked, outcome in outcomes(analysed):
        for binary in dict.fromkeys(_beside(outcome, in_alert=asked.in_alert)):
            kind = verdict(binary)
            if kind == "never" or not _may_drop_what_is_no_number(binary):
                message = f"this comparison {kind} holds: {reason(binary)}"
                yield told(asked, message, place(asked, binary), advice(binary) if kind == "never" else "leave it out")


def _beside(outcome: Outcome, *, in_alert: bool) -> tuple[Binary, ...]:
    """What no other check tells: of an alert that never or always fires, nothing."""
    if in_alert:
        return outcome.idle if outcome.never is None and outcome.always is None else ()
    return (*filter(None, (outcome.never, outcome.always)), *outcome.branches, *outcome.idle)


def _may_drop_what_is_no_number(binary: Binary) -> bool:
    return any(
        (isinstance(node, Binary) and node.operator in ("/", "%", "^"))
        or (isinstance(node, Read) and (node.series is None or node.value.type not in _FULL))
        or (isinstance(node, Call) and node.function.startswith("histogram_"))
        for node in walk(binary)
    )
