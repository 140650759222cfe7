"""Routing as Alertmanager does it: who is told of an alert, and what keeps it quiet.

Source: `Route.Match` in Alertmanager's package `dispatch`, and its package `inhibit`. Of an alert whose labels are not all known
the answers are surely, perhaps or never: surely and never are certain, perhaps is the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from obskit.duration import Duration
from obskit.notify.carried import Carried, Verdict, judged
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


class Source(NamedTuple):
    """An alert that may silence others: what is known of it when it does, and whether it surely is a target as well."""

    name: str
    carried: Carried
    is_target: bool


@dataclass(frozen=True, slots=True)
class Silencing:
    """An inhibition with the alerts that may be its source."""

    by: Inhibit
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Quiet:
    """An inhibition that may silence an alert, and the names of those that do it."""

    by: Inhibit
    sources: tuple[str, ...]


def silencing(inhibitions: Iterable[Inhibit], alerts: Iterable[tuple[str, Carried]]) -> tuple[Silencing, ...]:
    """The inhibitions with their sources among `alerts`, which are all there are, with their names."""
    everything = tuple(alerts)
    return tuple(Silencing(one, tuple(_sources(one, everything))) for one in inhibitions)


def _sources(one: Inhibit, alerts: Iterable[tuple[str, Carried]]) -> Iterator[Source]:
    for name, carried in alerts:
        when = judged(one.sources, carried).when
        if when is not None:
            yield Source(name, when, judged(one.targets, when).verdict == "surely")


def silenced(carried: Carried, prepared: Iterable[Silencing]) -> Iterator[Quiet]:
    """What may keep an alert quiet while it fires."""
    for one in prepared:
        target = judged(one.by.targets, carried).when
        if target is None or not one.sources:
            continue
        both = judged(one.by.sources, target).verdict == "surely"  # then no alert silences it that is a target too
        names = (source.name for source in one.sources if not (both and source.is_target) and _agree(one.by, source.carried, target))
        found = tuple(dict.fromkeys(names))
        if found:
            yield Quiet(one.by, found)


def _agree(by: Inhibit, source: Carried, target: Carried) -> bool:
    return all(_may_equal(source.of(label), target.of(label)) for label in by.equal)


def _may_equal(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return one is None or other is None or bool(one & other)
