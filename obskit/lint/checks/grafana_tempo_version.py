"""A query of Tempo that the Grafana in use cannot ask.

`tool.obskit.targets.grafana` says which version shows the boards. Before 11.6 every metrics query is asked over a range, whatever
`metricsQueryType` says; before 12.0 `sum_over_time` is taken for a search, and the panel shows traces.

Settings:
    [tool.obskit.targets]
    grafana = "11.5"

Bad:
    board = dashboard("Shop", uid="shop", panels=[stat("Requests", traceql("{ } | count_over_time()", instant=True))])

Bad:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Cost", traceql("{ span.cost != nil } | sum_over_time(span.cost)")),
    ])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Requests", traceql("{ } | count_over_time()")),
        stat("All of them", traceql("{ } | count_over_time()"), calc="sum"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Traced
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.tempo import older

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Instant queries, sums, steps and exemplars that came after the target version."""
    target = analysed.project.settings.targets.grafana
    if not older(target, "12.0"):
        return
    for one in analysed.traces:
        for feature, since, hint in _needs(one) if one.is_metrics else ():
            if older(target, since):
                message = f"{feature} needs Grafana {since}, and the target is {target}"
                yield told(one, message, None, f"{hint}, or change grafana in [tool.obskit.targets]")


def _needs(one: Traced) -> Iterator[tuple[str, str, str]]:
    if "sum_over_time" in one.text:
        yield "sum_over_time", "12.0", "count or average"
    if one.is_instant and one.rule is None:  # of alerts trace-alert tells
        yield "an instant query of Tempo", "11.6", 'ask a range, and let the panel add it up: calc="sum"'
    if one.query.json.get("exemplars") is not None:
        yield "exemplars of a Tempo query", "11.5", "leave them out"
    if one.query.json.get("step"):
        yield "the step of a Tempo query", "11.2", "leave it out"
