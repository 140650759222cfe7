"""Notifications without one root: no route that stands in no other, several, or one that cannot be a root.

The root takes every alert and names who is told where nothing else is said. Alertmanager and Grafana know exactly one, which has
a receiver, no conditions, no times and nothing to continue to. A route that is used inside another is no root, also when it is
bound to a name of its own.

Bad:
    ops = Receiver("ops", Email("ops@example.com"))
    first = Route(ops, group_by=("alertname",))
    second = Route(ops, match={"severity": "critical"})

Good:
    ops = Receiver("ops", Email("ops@example.com"))
    critical = Route(ops, match={"severity": "critical"}, repeat_interval="1h")
    root = Route(ops, group_by=("alertname",), routes=(critical,))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.routed import declared
from obskit.notify import Route

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Roots that are missing, too many, or none."""
    found = declared(analysed)
    if not found.roots:
        if found.receivers:
            first = found.receivers[0]
            message = f'receiver "{first.name}" is declared, and no route leads anywhere'
            yield Problem(message, first.origin, "declare the root: Route(…), bound to a public name", waive=first.waive)
        return
    root, *others = found.roots
    for other in others:
        message = f"the notifications have two roots: this route, and the one at {root.origin}"
        hint = "put one into routes=(…) of the other; every route but the root stands in another"
        yield Problem(message, other.origin, hint, waive=other.waive)
    yield from _cannot_be(root)


def _cannot_be(root: Route) -> Iterator[Problem]:
    wrong = [
        (root.receiver is None, "names no receiver", "Route(receiver, …): who is told where nothing else is said"),
        (bool(root.conditions), "matches labels", "it takes every alert: move match= to a route inside it"),
        (root.continue_, "continues", "nothing is behind it"),
        (bool(root.times), "is muted, or active only at times", "move mute= and active= to the routes inside it"),
    ]
    for is_so, what, hint in wrong:
        if is_so:
            yield Problem(f"the root route {what}", root.origin, hint, waive=root.waive)
