"""A metric can have more series than a Prometheus should hold of one.

Each combination of label values is a series, for each target, for as long as the retention; a histogram has one for each bucket on
top. Counted are the declared values and bounds (`at_most`). Give up a label (a user's id belongs into traces or logs), lower its
bound if it is too generous, or take fewer buckets. Up to 10 000 series of one metric from one target are accepted.

Bad:
    labels = (Label("user_id", at_most=500), Label("project", at_most=40), Label("level", values=("good", "poor")))
    tasks = Counter("shop_tasks_total", help="Tasks.", service=shop, labels=labels)

Good:
    labels = (Label("project", at_most=40), Label("level", values=("good", "poor")))
    tasks = Counter("shop_tasks_total", help="Tasks.", service=shop, labels=labels)
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from pathlib import PurePath
from typing import TYPE_CHECKING

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem

if TYPE_CHECKING:
    from obskit.catalog import Label, Signal

LEVEL: Severity = "warning"

BUDGET = 10_000
"""Series of one metric from one target."""


def check(analysed: Analysed) -> Iterator[Problem]:
    """Signals of this project whose bounds multiply beyond the budget."""
    for signal in analysed.project.signals:
        if signal.origin is None or PurePath(signal.origin.path).is_absolute():
            continue
        series, factors, parts = counted(signal)
        if series > BUDGET:
            listed = [f"{name} {count}" for name, count in factors] + ([f"{parts} series each"] if parts > 1 else [])
            message = f'metric "{signal.name}" can have {series:,} series a target: '.replace(",", " ") + " x ".join(listed)
            widest = max(factors, key=lambda factor: factor[1], default=("", 0))[0]
            hint = f'up to {BUDGET:,} are accepted: drop "{widest}" or lower its bound'.replace(",", " ")
            yield Problem(message, signal.origin, hint, waive=signal.waive)


def is_large(signal: Signal) -> bool:
    """Whether its bounds multiply beyond the budget."""
    return counted(signal)[0] > BUDGET


def counted(signal: Signal) -> tuple[int, list[tuple[str, int]], int]:
    """How many series of it one target can have: the values of each label, times the series of a combination of them."""
    factors = [(label.name, _bound(label)) for label in signal.labels]
    parts = _parts(signal)
    return prod(count for _, count in factors) * parts, factors, parts


def _bound(label: Label) -> int:
    """How many values it is declared to have; a pattern alone tells of no more than those it starts with."""
    return label.bound or max(len(label.zero), 1)


def _parts(signal: Signal) -> int:
    """How many series a combination of labels has: buckets with +Inf, sum and count."""
    buckets = len(getattr(signal, "buckets", ()))
    return buckets + 1 + len([name for name in signal.series_names if not name.endswith("_bucket")]) if buckets else 1
