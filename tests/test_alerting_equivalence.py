"""An alert fires in Grafana for what it fires for in Prometheus: both forms of many expressions, evaluated side by side.

PromQL is answered by the real engine; what Grafana makes of the answer by `grafana_expressions`.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from alerting_project import built
from engine import Answer, answers
from grafana_expressions import SameLabelsError, firing

SERIES = {
    'q{job="a",zone="1"}': "0 0 0 0 0",
    'q{job="a",zone="2"}': "2 2 2 2 2",
    'q{job="b",zone="1"}': "5 5 5 5 5",
    'q{job="b",zone="3"}': "-1 -1 -1 -1 -1",
    'odd{job="a"}': "NaN NaN NaN NaN NaN",
    'odd{job="b"}': "Inf Inf Inf Inf Inf",
    'odd{job="c"}': "-Inf -Inf -Inf -Inf -Inf",
    'odd{job="d"}': "2 2 2 2 2",
    'c_total{job="a"}': "0 15 30 45 60",
    'c_total{job="b"}': "0 0 0 0 0",
    'up{job="a"}': "1 1 1 1 1",
    'up{job="b"}': "0 0 0 0 0",
    'level:q:sum{job="a"}': "2 2 2 2 2",
}
"""Samples 15 s apart; asked for at one minute."""
VECTORS = ("q", "odd", "sum by (job) (q)", "rate(c_total[1m])", "-q", "q / 0", "abs(q - 2)", "level:q:sum", "sum(q)", "(q)", "q offset 15s",
           "max_over_time(sum by (job) (q)[1m:15s])", 'last_over_time(q{job="a"}[1m])', "topk(2, q)", "missing")  # fmt: skip
NUMBERS = ("2", "-1", "0", "(2)", "1 + 1", "4 / 2", "1 / 3", "0.7 * 0.08", "2 ^ 1", "-(1)", "5 % 3", "1e0", "+Inf", "NaN", "0 / 0")
OPERATORS = (">", "<", ">=", "<=", "==", "!=")
SIDES = [
    *(f"{vector} {operator} 2" for vector, operator in product(VECTORS, OPERATORS)),
    *(f"{number} {operator} {vector}" for number, operator, vector in product(NUMBERS, OPERATORS, ("q", "odd"))),
    *(f"q {operator} {number}" for number, operator in product(NUMBERS, OPERATORS)),
]
WHOLE = (
    "q > bool 1", "q > bool 1 == 1", "q > 0 < 5", "q > 0 > 1", "q > on (job) group_left sum by (job) (q) / 4", "q == q",
    "q > 1 and q < 5", "q > 1 or odd > 2", "q unless q > 1", "absent(missing)", "absent(q)", "up == 0 or absent(up)", "vector(1)",
    "vector(0)", "q", "odd", "sum(q) > 1 or sum by (job) (q) > 2", "sum by (job) (q) or sum(q) or odd", "1 > bool 0", "time() > bool 0",
    "scalar(sum(q)) > bool 1", "(q > 1)", "((q) > (1))", "# why\n(q # all\n > 1) # more", "q\n>\n1", "q > 1 # more", "q{zone=\"(>\"} > 1",
    "-(q > 1)", "(q > 1) + 1", "up == 0", "sort_desc(q) > 1", "q * 2 > 3 and on (job) up == 1", "q > scalar(sum(up))", "q > pi()",
    'label_replace(q, "x", "$1", "zone", "(.*)") > 1', "q > 1 > bool 0", "count_values(\"v\", q) > 0", "q > -1 * 2", "odd != odd",
    'sum by (job) (rate(c_total[1m])) / (sum by (job) (rate(c_total[1m])) > 0) > 0.5', "avg(odd) > 1", "odd - odd == 0",
)  # fmt: skip
EVERY = tuple(dict.fromkeys([*SIDES, *WHOLE]))
AT = "1m"


@cache
def rules(grafana: str) -> list[dict[str, Any]]:
    """The rule of each expression."""
    with TemporaryDirectory() as folder:
        alerts = f"found = [Alert(name=f'a{{at}}', expr=text) for at, text in enumerate({EVERY!r})]\n"
        return list(built(Path(folder), alerts, targets=grafana).rules())


@cache
def in_prometheus() -> list[Answer]:
    return answers([(text, AT) for text in EVERY], SERIES)


@cache
def in_grafana(grafana: str) -> list[Answer]:
    return answers([(rule["data"][0]["model"]["expr"], AT) for rule in rules(grafana)], SERIES)


@pytest.mark.parametrize("grafana", ["13.0", "11.5"])
def test_alert_fires_for_the_same_series_with_the_same_labels(grafana: str) -> None:
    different = []
    for text, rule, meant, asked in zip(EVERY, rules(grafana), in_prometheus(), in_grafana(grafana), strict=True):
        assert (meant.error, asked.error) == ("", ""), (text, meant, asked)
        expected = {frozenset((key, value) for key, value in labels.items() if key != "__name__") for labels, _ in meant.samples}
        if firing(rule, asked.samples) != expected:
            different.append((text, rule["data"][0]["model"]["expr"], expected, firing(rule, asked.samples)))
    assert different == []


def test_table_has_alerts_of_both_kinds_that_fire_and_that_do_not() -> None:
    kinds = {(len(rule["data"]), bool(answer.samples)) for rule, answer in zip(rules("13.0"), in_prometheus(), strict=True)}
    assert kinds == {(3, True), (3, False), (4, True), (4, False)}


def test_numbers_that_are_none_are_told_apart() -> None:
    found = {text: {dict(labels)["job"] for labels in firing(rule, asked.samples)}
             for text, rule, asked in zip(EVERY, rules("13.0"), in_grafana("13.0"), strict=True) if text.startswith("odd ")}  # fmt: skip
    assert found["odd > 2"] == {"b"}
    assert found["odd != 2"] == {"a", "b", "c"}
    assert found["odd <= 2"] == {"c", "d"}


@pytest.mark.parametrize("grafana", ["13.0", "11.5"])
def test_condition_is_never_a_calculation(grafana: str) -> None:
    types = {rule["data"][-1]["model"]["type"] for rule in rules(grafana)}
    assert types == {"threshold"}


def test_joining_a_query_with_itself_would_fail_where_labels_contain_others() -> None:
    """Why the whole form is not the one of Grafana's own import."""
    at = EVERY.index("sum by (job) (q) or sum(q) or odd")
    rule, answer = rules("13.0")[at], in_grafana("13.0")[at]
    assert len(firing(rule, answer.samples)) == 5
    joined = {**rule, "data": [dict(item) for item in rule["data"]]}
    model = {**rule["data"][2]["model"], "expression": "is_number($B) || is_nan($B) || is_inf($B)"}
    joined["data"][2] = {**rule["data"][2], "model": model}
    with pytest.raises(SameLabelsError):
        firing(joined, answer.samples)
