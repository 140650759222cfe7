"""One quantile for every single series of a histogram.

Without an aggregation, `histogram_quantile` answers for each combination of labels by itself: a panel is full of lines whose
legend does not tell them apart, and an alert fires for an endpoint that was called twice. Add up the buckets first, by `le`
and the labels that matter. A table of all combinations, a maximum over them, or a legend that names every label is taken as
meant.

Bad:
    endpoint, method = Label("endpoint", at_most=50), Label("method", values=("GET", "POST"))
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS,
        labels=(endpoint, method), buckets=(0.1, 1))
    slow = Alert(name="ShopSlow", expr="histogram_quantile(0.95, rate(shop_latency_seconds_bucket[5m])) > 0.1")

Good:
    endpoint, method = Label("endpoint", at_most=50), Label("method", values=("GET", "POST"))
    latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS,
        labels=(endpoint, method), buckets=(0.1, 1))
    pause = Histogram("shop_pause_seconds", help="Pauses.", service=shop, unit=units.SECONDS, buckets=(0.1, 1))
    slow = Alert(name="ShopSlow", expr="histogram_quantile(0.95, sum by (job, le) (rate(shop_latency_seconds_bucket[5m]))) > 0.1")
    worst = Alert(name="ShopSlowest", expr="max(histogram_quantile(0.95, rate(shop_latency_seconds_bucket[5m]))) > 0.1")
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Pauses", "histogram_quantile(0.95, rate(shop_pause_seconds_bucket[$__rate_interval]))"),
        table("P95", "histogram_quantile(0.95, rate(shop_latency_seconds_bucket[$__range]))"),
        timeseries("P95", query("histogram_quantile(0.95, rate(shop_latency_seconds_bucket[$__rate_interval]))",
                                legend="{{method}} {{endpoint}}")),
    ])
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.semantics import Aggregate, Call, Node, walk

LEVEL: Severity = "warning"

_ROWS = frozenset(("table", "table-old", "state-timeline", "status-history"))


def check(analysed: Analysed) -> Iterator[Problem]:
    """Quantiles in panels and alerts whose histogram keeps labels of its own, none of them aggregated."""
    for asked, call in analysed.calls("histogram_quantile"):
        if not (asked.in_alert or asked.is_shown):
            continue
        left = _left(call.parts[-1])
        if left and not _is_meant(asked, call, left):
            named = ", ".join(f'"{label}"' for label in left)
            native = call.parts[-1].value.type == "histogram"
            kept = "job" if asked.in_alert else ""
            by = f" by ({kept})" if kept else ""
            le = " by (" + ", ".join(filter(None, (kept, "le"))) + ")"
            hint = f"add up the histograms first: sum{by} (rate(…))" if native else f"add up the buckets first: sum{le} (rate(…))"
            yield told(asked, f"this is one quantile for each combination of {named}", asked.span(call), hint)


def _left(of: Node) -> tuple[str, ...]:
    """The histogram's own labels that still tell series apart, when nothing is aggregated."""
    source = of.value.source
    if source is None or source.signal is None or not (source.is_bucket or of.value.type == "histogram") or source.rule is not None:
        return ()
    if any(isinstance(node, Aggregate) for node in walk(of)):
        return ()
    values = {label: of.value.labels.names.get(label, frozenset()) for label in source.signal.label_names}
    return tuple(label for label, known in values.items() if known is None or len(known) > 1)


def _is_meant(asked: Asked, call: Call, left: tuple[str, ...]) -> bool:
    """Whether each is shown as a row, told apart by the legend, or aggregated afterwards."""
    assert asked.meaning is not None
    if asked.panel is not None and asked.panel.kind in _ROWS:
        return True
    legend = asked.query.json.get("legendFormat") if asked.query is not None else None
    if isinstance(legend, str) and all(re.search(r"\{\{\s*" + re.escape(label) + r"\s*\}\}", legend) for label in left):
        return True
    return any(call in walk(node.operand) for node in asked.meaning.aggregates)
