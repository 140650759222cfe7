"""The tree of routes: which alerts go to whom, grouped how, repeated when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, field

from obskit.duration import Duration
from obskit.errors import DeclarationError
from obskit.naming import LABEL_NAME
from obskit.notify.calendar import is_always
from obskit.notify.conditions import Condition, Given, conditions, shown
from obskit.notify.mute import MuteTime
from obskit.notify.options import flag, one_or_more, waivers
from obskit.notify.receiver import Receiver
from obskit.origin import Origin, here, made
from obskit.waiver import Waive

EACH = "..."
"""In `group_by`, alone: every alert is a group of its own."""
DEEPEST = 50
"""Routes that stand in one another: nobody reads more, and those who write or read the file go down by recursion."""


@dataclass(frozen=True, slots=True)
class Route:
    """Who is told of the alerts that come this way: `Route(ops, group_by=("alertname", "job"), routes=(Route(pager, match={…}),))`.

    The one route that stands in no other is the root: it takes every alert and names the default receiver. A route in it takes
    the alerts whose labels `match` (as in `where`: text, `regex`, `not_`, `one_of`; several in a tuple must all hold). The first one
    that does gets the alert, and those behind it only if it says `continue_`; what none takes stays with the route around them.
    `receiver`, `group_by` (`("...",)`: each alert alone), `group_wait` (of a new group: 30s), `group_interval` (until news of a
    group: 5m) and `repeat_interval` (until the same is told again: 4h) hold for the routes inside too, unless those say
    otherwise. Nothing is told during `mute`, and with `active` only during that. Raises DeclarationError on what Alertmanager
    would refuse.
    """

    receiver: Receiver | None = None
    _: KW_ONLY
    match: Given = field(default_factory=dict, hash=False)
    group_by: tuple[str, ...] = ()
    group_wait: str = ""
    group_interval: str = ""
    repeat_interval: str = ""
    continue_: bool = False
    mute: MuteTime | tuple[MuteTime, ...] = ()
    active: MuteTime | tuple[MuteTime, ...] = ()
    routes: tuple[Route, ...] = ()
    waive: tuple[Waive, ...] = ()
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)
    conditions: tuple[Condition, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.receiver is not None and not isinstance(self.receiver, Receiver):
            raise DeclarationError(f"the receiver of a route is a Receiver, not {type(self.receiver).__name__}", hint='Receiver("ops", …)')
        object.__setattr__(self, "conditions", conditions(self.match, "match of a route"))
        object.__setattr__(self, "group_by", one_or_more(self.group_by))
        self._check_grouping()
        flag(self.continue_, "continue_ of a route")
        for option, kind in (("mute", MuteTime), ("active", MuteTime), ("routes", Route)):
            object.__setattr__(self, option, one_or_more(getattr(self, option)))
            for one in getattr(self, option):
                if not isinstance(one, kind):
                    raise DeclarationError(f"{option} of a route holds {type(one).__name__}, not {kind.__name__}")
        self._check_times()
        if _depth(self.routes, DEEPEST) >= DEEPEST:
            raise DeclarationError(f"a route stands in {DEEPEST} others", hint="conditions of several routes can stand in one")
        object.__setattr__(self, "waive", waivers(self.waive, "a route"))
        made(self)

    def _check_grouping(self) -> None:
        for label in self.group_by:
            if label != EACH and not (isinstance(label, str) and LABEL_NAME.fullmatch(label)):
                raise DeclarationError("group_by of a route holds what is not a label name", hint='group_by=("alertname", "job")')
        if len(set(self.group_by)) != len(self.group_by) or (EACH in self.group_by and len(self.group_by) > 1):
            raise DeclarationError("group_by of a route names a label twice, or others beside ...", hint='group_by=("...",) groups nothing')
        for option in ("group_wait", "group_interval", "repeat_interval"):
            value = getattr(self, option)
            if value != "" and Duration.parse(value, f"{option} of a route").milliseconds == 0 and option != "group_wait":
                raise DeclarationError(f"{option} of a route is zero", hint='a duration: "5m"')

    def _check_times(self) -> None:
        one_clock = len({mute.zone for mute in self.muted}) == 1
        always = one_clock and is_always(period for mute in self.muted for period in mute.periods)
        if always or (self.active_only and all(time in self.muted for time in self.active_only)):
            hint = "mute leaves no time, or none of active: leave the route out"
            raise DeclarationError("the times of a route never tell anything", hint=hint)

    @property
    def title(self) -> str:
        """How messages call it: its conditions, or the receiver it leads to."""
        return shown(self.conditions) if self.conditions else self.receiver.name if self.receiver else "{}"

    @property
    def muted(self) -> tuple[MuteTime, ...]:
        """`mute` as a tuple."""
        return self.mute if isinstance(self.mute, tuple) else (self.mute,)

    @property
    def active_only(self) -> tuple[MuteTime, ...]:
        """`active` as a tuple."""
        return self.active if isinstance(self.active, tuple) else (self.active,)

    @property
    def times(self) -> tuple[MuteTime, ...]:
        """All times it names."""
        return (*self.muted, *self.active_only)

    @property
    def inside(self) -> tuple[object, ...]:
        """Everything declared that it holds, at any depth."""
        own = (*((self.receiver,) if self.receiver else ()), *self.times, *self.routes)
        return (*own, *(deeper for route in self.routes for deeper in route.inside))

    def walk(self) -> Iterator[Route]:
        """The route and those inside it, in the order they are tried."""
        yield self
        for route in self.routes:
            yield from route.walk()


def _depth(routes: tuple[Route, ...], most: int) -> int:
    """How many routes stand in one another, counted up to `most`."""
    depth = 0
    while routes and depth < most:
        routes, depth = tuple({id(inner): inner for route in routes for inner in route.routes}.values()), depth + 1
    return depth
