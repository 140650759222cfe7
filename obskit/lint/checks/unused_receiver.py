"""A receiver that no route leads to.

It is never told anything: the route was forgotten, or the receiver is left from what is gone. One that an environment tells in
the place of others (`[tool.obskit.env.NAME.receivers]`) is used.

Bad:
    ops = Receiver("ops", Email("ops@example.com"))
    pager = Receiver("pager", PagerDuty(Secret.env("PAGERDUTY_KEY")))
    root = Route(ops)

Good:
    ops = Receiver("ops", Email("ops@example.com"))
    pager = Receiver("pager", PagerDuty(Secret.env("PAGERDUTY_KEY")))
    root = Route(ops, routes=(Route(pager, match={"severity": "critical"}),))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.routed import declared

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Receivers outside the tree."""
    found = declared(analysed)
    if found.root is None:
        return
    elsewhere = {told for environment in analysed.project.settings.env.values() for told in environment.receivers.values()}
    for receiver in found.receivers:
        if receiver.name not in found.routed | elsewhere:
            message = f'no route leads to receiver "{receiver.name}"'
            yield Problem(message, receiver.origin, "add a route to it, or remove it", waive=receiver.waive)
