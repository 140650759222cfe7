"""A bucket is asked for in a spelling that may not be stored.

Some clients write the bound 2 as `le="2"`, others as `le="2.0"`, and a million as `1e+06`; Prometheus 3 stores `2.0` and
`1e+06` whatever they write. The matcher that is wrong finds nothing and says nothing. Match both spellings of a whole number,
as `bucket()` and `share_below()` do; for Prometheus 3 the one with `.0` alone is right too.

Bad:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.5, 1, 2))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Fast", 'sum(rate(shop_latency_seconds_bucket{le="2"}[$__rate_interval]))'),
    ])

Bad:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.5, 1, 2))
    slow = Alert(name="ShopSlow", expr='sum(rate(shop_latency_seconds_bucket{le=~"0.5|1"}[5m])) < 5')

Good:
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.5, 1, 2))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Fast", 'sum(rate(shop_latency_seconds_bucket{le=~"2([.]0)?"}[$__rate_interval]))'),
        timeseries("Faster", 'sum(rate(shop_latency_seconds_bucket{le="0.5"}[$__rate_interval]))'),
        timeseries("Normal", 'sum(rate(shop_latency_seconds_bucket{le="2.0"}[$__rate_interval]))'),
        timeseries("Typed", latency.bucket(2).rate().sum()),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.catalog.matcher import shortest
from obskit.finding import Severity
from obskit.lint.bounds import condition, finds, spellings, stored, worth
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.promql import Matcher, Requirement

LEVEL: Severity = "warning"

_NORMAL = Requirement(feature="bounds stored as 2.0", since="3.0")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Matchers on `le` that find one spelling of a bound and not the one that is stored, or that other clients write."""
    normal = _NORMAL.met_by(analysed.project.settings.targets.prometheus)
    for asked in analysed.queries:
        for read in asked.meaning.reads if asked.meaning is not None else ():
            if read.series is not None and read.series.is_bucket and read.series.buckets:
                for matcher in read.selector.matchers:
                    half = _half(matcher, read.series.buckets, normal)
                    if half is not None:
                        bound, found, lost = half
                        by = "what Prometheus 3 stores" if lost == stored(bound) else "what most clients write"
                        message = f'le finds "{found}" and not "{lost}", {by}'
                        yield told(asked, message, asked.label_span(read, "le"), f"write {condition(bound)}")


def _half(matcher: Matcher, buckets: tuple[float, ...], normal: bool) -> tuple[float, str, str] | None:
    """The first bound of which a matcher finds a spelling and not one that it must find: bound, found, not found.

    It must find what is stored; unless that is `normal` also what most clients write.
    """
    if matcher.label != "le" or matcher.value is None or matcher.op not in ("=", "=~"):
        return None
    value = worth(matcher.value) if matcher.op == "=" else None
    for bound in buckets if matcher.op == "=~" else (value,) if value in buckets and value is not None else ():
        verdicts = {spelling: finds(matcher.op, matcher.value, spelling) for spelling in spellings(bound)}
        found = next((spelling for spelling, verdict in verdicts.items() if verdict), None)
        needed = (stored(bound),) if normal else (stored(bound), shortest(bound))
        lost = next((spelling for spelling in needed if verdicts[spelling] is False), None)
        if found is not None and lost is not None:
            return bound, found, lost
    return None
