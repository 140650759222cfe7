"""A number that its function cannot use.

A quantile lies between 0 and 1: 95 instead of 0.95 gives +Inf, a negative one -Inf. `topk(0, …)` yields nothing, and so does
`clamp` when its minimum is above its maximum. Prometheus answers all of them, some with a note that nobody reads.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("P95", "quantile_over_time(95, scrape_duration_seconds[1h])")])

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Slowest", "topk(0, scrape_duration_seconds)")])

Good:
    board = dashboard("Shop", uid="shop", variables=[custom_variable("q", ["0.5", "0.95"]), custom_variable("n", ["5", "10"])], panels=[
        timeseries("P95", "quantile_over_time(0.95, scrape_duration_seconds[1h])"),
        timeseries("Greatest", "quantile(1, scrape_duration_seconds)"),
        timeseries("Chosen", "quantile_over_time($q, scrape_duration_seconds[1h])"),
        timeseries("Slowest", "topk($n, clamp(scrape_duration_seconds, 0, 10))"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.semantics import Aggregate, Call, Node, Number

LEVEL: Severity = "error"

_PICKS = frozenset(("topk", "bottomk", "limitk"))


def check(analysed: Analysed) -> Iterator[Problem]:
    """Quantiles beyond 0 and 1, counts below 1, and minima above maxima."""
    for asked, node in analysed.aggregates:
        if len(node.parts) == 2 and (wrong := _of_aggregate(node)):
            yield told(asked, wrong[0], asked.span(node.parts[0]), wrong[1])
    for asked, call in analysed.calls("histogram_quantile", "quantile_over_time", "histogram_quantiles"):
        for part in call.parts[2:] if call.function == "histogram_quantiles" else call.parts[:1]:
            if wrong := _of_quantile(call.function, part):
                yield told(asked, wrong[0], asked.span(part), wrong[1])
    for asked, call in analysed.calls("clamp"):
        if wrong := _of_clamp(call):
            yield told(asked, wrong[0], asked.span(call), wrong[1])


def _literal(node: Node) -> float | None:
    return node.number if isinstance(node, Number) and not node.variable else None


def _of_aggregate(node: Aggregate) -> tuple[str, str] | None:
    given = _literal(node.parts[0])
    if given is None:
        return None
    if node.operation == "quantile":
        return _of_quantile("quantile", node.parts[0])
    if node.operation in _PICKS and given < 1:
        return f"{node.operation}({given:g}, …) yields nothing", "how many series to keep: 1 or more"
    if node.operation == "limit_ratio" and not -1 <= given <= 1:
        return f"limit_ratio({given:g}, …) is no share", "a share from -1 to 1"
    return None


def _of_quantile(function: str, node: Node) -> tuple[str, str] | None:
    given = _literal(node)
    if given is None or 0 <= given <= 1:
        return None
    hint = f"write {given / 100:g}" if 1 < given <= 100 else "a quantile lies between 0 and 1"
    return f"{function}() asks for the quantile {given:g}, which is {'+Inf' if given > 1 else '-Inf' if given < 0 else 'no number'}", hint


def _of_clamp(call: Call) -> tuple[str, str] | None:
    low, high = _literal(call.parts[1]), _literal(call.parts[2])
    if low is None or high is None or low <= high:
        return None
    return f"clamp() has a minimum of {low:g} above its maximum of {high:g} and yields nothing", "the smaller number first"
