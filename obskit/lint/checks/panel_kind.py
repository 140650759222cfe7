"""A panel whose kind cannot show what its query yields.

A heatmap is drawn from a histogram's buckets (`le`) or a native histogram; of a gauge or a rate it makes one meaningless row.
Only a heatmap that computes its buckets itself takes other series.

Bad:
    score = Gauge("shop_score_ratio", help="Score.", service=shop, unit=units.RATIO)
    board = dashboard("Shop", uid="shop", panels=[heatmap("Scores", "shop_score_ratio", unit="percentunit")])

Bad:
    latency = Histogram("shop_latency_seconds", help="Latency.", service=shop, unit=units.SECONDS, buckets=(1, 2))
    board = dashboard("Shop", uid="shop", panels=[heatmap("Latency", "sum(rate(shop_latency_seconds_bucket[$__rate_interval]))", unit="s")])

Good:
    score = Gauge("shop_score_ratio", help="Score.", service=shop, unit=units.RATIO)
    latency = Histogram("shop_latency_seconds", help="Latency.", service=shop, unit=units.SECONDS, buckets=(1, 2))
    board = dashboard("Shop", uid="shop", panels=[
        heatmap("Latency", "sum by (le) (rate(shop_latency_seconds_bucket[$__rate_interval]))"),
        heatmap("Scores", "shop_score_ratio", unit="percentunit", extra={"options": {"calculate": True}}),
    ])

Settings:
    [tool.obskit.lint]
    unknown = "off"

Good:
    board = dashboard("Shop", uid="shop", panels=[heatmap("Native, maybe", "sum(rate(shop_pause_seconds[$__rate_interval]))")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.native import may_be_native
from obskit.lint.problem import Problem
from obskit.lint.recorded import Recorded

LEVEL: Severity = "error"

_NAMES = {"increase": "an increase", "counter": "a running total", "info": "an info metric"}


def check(analysed: Analysed) -> Iterator[Problem]:
    """Heatmaps of what certainly has no buckets."""
    recorded = Recorded(analysed)
    for asked in analysed.queries:
        if asked.panel is None or asked.meaning is None or asked.panel.kind != "heatmap":
            continue
        options = asked.panel.json.get("options")
        value = asked.meaning.value
        if (isinstance(options, dict) and options.get("calculate")) or value.type in ("", "histogram") or not value.labels.lacks("le"):
            continue
        if value.type in ("rate", "increase") and may_be_native(asked.meaning.root, recorded):
            continue
        what = _NAMES.get(value.type, f"a {value.type}")
        hint = "sum by (le) over the buckets of a histogram, or another kind of panel"
        yield Problem(f"{asked.panel.name} is a heatmap of {what} without buckets", asked.origin, hint, asked.text, None, asked.waive)
