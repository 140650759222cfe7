"""The data of a rule: what it asks, reduced to one value a series, and the condition.

Form: `data` of Grafana's rules; expressions are those of its package `expr`, which decides what they mean.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from obskit.model import Json
from obskit.render.alerting._sources import PROMETHEUS, TEMPO
from obskit.render.alerting._split import Condition
from obskit.settings import Targets

EVALUATORS = {">": "gt", "<": "lt", ">=": "gte", "<=": "lte", "==": "eq", "!=": "ne"}
OLD = frozenset((">", "<"))
"""Those that every Grafana has; the others came with 11.6."""
_EXPRESSION = {"type": "__expr__", "uid": "__expr__"}
_ALL = {"intervalMs": 1000, "maxDataPoints": 43200}


class Data(NamedTuple):
    """The queries and expressions of a rule, and the name of the one that is the condition."""

    data: list[Json]
    condition: str


def compares(operator: str, targets: Targets) -> bool:
    """Whether a threshold, or a calculation that means the same, can compare so: `!=` holds for "no number", which none of old does."""
    return operator != "!=" or targets.has_grafana("11.6")


def of_promql(condition: Condition, query: str, source: str, looks: tuple[int, int], targets: Targets) -> Data:
    """The data of an alert on metrics; `looks` is from when to when it asks, in seconds ago."""
    return _conditioned([promql(query, source, looks), reduced()], condition.operator, condition.number, targets)


def of_traceql(query: str, operator: str, number: float, source: str, looks: tuple[int, int], targets: Targets) -> Data:
    """The data of an alert on spans: one value over the whole of the range, where the last step alone would be a part."""
    model = {
        "refId": "A",
        "datasource": {"type": TEMPO, "uid": source},
        "queryType": "traceql",
        "query": query,
        "filters": [],
        "metricsQueryType": "instant",
        "tableType": "traces",
    }
    asked = {"refId": "A", "queryType": "traceql", "relativeTimeRange": _range(looks), "datasourceUid": source, "model": model}
    return _conditioned([asked, reduced()], operator, number, targets)


def promql(query: str, source: str, looks: tuple[int, int]) -> Json:
    """An instant query called A."""
    model = {
        "refId": "A",
        "datasource": {"type": PROMETHEUS, "uid": source},
        "editorMode": "code",
        "expr": query,
        "instant": True,
        "range": False,
        **_ALL,
    }
    return {"refId": "A", "relativeTimeRange": _range(looks), "datasourceUid": source, "model": model}


def reduced() -> Json:
    """The last value of each series of A, called B; templates read it. Numbers that are none, and infinite ones, stay."""
    return _expression("B", type="reduce", expression="A", reducer="last")


def _conditioned(data: list[Json], operator: str, number: float, targets: Targets) -> Data:
    """The condition on B.

    A calculation may never be the condition itself: for "no number" it gives "no number", which counts as firing there. And it
    never joins B with itself, which would mix series whose labels contain each other's.
    """
    if not operator:  # whatever is there fires: is_nan gives 0 or 1, so this is 1, also for 0, infinity and "no number"
        return Data([*data, _expression("C", type="math", expression="is_nan($B) >= 0"), _threshold("D", "C", "gt", 0)], "D")
    if operator in OLD or targets.has_grafana("11.6"):
        return Data([*data, _threshold("C", "B", EVALUATORS[operator], number)], "C")
    calculated = _expression("C", type="math", expression=f"$B {operator} {_number(number)}")
    return Data([*data, calculated, _threshold("D", "C", "gt", 0)], "D")


def _threshold(ref: str, of: str, evaluator: str, number: float) -> Json:
    return _expression(ref, type="threshold", expression=of, conditions=[{"evaluator": {"type": evaluator, "params": [_number(number)]}}])


def _expression(ref: str, **model: Any) -> Json:
    return {"refId": ref, "datasourceUid": "__expr__", "model": {"refId": ref, "datasource": dict(_EXPRESSION), **model}}


def _range(looks: tuple[int, int]) -> Json:
    return {"from": looks[0], "to": looks[1]}


def _number(number: float) -> float:
    """Whole where it is whole: 2, not 2.0."""
    return int(number) if float(number).is_integer() and abs(number) < 2**53 else number
