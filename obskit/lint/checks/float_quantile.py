"""A TraceQL quantile or histogram of an attribute that is no whole number.

Tempo sorts ints and durations into buckets and drops everything else: of a float there is no series at all, answered with
success. Record the attribute as an int (milliseconds, cents), or take the quantile of the span's duration.

Bad:
    cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Cost", traceql("{ span.cost.usd != nil } | quantile_over_time(span.cost.usd, 0.95)")),
    ])

Good:
    latency = SpanAttribute("latency.ms", help="Latency.", service=shop, type="int", unit=units.MILLISECONDS)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Latency", traceql("{ span.latency.ms != nil } | quantile_over_time(span.latency.ms, 0.95)")),
        timeseries("Duration", traceql("{ } | quantile_over_time(span:duration, 0.95)")),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.spans import attributes, measured
from obskit.lint.telling import told

LEVEL: Severity = "error"

_BUCKETS = ("quantile_over_time", "histogram_over_time")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Quantiles and histograms of declared floats; texts are told by `number-field`."""
    for one in analysed.traces if analysed.attributes else ():
        if one.parsed.tree is None or not any(function in one.text for function in _BUCKETS):
            continue
        for query in measured(one.parsed.tree):
            stage = query.stage
            found = attributes(analysed, one, stage.field) if stage.field is not None and stage.function in _BUCKETS else ()
            if found and all(attribute.type == "float" for attribute in found):
                assert stage.field is not None
                message = f'{stage.function} of "{found[0].name}" is empty: Tempo drops floats'
                yield told(one, message, stage.field.span, "record it as an int, or write span:duration for a latency")
