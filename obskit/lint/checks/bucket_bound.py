"""A bucket is asked for that the histogram does not have.

The matcher `le="0.3"` finds nothing when no bucket ends at 0.3: a share of fast requests is empty, and an objective built on
it never alerts. Only declared bounds can be asked for; thresholds that matter deserve a bound of their own.

Bad:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 0.5, 2.5))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Fast", 'sum(rate(shop_latency_seconds_bucket{le="0.3"}[$__rate_interval]))'),
    ])

Bad:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 0.5, 2.5))
    slow = Alert(name="ShopSlow", expr='sum(rate(shop_latency_seconds_bucket{le=~"0.5|2"}[5m])) < 5')

Good:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 0.5, 2, 2.5))
    board = dashboard("Shop", uid="shop", variables=[custom_variable("le", ["0.1", "0.5"])], panels=[
        timeseries("Fast", 'sum(rate(shop_latency_seconds_bucket{le="0.5"}[$__rate_interval]))'),
        timeseries("Whole", 'sum(rate(shop_latency_seconds_bucket{le=~"2([.]0)?"}[$__rate_interval]))'),
        timeseries("Some", 'sum by (le) (rate(shop_latency_seconds_bucket{le=~"0[.].*"}[$__rate_interval]))'),
        timeseries("Chosen", 'sum(rate(shop_latency_seconds_bucket{le="$le"}[$__rate_interval]))'),
        timeseries("All", 'sum(rate(shop_latency_seconds_bucket{le="+Inf"}[$__rate_interval]))'),
        heatmap("Finite", 'sum by (le) (increase(shop_latency_seconds_bucket{le!="+Inf"}[$__rate_interval]))'),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.bounds import INFINITE, alternatives, condition, finds, nearest, spellings, worth
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.semantics import Read

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Matchers on `le` that no declared bucket fits."""
    for asked in analysed.queries:
        for read in asked.meaning.reads if asked.meaning is not None else ():
            if read.series is not None and read.series.is_bucket and read.series.buckets:
                for text in _missing(read):
                    message = f'"{_name(read)}" has no bucket that ends at "{text}"'
                    yield told(asked, message, asked.label_span(read, "le"), _hint(text, read.series.buckets))


def _name(read: Read) -> str:
    signal = read.series.signal if read.series is not None else None
    return signal.name if signal is not None else read.name


def _missing(read: Read) -> Iterator[str]:
    """The values asked for that no bucket has; a regex as a whole when its parts cannot be told."""
    assert read.series is not None
    bounds = (*read.series.buckets, INFINITE)
    for matcher in read.selector.matchers:
        if matcher.label == "le" and matcher.value is not None and matcher.op in ("=", "=~"):
            yield from (text for text in alternatives(matcher) if not _is_there(matcher.op, text, bounds))


def _is_there(op: str, text: str, bounds: tuple[float, ...]) -> bool:
    """Whether the value or regex finds a bound, or may find one."""
    value = worth(text)
    if value is not None and value in bounds and text in spellings(value):
        return True
    return any(finds(op, text, spelling) is not False for bound in bounds for spelling in spellings(bound)) if op == "=~" else False


def _hint(text: str, bounds: tuple[float, ...]) -> str:
    value = worth(text)
    if value is None or value != value:
        return "its bounds: " + ", ".join(f"{bound:g}" for bound in bounds)
    if value in (*bounds, INFINITE):
        return f"it is spelled otherwise: {condition(value)}"
    return f"the nearest is {condition(nearest(value, bounds))}; or declare {value:g} among its buckets"
