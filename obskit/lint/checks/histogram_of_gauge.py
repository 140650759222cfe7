"""A histogram panel of a gauge: it counts how often a value was scraped, not how often it occurred.

A score that is set once an hour and scraped every 15 seconds weighs 240 times. That is right for "how long was it at which
value", and wrong for "how many were there of each": for that, observe into a histogram and draw its buckets. One moment of
many series is a distribution of its own and fine.

Bad:
    score = Gauge("shop_score_ratio", help="Score of the last review.", service=shop, unit=units.RATIO)
    board = dashboard("Shop", uid="shop", panels=[histogram("Scores", "shop_score_ratio")])

Good:
    score = Histogram("shop_score_ratio", help="Scores.", service=shop, unit=units.RATIO, buckets=(0.5, 0.7, 0.9, 1))
    queue = Gauge("shop_queue_length", help="Waiting.", service=shop, labels=(Label("queue", at_most=50),))
    board = dashboard("Shop", uid="shop", panels=[
        bar_gauge("Scores", "sum by (le) (increase(shop_score_ratio_bucket[$__range]))", unit="short"),
        histogram("Queues now", query("shop_queue_length", instant=True)),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "info"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Histogram panels of gauges that are asked over a range."""
    for asked in analysed.queries:
        if asked.panel is None or asked.query is None or asked.meaning is None or asked.panel.kind != "histogram":
            continue
        if asked.meaning.value.type == "gauge" and not asked.query.json.get("instant"):
            message = f"{asked.panel.name} counts how often each value was scraped, not how often it occurred"
            yield told(asked, message, None, "observe into a histogram and draw its buckets; or ask one moment, of many series")
