"""What a first board shows of a service's signals: rate, errors and duration, what else grows, and the state of things.

Only what can be asked for certain is shown, and little of it: the rest is for people who know what it means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from obskit.authoring.literals import literal
from obskit.authoring.outcome import Ending, ending
from obskit.authoring.titles import Titles
from obskit.catalog import Counter, Gauge, Histogram, Signal, Summary, units

_TRAFFIC, _DURATIONS, _OTHERS, _SIZES, _STATES = 4, 3, 6, 2, 8
"""How many of each are shown."""

_FEW = 20
"""Lines of one panel, by the bound of the label that tells them apart."""

_TELLING = ("mode", "state", "type", "kind", "level", "method", "operation", "reason", "result", "queue", "topic", "area")
"""Labels that say what sort of thing is counted, rather than which one."""
_ASKED = ("request", "call", "rpc", "handled", "message", "query", "queries", "command", "job", "task")
_TIMES = (units.SECONDS, units.MILLISECONDS)
_SUMMED = (units.COUNT, units.BYTES)
_NOT_SUMMED = ("max", "min", "limit", "avg", "ratio", "percent", "celsius", "volts", "hertz", "version", "enabled", "up")
_MOMENT = re.compile(r"(?:^|_)(?:timestamp|time|created|since|expiry|expiration)(?:_m?s|_seconds|_milliseconds)?$")
"""How the names of gauges end that hold a moment: what they are good for is the time since then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A panel: the helper that makes it, its title, its queries and options as Python; `reads` and `uses` are what these name.

    A query has a line break where it may be broken.
    """

    helper: str
    title: str
    queries: tuple[str, ...]
    options: dict[str, str] = field(default_factory=dict)
    reads: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A signal, what its module calls it, and the values each of its labels was seen with."""

    name: str
    signal: Signal
    values: dict[str, set[str]]

    @property
    def counted(self) -> str:
        """The Python of the series that count its events."""
        return self.name if isinstance(self.signal, Counter) else f"{self.name}.observations"

    def counted_where(self, end: Ending) -> str:
        narrowed = f"{self.name}.where({end.label}={end.wrong})"
        return narrowed if isinstance(self.signal, Counter) else f"{narrowed}.observations"


def rows(signals: Sequence[Named], prefix: str) -> Iterator[tuple[str, list[Shown]]]:
    """The rows of the board, without those that nothing is to be seen on. `prefix` is how the names of all begin."""
    titles = Titles(prefix)
    asked = sorted((one for one in signals if _has_count(one)), key=_importance)
    endings = {one.name: end for one in asked if (end := ending(one.signal.labels, one.values))}
    traffic = [one for one in asked if one.name in endings or _counts_requests(one)][:_TRAFFIC]
    timed = sorted((one for one in signals if _is_timed(one)), key=_importance)[:_DURATIONS]
    known = {one.name for one in (*traffic, *timed)}
    others = [one for one in signals if isinstance(one.signal, Counter) and one.name not in known][:_OTHERS]
    sizes = [one for one in signals if isinstance(one.signal, Histogram) and one.signal.unit not in _TIMES][:_SIZES]
    states = sorted((one for one in signals if _is_state(one)), key=lambda one: len(one.signal.labels))[:_STATES]
    yield from _filled("Traffic", traffic, lambda one: [_rate(one, endings.get(one.name), titles)])
    failing = [one for one in traffic if one.name in endings]
    yield from _filled("Errors", failing, lambda one: [_ratio(one, endings[one.name], titles)])
    yield from _filled("Duration", timed, lambda one: _duration(one, titles))
    yield from _filled("Work", others, lambda one: [_rate(one, None, titles)])
    yield from _filled("Sizes", sizes, lambda one: [_quantiles(one, titles)])
    yield from _filled("State", states, lambda one: [_state(one, titles)])


def _filled(title: str, signals: Iterable[Named], panels: Callable[[Named], list[Shown]]) -> Iterator[tuple[str, list[Shown]]]:
    made = [panel for one in signals for panel in panels(one)]
    if made:
        yield title, made


def _rate(one: Named, end: Ending | None, titles: Titles) -> Shown:
    query = f"{one.counted}.rate().sum({_by(one, end.label if end else '')})"
    unit = one.signal.unit
    options = {"unit": literal("short")} if isinstance(one.signal, Counter) and not unit.rate else {}
    return Shown(helper="timeseries", title=titles.new(one.signal.name), queries=(query,), options=options, reads=(one.name,))


def _ratio(one: Named, end: Ending, titles: Titles) -> Shown:
    query = f"{one.counted_where(end)}.rate().sum()\n/ {one.counted}.rate().sum().guarded()"
    title = titles.new(one.signal.name, "errors of")
    options = {"thresholds": "(0.01, 0.05)", "no_value": literal("no errors")}
    return Shown(helper="timeseries", title=title, queries=(query,), options=options, reads=(one.name,), uses=end.uses)


def _duration(one: Named, titles: Titles) -> list[Shown]:
    if isinstance(one.signal, Summary):
        title = titles.new(one.signal.name, "mean")
        return [Shown(helper="timeseries", title=title, queries=(f"{one.name}.mean()",), reads=(one.name,))]
    lines, title = _quantiles(one, titles), titles.new(one.signal.name, "distribution of")
    return [lines, Shown(helper="heatmap", title=title, queries=(f"{one.name}.heatmap()",), reads=(one.name,))]


def _quantiles(one: Named, titles: Titles) -> Shown:
    parts = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    queries = tuple(f"query({one.name}.quantile({share}), legend={literal(part)})" for part, share in parts.items())
    title = titles.new(one.signal.name, otherwise="percentiles of")
    return Shown(helper="timeseries", title=title, queries=queries, reads=(one.name,), uses=("query",))


def _state(one: Named, titles: Titles) -> Shown:
    signal = one.signal
    summed = signal.unit in _SUMMED and not any(word in signal.name.split("_") for word in _NOT_SUMMED)
    kept = _by(one, "") or f"by={literal('instance')}"
    query = f"{one.name}.{'sum' if summed else 'max'}({kept})"
    return Shown(helper="timeseries", title=titles.new(signal.name), queries=(query,), reads=(one.name,))


def _by(one: Named, label: str) -> str:
    """The argument that keeps the label given, else one with few values that tells kinds apart; empty where there is none."""
    few = [each.name for each in one.signal.labels if not each.optional and 1 < len(one.values.get(each.name, ())) <= _FEW]
    kept = label or next(iter(sorted(few, key=lambda name: name not in _TELLING)), "")
    return f"by={literal(kept)}" if kept else ""


def _has_count(one: Named) -> bool:
    signal = one.signal
    return isinstance(signal, (Counter, Summary)) or (isinstance(signal, Histogram) and not signal.native)


def _is_timed(one: Named) -> bool:
    signal = one.signal
    return signal.unit in _TIMES and isinstance(signal, (Histogram, Summary))


def _is_state(one: Named) -> bool:
    return isinstance(one.signal, Gauge) and one.signal.unit is not units.TIMESTAMP and not _MOMENT.search(one.signal.name)


def _speaks_of_requests(one: Named) -> bool:
    return any(word in part for part in one.signal.name.lower().split("_") for word in _ASKED)


def _counts_requests(one: Named) -> bool:
    return isinstance(one.signal, Counter) and one.signal.unit not in _TIMES and _speaks_of_requests(one)


def _importance(one: Named) -> tuple[bool, bool, str]:
    """What is asked of the service itself comes first: what speaks of HTTP, then of requests."""
    return "http" not in one.signal.name, not _speaks_of_requests(one), one.signal.name
