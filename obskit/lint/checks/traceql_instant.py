"""A TraceQL query that asks for values over time where one value is shown, or the other way round.

Over a range every point counts or sums one step of the chart, a minute of six hours perhaps: a stat that shows the last of them
shows no total. Asked as an instant query it is one value for the whole range; where Grafana is older than 11.6, let the panel add
the points up. In a chart over time an instant query is one dot.

Bad:
    board = dashboard("Shop", uid="shop", panels=[stat("Requests", traceql("{ } | count_over_time()"))])

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", traceql("{ } | rate()", instant=True))])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        stat("Requests", traceql("{ } | count_over_time()", instant=True)),
        stat("Added up", traceql("{ } | count_over_time()"), calc="sum"),
        stat("Rate now", traceql("{ } | rate()")),
        timeseries("Requests over time", traceql("{ } | count_over_time()")),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Traced
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.tempo import SINGLE, is_shown, older, reduces

LEVEL: Severity = "warning"

_OVER_TIME = frozenset(("timeseries", "heatmap", "state-timeline", "status-history"))
_TOTALS = frozenset(("count_over_time", "sum_over_time"))
_ONE_POINT = frozenset(("last", "lastNotNull", "first", "firstNotNull"))


def check(analysed: Analysed) -> Iterator[Problem]:
    """Instant queries in charts over time, and totals of one step in panels of one value."""
    grafana = analysed.project.settings.targets.grafana
    for one in analysed.traces:
        if not one.is_metrics or not is_shown(one) or one.panel.json.get("transformations"):
            continue
        if one.is_instant:
            if one.panel.kind in _OVER_TIME:
                yield told(one, f"{one.panel.name} shows values over time, and asks for one value", None, "instant=False")
        elif _shows_a_step(one):
            function = one.meaning.function if one.meaning is not None else ""
            message = f"{one.panel.name} shows {function} of the last step, not of its time range"
            yield told(one, message, _place(one, function), 'calc="sum"' if older(grafana, "11.6") else "instant=True")


def _shows_a_step(one: Traced) -> bool:
    if one.panel.kind not in SINGLE or one.meaning is None or one.meaning.function not in _TOTALS or _is_calculated(one):
        return False
    calcs = reduces(one.panel)
    return calcs is not None and bool(calcs) and set(calcs) <= _ONE_POINT


def _is_calculated(one: Traced) -> bool:
    """Whether the metrics are part of arithmetic: a ratio of two steps is a value of its own."""
    return one.text.count("_over_time") > 1


def _place(one: Traced, function: str) -> tuple[int, int] | None:
    start = one.text.find(function)
    return (start, start + len(function)) if function and start >= 0 else None
