"""A rate over `$__interval`, which can be shorter than two scrapes.

`$__interval` is the step of the chart. Zoomed in, it is as short as one scrape interval, the window holds a single sample, and
the panel says "No data". `$__rate_interval` is never shorter than four scrapes. A minimum step (`interval=`) that is long
enough makes `$__interval` safe, as for bars of an hour.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("CPU", "rate(process_cpu_seconds_total[$__interval])")])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("CPU", "rate(process_cpu_seconds_total[$__rate_interval])"),
        timeseries("Bars", "increase(process_cpu_seconds_total[$__interval])", interval="1h"),
        timeseries("Peak", "max_over_time(process_resident_memory_bytes[$__interval])"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.windows import GROWTH
from obskit.promql import Span
from obskit.semantics import Call, Read

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Functions that need two samples, over `$__interval`, in panels without a minimum step."""
    for asked, call in analysed.calls(*GROWTH):
        if "__interval" in asked.text and not _has_step(asked):
            span = _window(asked, call)
            if span is not None:
                message = f"{call.function}() over $__interval is empty when that is shorter than two scrapes"
                yield told(asked, message, span, "write [$__rate_interval]")


def _has_step(asked: Asked) -> bool:
    step = asked.query is not None and asked.query.json.get("interval")
    return bool(step or (asked.panel is not None and asked.panel.json.get("interval")))


def _window(asked: Asked, call: Call) -> Span | None:
    """Where the window stands, when it is that variable alone."""
    of = call.parts[0]
    if not isinstance(of, Read) or of.window is None or not of.window.variable:
        return None
    span = asked.carets.window(of)
    inside = span is not None and any(
        use.name == "__interval" and span[0] <= use.span[0] and use.span[1] <= span[1] for use in asked.parsed.variables
    )
    return span if inside else None
