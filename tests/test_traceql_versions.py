"""What a query needs of Tempo."""

from __future__ import annotations

import pytest

from obskit.traceql import parse, requires

NEEDS = (
    ("{ .a = 1 }", []), ("{ } | count() > 1", []), ("{ } | rate()", [("rate", "2.4")]),
    ("{ } | count_over_time()", [("count_over_time", "2.4")]),
    ("{ } with (most_recent=true)", [("with()", "2.4")]), ("{ } | histogram_over_time(.a)", [("histogram_over_time", "2.5")]),
    ("{ } | quantile_over_time(.a, .5)", [("quantile_over_time", "2.5")]), ("{ } &>> { }", [("operator &>>", "2.5")]), ("{ } >> { }", []),
    ("{ span:name = `a` && span:id = `b` }", [("span:", "2.5")]), ("{ trace:duration > 1 }", [("trace:", "2.5")]), ("{ name = `a` }", []),
    ("{ } | compare({ })", [("compare", "2.6")]), ("{ event.a = 1 }", [("event.", "2.6")]), ("{ event:name = `a` }", [("event:", "2.6")]),
    ("{ } | min_over_time(.a)", [("min_over_time", "2.7")]), ("{ } | max_over_time(.a)", [("max_over_time", "2.7")]),
    ("{ } | avg_over_time(.a)", [("avg_over_time", "2.7")]), ("{ instrumentation:name = `a` }", [("instrumentation:", "2.7")]),
    ("{ } | sum_over_time(.a)", [("sum_over_time", "2.8")]), ("{ } | rate() | topk(1)", [("rate", "2.4"), ("topk", "2.8")]),
    ("{ } | rate() > 1", [("rate", "2.4"), ("comparison of metrics", "3.0")]),
    ("({ } | rate()) * 2", [("arithmetic of metrics", "3.1"), ("rate", "2.4")]),
    ("{ } | rate() with (extrapolate=true)", [("rate", "2.4"), ("with()", "2.4"), ("hint extrapolate", "3.1")]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "needs"), NEEDS)
def test_query_needs_versions(text: str, needs: list[tuple[str, str]]) -> None:
    tree = parse(text).tree
    assert tree is not None
    assert [(one.feature, one.since) for one in requires(tree)] == needs


@pytest.mark.parametrize(("version",
"met"), [("2.7", False), ("2.7.9", False), ("2.8", True), ("v2.8.0-rc1", True), ("2.10", True), ("3", True)])
def test_requirement_is_met_from_its_version_on(version: str, met: bool) -> None:
    tree = parse("{ } | sum_over_time(.a)").tree
    assert tree is not None
    (requirement,) = requires(tree)
    assert requirement.met_by(version) is met
    assert requirement.span == (6, 23)
