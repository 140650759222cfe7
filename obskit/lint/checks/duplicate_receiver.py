"""Two receivers, or two mute times, of one name.

Alertmanager and Grafana know both by their names: one of the two would take the place of the other, or neither loads.

Bad:
    ops = Receiver("ops", Email("ops@example.com"))
    night = Receiver("ops", Email("night@example.com"))
    root = Route(ops, routes=(Route(night, match={"severity": "critical"}),))

Good:
    ops = Receiver("ops", Email("ops@example.com"), Email("night@example.com"))
    root = Route(ops)
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.routed import declared
from obskit.notify import MuteTime, Receiver

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Names that were taken before."""
    found = declared(analysed)
    yield from _repeated(found.receivers, "receiver")
    yield from _repeated(found.mute_times, "mute time")


def _repeated(named: tuple[Receiver | MuteTime, ...], what: str) -> Iterator[Problem]:
    first: dict[str, Receiver | MuteTime] = {}
    for one in named:
        before = first.setdefault(one.name, one)
        if before is not one:
            message = f'two {what}s are called "{one.name}"; the other is at {before.origin}'
            yield Problem(message, one.origin, "rename one of them, or use one for both", waive=one.waive)
