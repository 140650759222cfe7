"""`obskit routes`: who is told of which alert, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from obskit.errors import ObskitError
from obskit.naming import did_you_mean
from obskit.settings import Settings

if TYPE_CHECKING:
    from obskit.finding import Finding
    from obskit.lint.alerted import Alerted
    from obskit.notify.routing import Quiet, Reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """An alert, the ends of its ways through the tree, and what may keep it quiet."""

    alert: Alerted
    ends: tuple[Reached, ...]
    quiet: tuple[Quiet, ...]

    @property
    def reaches_nobody(self) -> bool:
        """Whether it is certain that nobody is told; an alert of severity "none" is meant so."""
        meant = self.alert.carried.of("severity") == frozenset(("none",))
        return not meant and not any(end.is_told for end in self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The alerts asked for, in the order of files; `findings` are what kept modules from loading."""

    routed: tuple[Routed, ...]
    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        return 1 if any(one.reaches_nobody for one in self.routed) or any(one.severity == "error" for one in self.findings) else 0


def routes(settings: Settings, names: Sequence[str] = ()) -> Answer:
    """Who is told of all alerts, or of those called so.

    Raises ObskitError when no alert is called so, or no root route is declared, as far as every module could be loaded.
    """
    from obskit import analysis, source
    from obskit.lint.alerted import alerted
    from obskit.notify import gather
    from obskit.notify.routing import reached, silenced, silencing

    project = source.load(settings)
    environment = settings.environment
    found = gather(project.notifications, environment.receivers if environment else None)
    alerts = tuple(alerted(analysis.run(project)))
    known = [alert.name for alert in alerts]
    for name in names:
        if name not in known and not project.faults:
            raise ObskitError(f'no alert is called "{name}"', hint=did_you_mean(name, known) or "obskit routes lists them")
    if found.root is None and not project.faults:
        hint = 'declare the root: Route(Receiver("ops", Email("ops@example.com"))), of obskit.notify'
        raise ObskitError("the project declares no route", hint=hint)
    prepared = silencing(found.inhibitions, ((alert.name, alert.carried) for alert in alerts))
    routed = tuple(
        Routed(
            alert=alert,
            ends=reached(found.root, alert.carried),
            quiet=tuple(silenced(alert.carried, prepared)),
        )
        for alert in alerts
        if found.root is not None and (not names or alert.name in names)
    )
    return Answer(routed=routed, findings=project.findings)
