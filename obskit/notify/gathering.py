"""The notifications of a project as a whole: what its declarations make together, also where an environment tells others instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from obskit.notify.inhibit import Inhibit
from obskit.notify.mute import MuteTime
from obskit.notify.receiver import Receiver
from obskit.notify.route import Route

Notification = Receiver | Route | MuteTime | Inhibit
"""What a project declares of notifications."""

REST = "*"
"""In an environment's `receivers`: all that are not named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notifications:
    """`receivers` and `mute_times` also of routes that name them, each object once; `roots` are the routes that stand in no other."""

    receivers: tuple[Receiver, ...] = ()
    roots: tuple[Route, ...] = ()
    mute_times: tuple[MuteTime, ...] = ()
    inhibitions: tuple[Inhibit, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.receivers or self.roots or self.mute_times or self.inhibitions)

    @property
    def root(self) -> Route | None:
        """The tree, where there is one; of several the first."""
        return self.roots[0] if self.roots else None

    @property
    def routes(self) -> Iterator[Route]:
        """Every route of the tree, the root first."""
        return self.root.walk() if self.root is not None else iter(())

    @property
    def routed(self) -> frozenset[str]:
        """The names of the receivers that a route leads to."""
        return frozenset(route.receiver.name for route in self.routes if route.receiver is not None)


def gather(values: Iterable[Notification], instead: Mapping[str, str] | None = None) -> Notifications:
    """What the declarations make together.

    `instead` is the `receivers` of an environment: name of a receiver to the one that is told in its place (`"*"` for all others).
    Receivers in whose place others are told are left out.
    """
    values = tuple(values)
    routes = [value for value in values if isinstance(value, Route)]
    held = [part for route in routes for part in route.inside]
    within = {id(part) for part in held}
    everything = _once([*values, *held])
    found = Notifications(
        receivers=tuple(one for one in everything if isinstance(one, Receiver)),
        roots=tuple(route for route in _once(routes) if isinstance(route, Route) and id(route) not in within),
        mute_times=tuple(one for one in everything if isinstance(one, MuteTime)),
        inhibitions=tuple(one for one in everything if isinstance(one, Inhibit)),
    )
    return _told_instead(found, instead) if instead else found


def _told_instead(found: Notifications, instead: Mapping[str, str]) -> Notifications:
    by_name = {receiver.name: receiver for receiver in reversed(found.receivers)}
    told = {name: by_name.get(instead.get(name, instead.get(REST, name)), receiver) for name, receiver in by_name.items()}

    def moved(route: Route) -> Route:
        receiver = told[route.receiver.name] if route.receiver is not None else None
        return replace(route, receiver=receiver, routes=tuple(moved(inner) for inner in route.routes))

    kept = {receiver.name for receiver in told.values()}
    return replace(
        found,
        receivers=tuple(receiver for receiver in found.receivers if receiver.name in kept),
        roots=tuple(moved(root) for root in found.roots),
    )


def _once(values: Iterable[object]) -> list[object]:
    return list({id(value): value for value in values}.values())
