"""A rate over a fixed window in a chart whose step changes with its time range.

Over a day, a chart of 1000 points has a step of 90 s: `rate(x[1m])` then leaves out a third of the samples, and spikes between
two points are never seen; zoomed in, a wide window smooths what one wants to see. `$__rate_interval` grows and shrinks with
the step and never falls below four scrape intervals. A window of an hour or more is taken as meant. Of a board with many such
charts people are shown the first, and how many there are.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("CPU", "rate(process_cpu_seconds_total[5m])")])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("CPU", "rate(process_cpu_seconds_total[$__rate_interval])"),
        timeseries("Of a day", "increase(process_cpu_seconds_total[1d])"),
        timeseries("Of an hour", "rate(process_cpu_seconds_total[1h])"),
        timeseries("Fixed step", "rate(process_cpu_seconds_total[5m])", interval="1m"),
        timeseries("Peak", "max_over_time(rate(process_cpu_seconds_total[5m])[1h:])"),
        stat("CPU", "rate(process_cpu_seconds_total[5m])"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from obskit.analysis import Analysed, Asked
from obskit.duration import Duration
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.semantics import Call, Read, walk
from obskit.waiver import Waive

LEVEL: Severity = "info"

_CHARTS = frozenset(("timeseries", "graph"))
_LONG = 3_600_000


def check(analysed: Analysed) -> Iterator[Problem]:
    """`rate` and `irate` with a written window of less than an hour, in charts without a minimum step."""
    seen: set[tuple[str, str, tuple[Waive, ...]]] = set()
    for asked, call in analysed.calls("rate", "irate"):
        of = call.parts[0]
        if not isinstance(of, Read) or of.window is None or of.window.variable or of.window.milliseconds >= _LONG:
            continue
        if asked.panel is None or not _is_chart(asked) or _in_subquery(asked, call):
            continue
        chart = asked.owner, asked.panel.name, asked.waive
        if chart not in seen:
            seen.add(chart)
            message = f"{call.function}() over {Duration(of.window.milliseconds)}, whatever the step of the chart"
            problem = told(asked, message, asked.carets.window(of), "write [$__rate_interval]")
            yield replace(problem, together=(asked.owner, "as in {} more of this dashboard"))


def _is_chart(asked: Asked) -> bool:
    panel, query = asked.panel, asked.query
    if panel is None or query is None or panel.kind not in _CHARTS or query.json.get("instant"):
        return False
    return not (panel.json.get("interval") or query.json.get("interval"))


def _in_subquery(asked: Asked, call: Call) -> bool:
    assert asked.meaning is not None
    return any(call in walk(node) for node in asked.meaning.subqueries)
