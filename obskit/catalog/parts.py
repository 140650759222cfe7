"""What can be asked of series that count (counters) and of series that observe (histograms)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from obskit.catalog.expr import By, Expr
from obskit.catalog.label import names
from obskit.catalog.matcher import Matcher, bucket_bound, number
from obskit.catalog.measured import in_unit_of
from obskit.catalog.nodes import Aggregate, Call, Ranged, Selector
from obskit.catalog.param import Param, now
from obskit.errors import DeclarationError

if TYPE_CHECKING:
    from obskit.catalog.kinds import Histogram


class Counted(Expr):
    """Series that only grow. A `window` of None is the context's: `$__rate_interval` on a board, `.over()` in a rule."""

    __slots__ = ()

    def rate(self, window: str | None = None) -> Expr:
        """Growth per second."""
        return self._ranged("rate", window)

    def irate(self, window: str | None = None) -> Expr:
        """Growth per second between the last two samples of the window."""
        return self._ranged("irate", window)

    def increase(self, window: str | None = None) -> Expr:
        """Growth over the window."""
        return self._ranged("increase", window)

    def resets(self, window: str | None = None) -> Expr:
        """How often it started again from zero."""
        return self._ranged("resets", window)


class CounterSelector(Counted, Selector):
    """Some series of a counter, or of a part that counts."""

    __slots__ = ()


class Observed(Expr):
    """Observations in buckets."""

    __slots__ = ()

    def _series(self) -> tuple[Histogram, tuple[tuple[str, Matcher], ...], str]:
        raise NotImplementedError

    def _part(self, suffix: str, *more: tuple[str, Matcher]) -> CounterSelector:
        signal, matchers, shift = self._series()
        return CounterSelector(signal, (*matchers, *more), suffix, shift)

    def _classic(self, what: str) -> Histogram:
        signal, _, _ = self._series()
        if signal.native:
            hint = "use share_below(), quantile(), or raw() with histogram_count and histogram_sum"
            raise DeclarationError(f'"{signal.name}" is a native histogram: it has no {what}', hint=hint)
        return signal

    @property
    def observations(self) -> CounterSelector:
        """How many observations there were (`_count`)."""
        self._classic("observations")
        return self._part("_count")

    @property
    def total(self) -> CounterSelector:
        """The sum of all observations (`_sum`). Raises DeclarationError where clients expose none."""
        signal = self._classic("total")
        if not signal.has_sum:
            hint = "a quantile or a share of buckets tells more"
            raise DeclarationError(f'"{signal.name}" has no _sum: its first bound is negative', hint=hint)
        return self._part("_sum")

    def bucket(self, bound: float | Param[float]) -> CounterSelector:
        """The observations up to `bound`, matched in the form that finds every client's way of writing it.

        Raises DeclarationError when `bound` is not a declared bucket.
        """
        signal = self._classic("bucket")
        bound = _bound(bound, signal)
        if bound not in signal.buckets and bound != float("inf"):
            near = sorted(sorted(signal.buckets, key=lambda each: abs(each - bound))[:2])
            hint = "nearest declared bounds: " + ", ".join(number(each) for each in near)
            raise DeclarationError(f'"{signal.name}" has no bucket {number(bound)}', hint=hint)
        return self._part("_bucket", ("le", bucket_bound(bound)))

    def quantile(self, q: float | Param[float], by: By | None = None, *, without: By | None = None, window: str | None = None) -> Expr:
        """The estimated q-quantile (0..1) of the observations, one per combination of the labels `by`."""
        q = now(q)
        if not isinstance(q, (int, float)) or not 0 <= q <= 1:
            raise DeclarationError(f"quantile {q!r} is not between 0 and 1", hint="the 95th percentile is 0.95")
        signal, _, _ = self._series()
        rates = Ranged("rate", self._part("" if signal.native else "_bucket"), window)
        if without is not None:
            summed = Aggregate("sum", rates, None, names(without))
        else:
            kept = () if by is None else names(by)
            summed = Aggregate("sum", rates, kept or None) if signal.native else Aggregate("sum", rates, ("le", *kept))
        return Call("histogram_quantile", summed, (q,))

    def mean(self, by: By | None = None, *, window: str | None = None) -> Expr:
        """The mean observation: growth of the sum over growth of the count."""
        return self.total.rate(window).sum(by) / self.observations.rate(window).sum(by).guarded()

    def share_below(self, bound: float | Param[float], by: By | None = None, *, window: str | None = None) -> Expr:
        """The share of observations up to `bound` (0..1)."""
        signal, _, _ = self._series()
        if signal.native:
            return Call("histogram_fraction", Ranged("rate", self._part(""), window).sum(by), (float("-inf"), _bound(bound, signal)))
        return self.bucket(bound).rate(window).sum(by) / self.observations.rate(window).sum(by).guarded()

    def heatmap(self, by: By = (), *, window: str | None = None) -> Expr:
        """Observations per bucket over the window, for a heatmap or a distribution."""
        signal, _, _ = self._series()
        if signal.native:
            return Ranged("increase", self._part(""), window).sum(names(by) or None)
        return self._part("_bucket").increase(window).sum(("le", *names(by)))


class HistogramSelector(Observed, Selector):
    """Some series of a histogram."""

    __slots__ = ()

    def _series(self) -> tuple[Histogram, tuple[tuple[str, Matcher], ...], str]:
        from obskit.catalog.kinds import Histogram

        assert isinstance(self.signal, Histogram)
        return self.signal, self.matchers, self.shift


class Summed(Expr):
    """Observations that the client has summed up."""

    __slots__ = ()

    def _counting(self, suffix: str) -> CounterSelector:
        raise NotImplementedError

    @property
    def observations(self) -> CounterSelector:
        """How many observations there were (`_count`)."""
        return self._counting("_count")

    @property
    def total(self) -> CounterSelector:
        """The sum of all observations (`_sum`)."""
        return self._counting("_sum")

    def mean(self, by: By | None = None, *, window: str | None = None) -> Expr:
        """The mean observation: growth of the sum over growth of the count."""
        return self.total.rate(window).sum(by) / self.observations.rate(window).sum(by).guarded()


class SummarySelector(Summed, Selector):
    """Some series of a summary."""

    __slots__ = ()

    def _counting(self, suffix: str) -> CounterSelector:
        return CounterSelector(self.signal, self.matchers, suffix, self.shift)


def _bound(bound: float | Param[float], signal: Histogram) -> float:
    """A bound of a histogram. Raises DeclarationError on a parameter in another unit, and on what is no number."""
    if isinstance(bound, Param):
        in_unit_of(bound, signal.unit)
    given = now(bound)
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise DeclarationError(f'a bound of "{signal.name}" is a number, not {given!r}', hint="a declared bucket: share_below(2)")
    return given
