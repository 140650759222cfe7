"""Routing as Alertmanager does it: who is told of an alert, and what keeps it quiet.

Source: `Route.Match` in Alertmanager's package `dispatch`, and its package `inhibit`. Of an alert whose labels are not all known
the answers are surely, perhaps or never: surely and never are certain, perhaps is the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from obskit.duration import Duration
from obskit.notify.carried import Carried, Judged, Verdict, judged
from obskit.notify.inhibit import Inhibit
from obskit.notify.mute import MuteTime
from obskit.notify.receiver import Receiver
from obskit.notify.route import EACH, Route

WAIT, INTERVAL, REPEAT = "30s", "5m", "4h"
"""Alertmanager's and Grafana's times where no route names one."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A route where an alert ends, `path` from the root to it; `verdict` is surely or perhaps, `carried` what is then known of it."""

    path: tuple[Route, ...]
    verdict: Verdict
    carried: Carried

    @property
    def receiver(self) -> Receiver | None:
        """Who is told."""
        return next((route.receiver for route in reversed(self.path) if route.receiver is not None), None)

    @property
    def is_told(self) -> bool:
        """Whether anybody is told: a receiver without integrations is nobody."""
        return self.receiver is not None and bool(self.receiver.integrations)

    @property
    def group_by(self) -> tuple[str, ...]:
        return next((route.group_by for route in reversed(self.path) if route.group_by), ())

    @property
    def times(self) -> tuple[str, str, str]:
        """group_wait, group_interval and repeat_interval that hold."""
        return (self._time("group_wait", WAIT), self._time("group_interval", INTERVAL), self._time("repeat_interval", REPEAT))

    @property
    def mute(self) -> tuple[MuteTime, ...]:
        """When it is not told; a route inside another does not inherit this."""
        return self.path[-1].muted

    @property
    def active(self) -> tuple[MuteTime, ...]:
        """When alone it is told; empty: always."""
        return self.path[-1].active_only

    def _time(self, option: str, default: str) -> str:
        given = next((getattr(route, option) for route in reversed(self.path) if getattr(route, option) != ""), default)
        return str(Duration.parse(given))


def reached(root: Route, carried: Carried) -> tuple[Reached, ...]:
    """Where an alert ends, in the order of the tree."""
    return tuple(_reached(root, (root,), carried, certain=True))


def _reached(route: Route, path: tuple[Route, ...], carried: Carried, *, certain: bool) -> Iterator[Reached]:
    coming: Carried | None = carried  # at the next of its routes
    left: Carried | None = carried  # with this route itself, if none of them takes it
    sure, undisturbed = certain, True
    for inner in route.routes:
        if coming is None:
            break
        found = judged(inner.conditions, coming)
        if found.when is None:
            continue
        yield from _reached(inner, (*path, inner), found.when, certain=sure and found.verdict == "surely")
        undisturbed = False
        left = judged(inner.conditions, left).otherwise if left is not None else None
        if not inner.continue_:
            coming, sure = found.otherwise, False
    if left is not None:
        yield Reached(path, "surely" if certain and undisturbed else "perhaps", left)


def grouped(reached_: Reached, labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The group of an alert with these labels: those it is grouped by that it has, sorted by name."""
    names = labels if EACH in reached_.group_by else reached_.group_by
    return tuple(sorted((name, labels[name]) for name in names if labels.get(name)))


@dataclass(frozen=True, slots=True)
class Quiet:
    """An inhibition that may silence an alert, and the names of those that do it."""

    by: Inhibit
    sources: tuple[str, ...]


def silenced(carried: Carried, inhibitions: Iterable[Inhibit], alerts: Iterable[tuple[str, Carried]]) -> Iterator[Quiet]:
    """What may keep an alert quiet while it fires; `alerts` are all there are, with their names."""
    everything = tuple(alerts)
    for inhibition in inhibitions:
        target = judged(inhibition.targets, carried)
        if target.when is None:
            continue
        both = judged(inhibition.sources, target.when).verdict == "surely"  # then it is no target of what is a target itself
        names = tuple(name for name, other in everything if _silences(inhibition, judged(inhibition.sources, other), target.when, both))
        if names:
            yield Quiet(inhibition, tuple(dict.fromkeys(names)))


def _silences(inhibition: Inhibit, source: Judged, target: Carried, both: bool) -> bool:
    if source.when is None or (both and judged(inhibition.targets, source.when).verdict == "surely"):
        return False
    return all(_may_equal(source.when.of(label), target.of(label)) for label in inhibition.equal)


def _may_equal(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return one is None or other is None or bool(one & other)
