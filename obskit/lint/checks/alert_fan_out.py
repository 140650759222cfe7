"""An alert can become more than a thousand alerts at once.

An alert is one for each combination of its labels' values. When something big breaks, all of them fire: nobody reads a thousand
messages, and Alertmanager has to hold them. Aggregate by what decides who has to act.

Bad:
    labels = (Label("endpoint", at_most=200), Label("customer", at_most=40))
    failures = Counter("shop_failures_total", help="Failed.", service=shop, labels=labels)
    failing = Alert(name="Failing", expr="rate(shop_failures_total[5m]) > 1")

Good:
    labels = (Label("endpoint", at_most=200), Label("customer", at_most=40))
    failures = Counter("shop_failures_total", help="Failed.", service=shop, labels=labels)
    failing = Alert(name="Failing", expr="sum by (job, endpoint) (rate(shop_failures_total[5m])) > 1")
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from obskit.analysis import Analysed, Asked
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "info"

MOST = 1000
"""Alerts that one rule may become."""


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts whose labels' declared bounds multiply beyond the limit."""
    for asked in analysed.alerts:
        factors = _factors(asked)
        count = prod(factors.values())
        if count > MOST:
            listed = " x ".join(f"{label} {bound}" for label, bound in factors.items())
            message = f"up to {count:,} alerts at once: ".replace(",", " ") + listed
            yield told(asked, message, None, "aggregate by what decides who has to act")


def _factors(asked: Asked) -> dict[str, int]:
    """The labels of the result with several values, and how many."""
    if asked.meaning is None:
        return {}
    labels = asked.meaning.value.labels
    bounds: dict[str, int] = {}
    for series in asked.meaning.series:
        for label in series.signal.labels if series.signal is not None else ():
            if label.bound:
                bounds[label.name] = min(bounds.get(label.name, label.bound), label.bound)
    found: dict[str, int] = {}
    for name, values in labels.names.items():
        count = len(values) if values else bounds.get(name, 1)
        if count > 1:
            found[name] = count
    return found
