"""The kinds of metric: Counter, Gauge, Histogram, Summary, Info.

Series suffixes per kind: the Prometheus text exposition format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from obskit.catalog.expr import Expr
from obskit.catalog.matcher import Matcher
from obskit.catalog.nodes import Ranged
from obskit.catalog.parts import Counted, CounterSelector, HistogramSelector, Observed, SummarySelector, Summed
from obskit.catalog.signal import Signal
from obskit.errors import DeclarationError

_COUNTS = ("rate", "irate", "increase", "resets")
_OBSERVES = ("bucket", "observations", "total", "mean", "share_below", "heatmap")
_NOT_COUNTER = dict.fromkeys(_COUNTS, "only a Counter has it; a gauge has its value, deriv(), delta(), avg_over_time()")
_NOT_HISTOGRAM = dict.fromkeys(_OBSERVES, "only a Histogram has it")
_NOT_GAUGE = {"delta": "increase() is what a counter gained"}
_ASK_PARTS = dict.fromkeys((*_COUNTS, "delta"), "ask a part of it: observations (how many) or total (their sum)")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Counter(Counted, Signal):
    """A total that only grows, and starts again from zero with its process."""

    kind: ClassVar[str] = "counter"
    only_for: ClassVar[dict[str, str]] = _NOT_HISTOGRAM | _NOT_GAUGE

    def where(self, **matchers: str | Matcher) -> CounterSelector:
        """Its series that match. Raises DeclarationError on a label it lacks or a value the label cannot have."""
        return CounterSelector(self, self.checked(matchers))

    def offset(self, shift: str) -> CounterSelector:
        """Its series, `shift` ago."""
        return CounterSelector(self).offset(shift)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Gauge(Signal):
    """A value that goes up and down."""

    kind: ClassVar[str] = "gauge"
    only_for: ClassVar[dict[str, str]] = _NOT_HISTOGRAM | _NOT_COUNTER

    def delta(self, window: str | None = None) -> Expr:
        """Difference between the last and the first value of the window."""
        return Ranged("delta", self, window)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Info(Signal):
    """A constant 1 whose labels tell something about the target (a build, a configuration)."""

    kind: ClassVar[str] = "info"
    only_for: ClassVar[dict[str, str]] = _NOT_HISTOGRAM | _NOT_COUNTER | _NOT_GAUGE


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Histogram(Observed, Signal):
    """Observations counted in buckets.

    `buckets` are the upper bounds in ascending order, in the signal's unit, without +Inf. A `native` histogram has no
    `_bucket` series and needs none. A first bound below zero means that clients expose no `_sum`.
    Raises DeclarationError on missing, unsorted or repeated bounds, or bounds on a native one.
    """

    buckets: tuple[float, ...] = ()
    native: bool = False

    kind: ClassVar[str] = "histogram"
    only_for: ClassVar[dict[str, str]] = _ASK_PARTS

    def __post_init__(self) -> None:
        super(Histogram, self).__post_init__()
        if self.name.endswith(("_bucket", "_sum", "_count")):
            raise DeclarationError(f'histogram "{self.name}" ends in a suffix that its series get', hint="drop the suffix")
        if bool(self.buckets) == self.native:
            raise DeclarationError(f'histogram "{self.name}" has either buckets or native=True', hint="buckets=(0.1, 0.5, 1)")
        if any(isinstance(bound, bool) or not isinstance(bound, (int, float)) or bound == float("inf") for bound in self.buckets):
            raise DeclarationError(f'buckets of "{self.name}" are finite numbers', hint="+Inf is added by itself")
        if list(self.buckets) != sorted(set(self.buckets)):
            raise DeclarationError(f'buckets of "{self.name}" are not in ascending order', hint="each bound once, smallest first")

    def where(self, **matchers: str | Matcher) -> HistogramSelector:
        """Its series that match. Raises DeclarationError on a label it lacks or a value the label cannot have."""
        return HistogramSelector(self, self.checked(matchers))

    def offset(self, shift: str) -> HistogramSelector:
        """Its series, `shift` ago."""
        return HistogramSelector(self).offset(shift)

    def _series(self) -> tuple[Histogram, tuple[tuple[str, Matcher], ...], str]:
        return self, (), ""

    @property
    def has_sum(self) -> bool:
        """Whether clients expose `_sum`: not when observations can be negative."""
        return not self.buckets or self.buckets[0] >= 0

    @property
    def series_names(self) -> tuple[str, ...]:
        """The metric names that can be queried."""
        if self.native:
            return (self.name,)
        return (f"{self.name}_bucket", f"{self.name}_count", *((f"{self.name}_sum",) if self.has_sum else ()))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Summary(Summed, Signal):
    """Observations summed up by the client; `quantiles` are those it computes (they cannot be aggregated).

    Raises DeclarationError when a quantile is not between 0 and 1.
    """

    quantiles: tuple[float, ...] = ()

    kind: ClassVar[str] = "summary"
    only_for: ClassVar[dict[str, str]] = _ASK_PARTS

    def __post_init__(self) -> None:
        super(Summary, self).__post_init__()
        if any(not 0 <= q <= 1 for q in self.quantiles):
            raise DeclarationError(f'quantiles of "{self.name}" are not all between 0 and 1')

    def where(self, **matchers: str | Matcher) -> SummarySelector:
        """Its series that match. Raises DeclarationError on a label it lacks or a value the label cannot have."""
        return SummarySelector(self, self.checked(matchers))

    def _counting(self, suffix: str) -> CounterSelector:
        return CounterSelector(self, (), suffix)

    @property
    def series_names(self) -> tuple[str, ...]:
        """The metric names that can be queried."""
        own = (self.name,) if self.quantiles else ()
        return (*own, f"{self.name}_count", f"{self.name}_sum")
