"""A panel's title promises a quantile, an average or a maximum that no query computes.

"P95 latency" over a plain search or an average misleads whoever reads it. Told where the words of the queries speak of nothing
the like; panels that take recorded, computed or foreign series, transform them, or calculate in Grafana are left alone.

Bad:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("P95 latency", traceql("{ span.latency.ms != nil } | avg_over_time(span.latency.ms)"), unit="ms"),
    ])

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Maximum requests", "sum(rate(shop_requests_total[$__rate_interval]))")])

Good:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("P95 latency", traceql("{ span.latency.ms != nil } | quantile_over_time(span.latency.ms, 0.95)"), unit="ms"),
        stat("Average load", "sum(rate(shop_requests_total[$__range]))"),
        timeseries("Maximum", "max(rate(shop_requests_total[$__rate_interval]))"),
    ])
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from obskit.analysis import Analysed, Asked, Traced
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.promises import computes, promise
from obskit.model import Panel

LEVEL: Severity = "info"

_KINDS = frozenset(("timeseries", "stat", "gauge", "bargauge", "barchart"))
_EXACT = frozenset(("counter", "histogram"))


def check(analysed: Analysed) -> Iterator[Problem]:
    """Titles with such a word, when every query of the panel is understood down to declared counters and histograms, or to spans."""
    panels: dict[int, tuple[Panel, str, list[Asked | Traced]]] = {}
    promises: dict[int, str] = {}
    every: list[Asked | Traced] = [*analysed.queries, *analysed.traces]
    for one in every:
        panel = one.panel
        if panel is None or panel.kind not in _KINDS or not panel.title:
            continue
        promised = promises.get(id(panel))
        if promised is None:
            promised = promises[id(panel)] = promise(panel.title)
        if promised:
            panels.setdefault(id(panel), (panel, promised, []))[2].append(one)
    for panel, promised, asked in panels.values():
        shown = [query for query in panel.queries if query.text]
        if panel.json.get("transformations") or len(shown) != len(panel.queries) or len(asked) != len(shown):
            continue
        if all(_is_plain(one) for one in asked) and not any(computes(promised, one.text, panel) for one in asked):
            first = asked[0]
            message = f'{panel.name} promises {promised}, and no query computes it'
            yield Problem(message, first.origin, "compute it, or change the title", first.text, None, first.waive)


def _is_plain(one: Asked | Traced) -> bool:
    """Whether all that is known of a value is in the query: nothing it reads was computed before."""
    if isinstance(one, Traced):
        return one.parsed.tree is not None and not re.search(r"\$(?!__)|\[\[", one.text)
    if one.meaning is None or not one.meaning.reads:
        return False
    if any(not use.name.startswith("__") and use.slot != "string" for use in one.parsed.variables):
        return False
    return all(read.series is not None and read.series.signal is not None and read.series.type in _EXACT for read in one.meaning.reads)
