"""Days, months and years as authors write them, and as Alertmanager's time intervals hold them.

Format: `time_intervals` of Alertmanager 0.25 (package `timeinterval`), which Grafana's mute timings share. A range must not go over
the end of the week or year there: one that does becomes two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from obskit.errors import DeclarationError

WEEKDAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")
_YEARS = (1970, 9999)
_DAY = 24 * 60


def weekdays(given: Sequence[object]) -> tuple[str, ...]:
    """`("mon:fri", "sunday")` as `monday:friday`, `sunday`."""
    return _named(given, WEEKDAYS, 'a weekday: "saturday", "sat", "mon:fri"')


def months(given: Sequence[object]) -> tuple[str, ...]:
    """`("nov:feb", 6)` as `november:december`, `january:february`, `june`."""
    named = [MONTHS[one - 1] if type(one) is int and 1 <= one <= 12 else one for one in given]
    return _named(named, MONTHS, 'a month: "may", "nov:feb", 6')


def days(given: Sequence[object]) -> tuple[str, ...]:
    """`(1, "-3:-1")` as `1`, `-3:-1`: days of the month, negative ones from its end."""

    def refused(first: int, last: int) -> bool:
        if not all(1 <= abs(day) <= 31 for day in (first, last)) or (first < 0 < last):
            return True
        return (28 + first if first < 0 else first) > (28 + last if last < 0 else last)

    return _numbers(given, refused, 'a day of the month: 1, -1 (the last), "1:7", "-3:-1"')


def years(given: Sequence[object]) -> tuple[str, ...]:
    """`(2027, "2028:2030")` as `2027`, `2028:2030`."""

    def refused(first: int, last: int) -> bool:
        return not _YEARS[0] <= first <= last <= _YEARS[1]

    return _numbers(given, refused, 'a year: 2027, "2027:2029"')


def clock(given: Sequence[object], *, over_midnight: bool) -> tuple[tuple[str, str], ...]:
    """`("22:00-06:00",)` as the ranges `22:00` to `24:00` and `00:00` to `06:00`; such a one only where it is clear what day it is of."""
    ranges: list[tuple[str, str]] = []
    for one in given:
        start, _, end = one.replace(" ", "").partition("-") if isinstance(one, str) else ("", "", "")
        if not all(_CLOCK.fullmatch(part) and part <= "24:00" for part in (start, end)) or start in (end, "24:00"):
            raise DeclarationError(f"a period names {_shown(one)}, which is no range of hours", hint='"09:00-17:30", up to "24:00"')
        if start < end:
            ranges.append((start, end))
        elif over_midnight:
            ranges += [(start, "24:00"), ("00:00", end)] if end != "00:00" else [(start, "24:00")]
        else:
            hint = f'one period for "{start}-24:00" and, with the day after, one for "00:00-{end}"'
            raise DeclarationError("times of a period go over midnight, and it is limited to days", hint=hint)
    return tuple(ranges)


class Weekly(Protocol):
    """What of a period is decided by the week alone."""

    @property
    def hours(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def weekdays(self) -> tuple[str, ...]: ...
    @property
    def limits_dates(self) -> bool:
        """Whether it is of some days, months or years only."""


def is_always(periods: Iterable[Weekly]) -> bool:
    """Whether the periods leave no minute of the week out."""
    left = {day: [(0, _DAY)] for day in WEEKDAYS}
    for period in periods:
        if period.limits_dates:
            continue
        for named in period.weekdays or WEEKDAYS:
            first, _, last = named.partition(":")
            for day in WEEKDAYS[WEEKDAYS.index(first) : WEEKDAYS.index(last or first) + 1]:
                for start, end in period.hours or (("00:00", "24:00"),):
                    left[day] = _without(left[day], _minute(start), _minute(end))
    return not any(left.values())


def _without(ranges: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    parts = [part for low, high in ranges for part in ((low, min(high, start)), (max(low, end), high))]
    return [(low, high) for low, high in parts if low < high]


def _minute(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def _named(given: Sequence[object], names: tuple[str, ...], example: str) -> tuple[str, ...]:
    """Ranges of names, in the order that they are given, those over the end as two."""
    found: list[str] = []
    for one in given:
        ends = [_index(part, names) for part in re.split("[:-]", one)] if isinstance(one, str) else []
        if not 1 <= len(ends) <= 2 or -1 in ends:
            raise _refusal(one, example)
        first, last = ends[0], ends[-1]
        spans = ((first, last),) if first <= last else ((first, len(names) - 1), (0, last))
        found += [names[a] if a == b else f"{names[a]}:{names[b]}" for a, b in spans]
    return tuple(dict.fromkeys(found))


def _refusal(one: object, example: str) -> DeclarationError:
    return DeclarationError(f"a period names {_shown(one)}, which is no {example.split(':')[0].removeprefix('a ')}", hint=example)


def _shown(one: object) -> str:
    return f'"{one}"' if isinstance(one, str) else repr(one)


def _index(text: str, names: tuple[str, ...]) -> int:
    word = text.strip().lower()
    return next((index for index, name in enumerate(names) if word in (name, name[:3])), -1)


def _numbers(given: Sequence[object], refused: Callable[[int, int], bool], example: str) -> tuple[str, ...]:
    found: list[str] = []
    for one in given:
        match: Any = re.fullmatch(r"\s*(-?\d{1,4})\s*(?::\s*(-?\d{1,4})\s*)?", str(one)) if type(one) in (int, str) else None
        if match is None or refused(int(match[1]), int(match[2] or match[1])):
            raise _refusal(one, example)
        found.append(str(int(match[1])) if match[2] is None else f"{int(match[1])}:{int(match[2])}")
    return tuple(dict.fromkeys(found))
