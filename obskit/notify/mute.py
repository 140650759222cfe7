"""Times at which nothing is told, or at which alone something is."""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass, field

from obskit.errors import DeclarationError
from obskit.naming import did_you_mean
from obskit.notify import calendar
from obskit.notify.options import name as checked_name
from obskit.notify.options import one_or_more, waivers
from obskit.origin import Origin, here, made
from obskit.waiver import Waive

_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Times that come again: `Period(times=("22:00-06:00",))`, `Period(weekdays=("sat", "sun"))`.

    All that is given must hold at once; what is not given is any. `times` are ranges of hours (`"24:00"` is the end of a day; over
    midnight where nothing limits the days), `weekdays` names or ranges (`"mon:fri"`), `days` days of the month (`-1` is the last,
    `"1:7"`), `months` names, numbers or ranges (`"nov:feb"`), `years` numbers or ranges. Raises DeclarationError on what is none.
    """

    times: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    days: tuple[int | str, ...] = ()
    months: tuple[int | str, ...] = ()
    years: tuple[int | str, ...] = ()
    hours: tuple[tuple[str, str], ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        for option in ("times", "weekdays", "days", "months", "years"):
            object.__setattr__(self, option, one_or_more(getattr(self, option)))
        if not (self.times or self.weekdays or self.days or self.months or self.years):
            raise DeclarationError("a period limits nothing", hint='Period(weekdays=("sat", "sun"))')
        limited = bool(self.weekdays or self.days or self.months or self.years)
        object.__setattr__(self, "hours", calendar.clock(self.times, over_midnight=not limited))
        object.__setattr__(self, "weekdays", calendar.weekdays(self.weekdays))
        object.__setattr__(self, "months", calendar.months(self.months))
        object.__setattr__(self, "days", calendar.days(self.days))
        object.__setattr__(self, "years", calendar.years(self.years))

    @property
    def limits_dates(self) -> bool:
        """Whether it is of some days of the month, months or years only."""
        return bool(self.days or self.months or self.years)


@dataclass(frozen=True, slots=True, init=False)
class MuteTime:
    """Times with a name, for `Route(mute=…)` and `Route(active=…)`.

    `MuteTime("nights", Period(times=("22:00-06:00",)), zone="Asia/Shanghai")`. It is the time when any of the periods is, by the
    clocks of `zone` (a name of the time zone database; UTC by default). Raises DeclarationError without a period, on periods that
    leave no minute of the week out, and on a zone that is not known.
    """

    name: str
    periods: tuple[Period, ...]
    zone: str
    waive: tuple[Waive, ...]
    origin: Origin | None = field(compare=False, repr=False)

    def __init__(self, name: str, *periods: Period, zone: str = "UTC", waive: tuple[Waive, ...] = ()) -> None:
        checked_name(name, "mute time", 'MuteTime("nights", Period(times=("22:00-06:00",)))')
        if "$" in name:
            raise DeclarationError("the name of a mute time holds a $", hint="Grafana may take it for a variable: name it without")
        if not periods or not all(isinstance(one, Period) for one in periods):
            raise DeclarationError(f'mute time "{name}" has no period, or holds what is none', hint='Period(weekdays=("sat", "sun"))')
        if calendar.is_always(periods):
            raise DeclarationError(f'mute time "{name}" is always', hint="whoever is never to be told is no receiver: leave the route out")
        _check_zone(zone, name)
        silent = waivers(waive, f'mute time "{name}"')
        for field_, value in (("name", name), ("periods", periods), ("zone", zone), ("waive", silent), ("origin", here())):
            object.__setattr__(self, field_, value)
        made(self)


def _check_zone(zone: object, name: str) -> None:
    if not isinstance(zone, str) or not _ZONE.fullmatch(zone):
        raise DeclarationError(f'zone of mute time "{name}" is no time zone', hint='zone="Asia/Shanghai"')
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        hint = did_you_mean(zone, zoneinfo.available_timezones()) or 'zone="Asia/Shanghai"'
        raise DeclarationError(f'mute time "{name}": there is no time zone "{zone}"', hint=hint) from None
