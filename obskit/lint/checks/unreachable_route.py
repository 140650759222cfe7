"""A route that no alert can reach, whatever its labels are.

A route before it takes all that would match it and does not continue, or the routes around it let nothing through that would.
Routes are tried in the order in which they stand.

Bad:
    ops = Receiver("ops", Email("ops@example.com"))
    root = Route(ops, routes=(
        Route(ops, match={"severity": one_of("critical", "warning")}),
        Route(ops, match={"severity": "critical", "job": "shop"}, repeat_interval="1h"),
    ))

Good:
    ops = Receiver("ops", Email("ops@example.com"))
    root = Route(ops, routes=(
        Route(ops, match={"severity": "critical", "job": "shop"}, repeat_interval="1h"),
        Route(ops, match={"severity": one_of("critical", "warning")}),
    ))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.routed import declared
from obskit.notify import Route
from obskit.notify.carried import Carried, judged

LEVEL: Severity = "warning"

_ANYTHING = Carried({}, open=True)


def check(analysed: Analysed) -> Iterator[Problem]:
    """Routes behind one that takes everything of theirs, and those whose conditions exclude what comes."""
    root = declared(analysed).root
    if root is not None:
        yield from _below(root, _ANYTHING)


def _below(route: Route, coming: Carried) -> Iterator[Problem]:
    for index, inner in enumerate(route.routes):
        when = judged(inner.conditions, coming).when
        if when is None:
            hint = "its conditions and those around it exclude each other: one of them is meant otherwise"
            yield Problem(f"nothing comes by the route {inner.title}", inner.origin, hint, waive=inner.waive)
            continue
        before = next((one for one in route.routes[:index] if not one.continue_ and _takes(one, inner, when)), None)
        if before is not None:
            what = f"{before.title} before it takes" if before.conditions else "the one before it, which has no conditions, takes"
            message = f"nothing comes by the route {inner.title}: {what} all of it"
            hint = f"put it before the one at {before.origin}, or let that say continue_=True"
            yield Problem(message, inner.origin, hint, waive=inner.waive)
            continue
        yield from _below(inner, when)


def _takes(one: Route, other: Route, coming: Carried) -> bool:
    """Whether `one` matches all that comes to `other`."""
    rest = [condition for condition in one.conditions if condition not in other.conditions]
    return judged(rest, coming).verdict == "surely"
