"""A mute time that no route names.

Nothing is muted by it: it has no effect until a route says `mute=` or `active=`.

Bad:
    nights = MuteTime("nights", Period(times=("22:00-06:00",)))
    root = Route(Receiver("ops", Email("ops@example.com")))

Good:
    nights = MuteTime("nights", Period(times=("22:00-06:00",)))
    ops = Receiver("ops", Email("ops@example.com"))
    root = Route(ops, routes=(Route(ops, match={"severity": "info"}, mute=nights),))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.routed import declared

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Mute times outside the tree."""
    found = declared(analysed)
    used = {mute.name for route in found.routes for mute in route.times}
    for mute in found.mute_times:
        if mute.name not in used:
            hint = "Route(…, mute=…), or remove it"
            yield Problem(f'no route names the mute time "{mute.name}"', mute.origin, hint, waive=mute.waive)
