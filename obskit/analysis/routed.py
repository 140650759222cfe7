"""Who is told of which alert: every alert of a project through its tree of routes."""

from __future__ import annotations

from dataclasses import dataclass

from obskit.analysis.alerted import Alerted, alerted
from obskit.analysis.analysed import Analysed
from obskit.notify import gather
from obskit.notify.routing import Quiet, Reached, reached, silenced, silencing


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


def routed(analysed: Analysed) -> tuple[Routed, ...]:
    """Every alert, in the order of files; none in a project without a root route. An environment tells whom it says.

    Only Alertmanager keeps alerts quiet: not those on spans, and none where rules are built for Grafana alone.
    """
    environment = analysed.project.settings.environment
    found = gather(analysed.project.notifications, environment.receivers if environment else None)
    if found.root is None:
        return ()
    alerts = tuple(alerted(analysed))
    formats = analysed.project.settings.formats
    only_grafana = "alerting" in formats and "alertmanager" not in formats
    there = [alert for alert in alerts if alert.placed.rule.trace is None and not only_grafana]
    prepared = silencing(found.inhibitions, ((alert.name, alert.carried) for alert in there))
    quiet = {id(alert): tuple(silenced(alert.carried, prepared)) for alert in there}
    return tuple(Routed(alert=alert, ends=reached(found.root, alert.carried), quiet=quiet.get(id(alert), ())) for alert in alerts)
