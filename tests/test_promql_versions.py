"""The version of Prometheus that a query needs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from test_promql_fuzz import TEXTS
from test_promql_places import QUERIES, shipped

from obskit.promql import parse, requires
from obskit.promql.requirement import looked_for


@pytest.mark.parametrize(
    ("text", "feature", "good", "bad"),
    [
        ("x[300]", "a number as a duration", "2.54", "2.53"),
        ("x offset 5", "a number as a duration", "2.54", "2.42"),
        ("x > 10m", "a duration as a number", "3.0", "2.42"),
        ("1_000", "underscores in numbers", "2.54.1", "2.53.2"),
        ('{"a.b"}', "names in quotes", "3.0", "2.55"),
        ('sum by ("a.b") (x)', "names in quotes", "3.14", "2.55"),
        ("holt_winters(x[5m], 0.5, 0.5)", "function holt_winters", "2.55", "3.0"),
        ("double_exponential_smoothing(x[5m], 0.5, 0.5)", "function double_exponential_smoothing", "3.0", "2.55"),
        ("limitk by (a) (2, x)", "function limitk", "2.54", "2.53"),
        ("first_over_time(x[5m])", "function first_over_time", "3.7", "3.6"),
        ("x @ start()", "@", "2.33", "2.32"),
        ("x offset -5m", "negative offset", "2.33", "2.29"),
        ("x </ 3", "operator </", "3.11", "3.10"),
        ("x[5m*2]", "arithmetic in durations", "3.14", "3.13"),
        ("x offset (5*2)", "arithmetic in durations", "3.14", "3.13"),
        ("x offset -(5m)", "arithmetic in durations", "3.14", "3.13"),
        ("x[5m:1m] OFFSET step()", "arithmetic in durations", "3.14", "3.13"),
        ("x[step()]", "arithmetic in durations", "3.14", "3.13"),
        ("rate(x[5m] anchored)", "anchored", "3.7", "3.6"),
        ("x smoothed", "smoothed", "3.7", "3.6"),
        ("rate(x[5m] offset 5m smoothed)", "smoothed", "3.7", "3.6"),
        ("ts_of_first_over_time(x[5m])", "function ts_of_first_over_time", "3.7", "3.6"),
        ("a + fill(0) b", "fill", "v3.10.0-rc.1", "3.9"),
        ("a atan2 b", "atan2", "2.31", "2.30"),
    ],
)
def test_requires_names_the_version(text: str, feature: str, good: str, bad: str) -> None:
    (found,) = [one for one in requires(parse(text)) if one.feature == feature]
    assert found.met_by(good)
    assert not found.met_by(bad)


AGELESS = [
    "sum by (info) (rate(x{step=\"a\"}[5m] offset 1h))",
    "limitk + info",
    "x > 5",
    "anchored",
    "topk(5, x)",
    "a + on (x) smoothed",
    "sum(anchored) by (step)",
    "fill{a=\"b\"} / ignoring (x) group_left fill",
    "offset + (5 * 2)",
    "rate(x[$__rate_interval]) > $limit",
]


@pytest.mark.parametrize("text", AGELESS)
def test_requires_asks_nothing_of_plain_queries(text: str) -> None:
    assert requires(parse(text)) == ()


@pytest.mark.parametrize(
    ("text", "version", "flag"),
    [
        ("x[5m * 2]", "3.14", ""),
        ("x[5m * 2]", "3.13", "promql-duration-expr"),
        ("x[5m * 2]", "3.3", ""),
        ("first_over_time(x[5m])", "3.14", ""),
        ("first_over_time(x[5m])", "3.7", "promql-experimental-functions"),
        ("limitk(2, x)", "3.14", "promql-experimental-functions"),
        ("limitk(2, x)", "2.53", ""),
        ("rate(x[5m] anchored)", "3.14", "promql-extended-range-selectors"),
        ("a + fill(0) b", "3.10", "promql-binop-fill-modifiers"),
        ("x </ 3", "3.11", ""),
        ("x @ 5", "3.11", ""),
    ],
)
def test_requirement_knows_its_flag(text: str, version: str, flag: str) -> None:
    assert requires(parse(text))[0].flag_at(version) == flag


@settings(max_examples=300, deadline=None)
@given(TEXTS | QUERIES)
def test_requires_passes_over_nothing_that_is_to_be_found(text: str) -> None:
    parsed = parse(text)
    assert requires(parsed) == looked_for(parsed)


def test_requires_passes_over_nothing_in_committed_queries() -> None:
    assert [text for text in shipped() if requires(parse(text)) != looked_for(parse(text))] == []
