"""A rule whose expression can never work.

A range (`up[5m]`) or a string has no samples to alert on or to record; Prometheus loads such a rule and reports an error at
each evaluation. Grafana's variables (`$job`, `$__rate_interval`) mean nothing to Prometheus.

Bad:
    down = Alert(name="ShopDown", expr="up[5m]")

Bad:
    busy = Record(name="job:requests:rate", expr="sum by (job) (rate(up[$__rate_interval]))")

Good:
    down = Alert(name="ShopDown", expr="max_over_time(up[5m]) == 0")
    host = Record(name="host:up:max", expr='max by (host) (label_replace(up, "host", "$name", "instance", "(?P<name>.*):.*"))')
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.promql import VariableUse

LEVEL: Severity = "error"

_KINDS = {"matrix": "a range of samples", "string": "a string"}


def check(analysed: Analysed) -> Iterator[Problem]:
    """Rules of the wrong kind, or with variables."""
    for asked in analysed.queries:
        if not asked.in_rule:
            continue
        kind = _KINDS.get(str(asked.parsed.kind))
        if kind:
            hint = "put it into a function: max_over_time(…), rate(…)" if asked.parsed.kind == "matrix" else "write an expression"
            yield Problem(f"the expression of a rule is {kind}", asked.origin, hint, asked.text, waive=asked.waive)
        use = next((use for use in asked.parsed.variables if _means_a_variable(asked, use)), None)
        if use is not None:
            hint = 'write the value: a window such as "5m", a matcher such as job="shop"'
            message = f'a rule uses the Grafana variable "{use.name}"'
            yield Problem(message, asked.origin, hint, asked.text, use.span, asked.waive)


def _means_a_variable(asked: Asked, use: VariableUse) -> bool:
    """Whether this is no group of a regex in an argument of a function, as in `label_replace`."""
    if use.slot != "string":
        return True
    start, end = use.span
    spans = [matcher.span for selector in asked.parsed.selectors for matcher in selector.matchers]
    return any(span is not None and span[0] <= start and end <= span[1] for span in spans)
