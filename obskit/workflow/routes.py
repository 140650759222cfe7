"""`obskit routes`: who is told of which alert, and why."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from obskit.errors import ObskitError
from obskit.finding import ordered
from obskit.naming import did_you_mean
from obskit.settings import Settings

if TYPE_CHECKING:
    from obskit.analysis.routed import Routed
    from obskit.finding import Finding

ROOT = "notification-root"
"""The check of the one route that must be right for the others to mean anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The alerts asked for, in the order of files; `findings` are what kept modules from loading, and what no root can be.

    `exceptions` are those of the modules.
    """

    routed: tuple[Routed, ...]
    findings: tuple[Finding, ...]
    exceptions: tuple[BaseException, ...] = ()

    @property
    def exit_code(self) -> int:
        return 1 if any(one.reaches_nobody for one in self.routed) or any(one.severity == "error" for one in self.findings) else 0


def routes(settings: Settings, names: Sequence[str] = (), *, today: datetime.date) -> Answer:
    """Who is told of all alerts, or of those called so; what is wrong with the root, which nobody would take, is told before.

    Raises ObskitError when no alert is called so, or no root route is declared, as far as every module could be loaded.
    """
    from obskit import analysis, lint, source
    from obskit.analysis.placed import alerts
    from obskit.analysis.routed import routed

    project = source.load(settings)
    analysed = analysis.run(project)
    known = {alert.rule.name for alert in alerts(analysed)}
    for name in names:
        if name not in known and not project.faults:
            raise ObskitError(f'no alert is called "{name}"', hint=did_you_mean(name, known) or "obskit routes lists them")
    found = routed(analysed)
    if not found and known and not project.faults:
        hint = 'declare the root: Route(Receiver("ops", Email("ops@example.com"))), of obskit.notify'
        raise ObskitError("the project declares no route", hint=hint)
    wrong = lint.run(analysed, today=today, select=(ROOT,))
    return Answer(
        routed=tuple(one for one in found if not names or one.alert.name in names),
        findings=ordered([*project.findings, *(finding for finding in wrong if finding.id == ROOT)]),
        exceptions=project.exceptions,
    )
