"""How alerts are taken apart: the query as its author wrote it, and the comparison with a number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alerting_project import built

CUT = [
    ("sum by (job) (q) > 5", "sum by (job) (q)", "gt", 5),
    ("5 < sum by (job) (q)", "sum by (job) (q)", "gt", 5),
    ("(sum(q) / sum(r)) >= 0.003", "(sum(q) / sum(r))", "gte", 0.003),
    ("((sum(q) > 1.5))", "sum(q)", "gt", 1.5),
    ("sum(q)\n  # the limit\n  <= 2", "sum(q)\n  # the limit", "lte", 2),
    ("# before\n(sum(q) # inside\n > 1) # after", "sum(q) # inside", "gt", 1),
    ("sum(increase(q[1h])) > 0.7 * 0.08", "sum(increase(q[1h]))", "gt", 0.7 * 0.08),
    ("1 / 3 >= sum(q)", "sum(q)", "lte", 1 / 3),
    ("5 / 3 >= sum(q)", "sum(q)", "lte", 5 / 3),
    ("sum(q) > -1", "sum(q)", "gt", -1),
    ("sum(q) > -(2 ^ 3)", "sum(q)", "gt", -8),
    ("sum(q) == 1e3", "sum(q)", "eq", 1000),
    ("sum(q) != 1e-9", "sum(q)", "ne", 1e-9),
    ("sum(q) > 0x1F", "sum(q)", "gt", 31),
    ('sum(q{a=">) and ("}) < 1', 'sum(q{a=">) and ("})', "lt", 1),
    ("sum(q @ 5) > 1", "sum(q @ 5)", "gt", 1),
    ("sum(q @ -5) > 1", "sum(q @ -5)", "gt", 1),
    ("sum(q offset -5m) > 1", "sum(q offset -5m)", "gt", 1),
    ("SUM BY (job) (q) > 1", "SUM BY (job) (q)", "gt", 1),
    ("sum(q > bool 1) > 2", "sum(q > bool 1)", "gt", 2),
    ("(q > bool 1) == 1", "(q > bool 1)", "eq", 1),
    ("q > 1", "q + 0", "gt", 1),
    ("last_over_time(q[5m:1m]) > 1", "last_over_time(q[5m:1m]) + 0", "gt", 1),
    ("label_join(sum(q), '__name__', '', 'a') > 1", "label_join(sum(q), '__name__', '', 'a') + 0", "gt", 1),
    ("label_join(sum(q), 'b', '', 'a') > 1", "label_join(sum(q), 'b', '', 'a')", "gt", 1),
    ("max_over_time(q[5m:1m]) > 1", "max_over_time(q[5m:1m])", "gt", 1),
    ("q # it\n > 1", "q # it\n+ 0", "gt", 1),
    ("absent(q) == 1", "absent(q)", "eq", 1),
]
KEPT = [
    ("q > bool 1", "q > bool 1"),
    ("sum(q) > 1 < 5", "sum(q) > 1 < 5"),
    ("sum(q) > sum(r)", "sum(q) > sum(r)"),
    ("sum(q) > 1 and sum(r) > 2", "sum(q) > 1 and sum(r) > 2"),
    ("absent(q)", "absent(q)"),
    ("sum(q) > +Inf", "sum(q) > +Inf"),
    ("sum(q) > 0 / 0", "sum(q) > 0 / 0"),
    ("sum(q) > pi()", "sum(q) > pi()"),
    ("sum(q) > scalar(r)", "sum(q) > scalar(r)"),
    ("vector(1)", "vector(1)"),
    ("1 > bool 0", "vector(1 > bool 0)"),
    ("up == 0 or absent(up)", "(up == 0 or absent(up)) + 0"),
    ("a\nand\nb # c", "(\na\nand\nb # c\n) + 0"),
]


def parts(rule: dict[str, Any]) -> tuple[str, str, float]:
    evaluator = rule["data"][-1]["model"]["conditions"][0]["evaluator"]
    return rule["data"][0]["model"]["expr"], evaluator["type"], evaluator["params"][0]


@pytest.mark.parametrize(("expr", "query", "evaluator", "number"), CUT)
def test_comparison_with_a_number_is_a_threshold(tmp_path: Path, expr: str, query: str, evaluator: str, number: float) -> None:
    rule = built(tmp_path, f"one = Alert(name='One', expr={expr!r})").rule
    assert (parts(rule), rule["condition"], len(rule["data"])) == ((query, evaluator, number), "C", 3)


@pytest.mark.parametrize(("expr", "query"), KEPT)
def test_everything_else_is_asked_whole(tmp_path: Path, expr: str, query: str) -> None:
    rule = built(tmp_path, f"one = Alert(name='One', expr={expr!r})").rule
    assert (parts(rule), rule["condition"]) == ((query, "gt", 0), "D")
    assert rule["data"][2]["model"]["expression"] == "is_nan($B) >= 0"


@pytest.mark.parametrize(
    ("operator", "kind", "what"),
    [(">", "threshold", "B"), ("<", "threshold", "B"), (">=", "math", "$B >= 5"), ("<=", "math", "$B <= 5"), ("==", "math", "$B == 5"),
     ("!=", "math", "is_nan($B) >= 0")],
)  # fmt: skip
def test_grafana_before_11_6_compares_by_calculation(tmp_path: Path, operator: str, kind: str, what: str) -> None:
    rule = built(tmp_path, f"one = Alert(name='One', expr='sum(q) {operator} 5')", targets="11.5").rule
    assert (rule["data"][2]["model"]["type"], rule["data"][2]["model"]["expression"]) == (kind, what)


def test_typed_expression_is_split_like_text(tmp_path: Path) -> None:
    text = """
shop = Service("shop", job="shop")
requests = Counter("requests_total", help="Requests.", service=shop)
MOST = Param("most", 7)
one = Alert(name="One", expr=requests.rate().sum(by="job").over("5m") > MOST)
"""
    assert parts(built(tmp_path, text).rule) == ('sum by (job) (rate(requests_total{job="shop"}[5m]))', "gt", 7)


@pytest.mark.parametrize(
    ("expr", "seconds"),
    [("sum(q) > 1", 600), ("sum(rate(q[5m])) > 1", 600), ("sum(rate(q[15m])) > 1", 900), ("sum(rate(q[1h] offset 1d)) > 1", 90000),
     ("sum(max_over_time(rate(q[5m])[2h:1m])) > 1", 7500), ("sum(rate(q[1h])) > 1 and sum(max_over_time(q[1d:] offset 1d)) > 1", 172800),
     ("sum(rate(q[3601500ms])) > 1", 3602)],
)  # fmt: skip
def test_rule_looks_back_as_far_as_its_query(tmp_path: Path, expr: str, seconds: int) -> None:
    rule = built(tmp_path, f"one = Alert(name='One', expr={expr!r})").rule
    assert rule["data"][0]["relativeTimeRange"] == {"from": seconds, "to": 0}


def test_query_offset_is_when_the_rule_asks(tmp_path: Path) -> None:
    text = "group = RuleGroup('late', query_offset='90s', rules=(Alert(name='One', expr='sum(q) > 1'),))"
    assert built(tmp_path, text).rule["data"][0]["relativeTimeRange"] == {"from": 690, "to": 90}


def test_name_stays_where_a_template_prints_it(tmp_path: Path) -> None:
    text = "one = Alert(name='One', expr='q > 1', summary='{{ $labels.__name__ }}')"
    assert parts(built(tmp_path, text).rule)[0] == "q"
