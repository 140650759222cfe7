"""A panel or an alert with a threshold on a TraceQL quantile.

Tempo estimates quantiles between powers of two (…, 1024, 2048, 4096 ms; 1.07, 2.15, 4.29 s): a true P95 of 2950 ms can read 3979, and
a line at 3000 is crossed when nothing crossed it. Count the spans over the limit, which is exact, or set the threshold at a power
of two.

Bad:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("P95", traceql("{ span.latency.ms != nil } | quantile_over_time(span.latency.ms, 0.95)"), thresholds=(2000, 3000)),
    ])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("P95", traceql("{ span.latency.ms != nil } | quantile_over_time(span.latency.ms, 0.95)"), thresholds=(2048, 4096)),
        timeseries("Slow", traceql("{ span.latency.ms > 3000 } | count_over_time()"), thresholds=(1,)),
        timeseries("Mean", traceql("{ span.latency.ms != nil } | avg_over_time(span.latency.ms)"), thresholds=(2000, 3000)),
    ])
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from obskit.analysis import Analysed, Traced
from obskit.finding import Severity
from obskit.lint.panels import defaults
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.tempo import SINGLE, is_shown
from obskit.model import Panel

LEVEL: Severity = "info"

_UNTOUCHED = [80]
"""The step that Grafana's editor puts into every panel."""


def check(analysed: Analysed) -> Iterator[Problem]:
    """Quantiles in panels whose thresholds are seen, and in alerts, that lie between two powers of two."""
    for one in analysed.traces:
        meaning = one.meaning
        if meaning is None or meaning.function != "quantile_over_time" or not is_shown(one):
            continue
        in_seconds = meaning.field is not None and meaning.field.type == "duration"
        steps = _seen(one.panel) if one.rule is None or one.rule.trace is None else [one.rule.trace.number]
        off = [step for step in steps if step > 0 and not _is_power(step * 1e9 if in_seconds else step)]
        if off:
            message = f"{one.who} has a threshold at {off[0]:g} on a quantile that is estimated between powers of two"
            yield told(one, message, _place(one), _hint(one, off[0], in_seconds))


def _seen(panel: Panel) -> list[float]:
    """The absolute thresholds that colour a panel or are drawn in it."""
    given = defaults(panel)
    thresholds, custom, color = given.get("thresholds"), given.get("custom"), given.get("color")
    if not isinstance(thresholds, dict) or thresholds.get("mode") == "percentage":
        return []
    by_color = not isinstance(color, dict) or color.get("mode") in (None, "thresholds")
    style: Any = custom.get("thresholdsStyle") if isinstance(custom, dict) else None
    drawn = isinstance(style, dict) and style.get("mode") not in (None, "off")
    if not (drawn or (by_color and panel.kind in SINGLE)):
        return []
    steps = thresholds.get("steps")
    values = [step.get("value") for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
    found = [value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)]
    return found if found != _UNTOUCHED else []


def _is_power(value: float) -> bool:
    return math.isclose(value, 2 ** round(math.log2(value)), rel_tol=0.002)


def _place(one: Traced) -> tuple[int, int] | None:
    start = one.text.find("quantile_over_time")
    return (start, start + len("quantile_over_time")) if start >= 0 else None


def _hint(one: Traced, step: float, in_seconds: bool) -> str:
    field = one.meaning.field if one.meaning is not None else None
    limit = f"{step:g}{'s' if in_seconds else ''}"
    return f"count what is over it, exactly: {{ … && {field} > {limit} }} | count_over_time()"
