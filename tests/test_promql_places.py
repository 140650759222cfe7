"""Places of a query's parts: each is the author's words for it, or none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from project import REPOSITORY

from obskit.promql import Parsed, Places, Span, nodes, parse, places

VALUES = {"job": "api", "metric": "up", "both": "a,b", "query": "sum(rate(x[5m])) > 3"}

# query, method, arguments, the words it stands at
TABLE: list[tuple[str, str, tuple[Any, ...], str | None]] = [
    ("sum(rate(x[5m])) / abs(y)", "call", (0,), "rate"),
    ("sum(rate(x[5m])) / abs(y)", "call", (1,), "abs"),
    ("sum(rate(x[5m])) / abs(y)", "call", (2,), None),
    ("sum(rate(x[5m])) / abs(y)", "call", (-1,), None),
    ("abs(sum(rate(x[5m]))) + time ( )", "call", (0,), "abs"),
    ("abs(sum(rate(x[5m]))) + time ( )", "call", (1,), "rate"),
    ("abs(sum(rate(x[5m]))) + time ( )", "call", (2,), "time"),
    ("rate(x[5m] @ start()) - y @ end()", "call", (1,), None),
    ("abs # (x\n (x)", "call", (0,), "abs"),
    ("SUM(max by (a) (sum))", "aggregate", (0,), "SUM"),
    ("SUM(max by (a) (sum))", "aggregate", (1,), "max"),
    ("SUM(max by (a) (sum))", "aggregate", (2,), None),
    ("SUM(max by (a) (sum))", "aggregate_grouping", (0,), None),
    ("SUM(max by (a) (sum))", "aggregate_grouping", (1,), "by (a)"),
    ("sum(max(x) by (a, b)) without (c,)", "aggregate_grouping", (0,), "without (c,)"),
    ("sum(max(x) by (a, b)) without (c,)", "aggregate_label", (1, "b"), "b"),
    ("sum(max(x) by (a, b)) without (c,)", "aggregate_label", (0, "c"), "c"),
    ("sum(max(x) by (a, b)) without (c,)", "aggregate_label", (0, "b"), None),
    ('sum by ("my.label", \'b\', `c`) (x)', "aggregate_label", (0, "my.label"), '"my.label"'),
    ('sum by ("my.label", \'b\', `c`) (x)', "aggregate_label", (0, "c"), "`c`"),
    ("sum by ($group, job) (x)", "aggregate_label", (0, "obskit_group"), "$group"),
    ("sum by ($both) (x)", "aggregate_label", (0, "b"), "$both"),
    ("topk without () (3, x)", "aggregate_grouping", (0,), "without ()"),
    ("count by (sum) (sum{by=\"a\"})", "aggregate_label", (0, "sum"), "sum"),
    ("a + b * c == bool d", "operator", (0,), "+"),
    ("a + b * c == bool d", "operator", (1,), "*"),
    ("a + b * c == bool d", "operator", (2,), "=="),
    ("a AND (-b unless c)", "operator", (0,), "AND"),
    ("a AND (-b unless c)", "operator", (1,), "unless"),
    ("-a + -1 - - 2", "operator", (1,), "-"),
    ("by + on(x) offset offset 5m", "operator", (0,), "+"),
    ("a * on (x, y) group_left (z, \"u.v\") b", "operator_matching", (0,), "on (x, y)"),
    ("a * on (x, y) group_left (z, \"u.v\") b", "operator_label", (0, "y"), "y"),
    ("a * on (x, y) group_left (z, \"u.v\") b", "operator_label", (0, "z"), None),
    ("a * on (x, y) group_left (z, \"u.v\") b", "operator_group_label", (0, "u.v"), '"u.v"'),
    ("a * on (x, y) group_left (z, \"u.v\") b", "operator_group_label", (0, "x"), None),
    ("a + fill(0) b - c", "operator", (1,), "-"),
    ("a > bool on (x) b or on (y) c", "operator_label", (1, "y"), "y"),
    ("a + b", "operator_matching", (0,), None),
    ("x > -1", "number", (0,), "-1"),
    ("x > - - 1", "number", (0,), "- - 1"),
    ("x > +1", "number", (0,), "1"),
    ("-1 ^ 2", "number", (0,), "1"),
    ("-1 ^ -2", "number", (1,), "-2"),
    ("-(3) + x", "number", (0,), "3"),
    ("quantile(.5, x offset 5m @ 7) * 0x1F", "number", (1,), "0x1F"),
    ("clamp(x{a=\"1\"}[5m:1m] offset -5m, -Inf, 1_000)", "number", (0,), None),
    ("clamp(x{a=\"1\"}, -Inf, 1_000)", "number", (0,), "-Inf"),
    ("clamp(x{a=\"1\"}, -Inf, 1_000)", "number", (1,), "1_000"),
    ("x > 10m", "number", (0,), "10m"),
    ("NaN + x", "number", (0,), "NaN"),
    ("topk($k, x) > ${limit}", "number", (0,), "$k"),
    ("topk($k, x) > ${limit}", "number", (1,), "${limit}"),
    ('label_replace(x{a="b"}, "c", "$1", \'d\', `(.*)`)', "string", (0,), '"c"'),
    ('label_replace(x{a="b"}, "c", "$1", \'d\', `(.*)`)', "string", (3,), "`(.*)`"),
    ('count_values("v$job", x)', "string", (0,), '"v$job"'),
    ("rate(a[5m] offset -1h) / max_over_time(b[$__range:$__interval] offset 3m)", "range_of", (0,), "5m"),
    ("rate(a[5m] offset -1h) / max_over_time(b[$__range:$__interval] offset 3m)", "range_of", (1,), None),
    ("rate(a[5m] offset -1h) / max_over_time(b[$__range:$__interval] offset 3m)", "offset_of", (0,), "-1h"),
    ("rate(a[5m] offset -1h) / max_over_time(b[$__range:$__interval] offset 3m)", "offset_of", (1,), None),
    ("rate(a[5m] offset -1h) / max_over_time(b[$__range:$__interval] offset 3m)", "subquery", (0,), "[$__range:$__interval]"),
    ('rate({"a.b", c="$job"}[ ${__range_s}s ])', "range_of", (0,), "${__range_s}s"),
    ("rate(x[$__rate_interval])", "range_of", (0,), "$__rate_interval"),
    ("a @ 5 offset 3m + (b) + c", "offset_of", (0,), "3m"),
    ("a + b", "offset_of", (0,), None),
    ("max_over_time(sum(rate(x[1m]))[1h:] @ -5)", "subquery", (0,), "[1h:]"),
    ("max_over_time(max_over_time(x[5m:1m])[1h:])", "subquery", (0,), "[5m:1m]"),
    ("max_over_time(max_over_time(x[5m:1m])[1h:])", "subquery", (1,), "[1h:]"),
    ("$metric / rate(${metric}_total[5m])", "call", (0,), "rate"),
    ("$query + abs(y)", "call", (0,), "$query"),
    ("$query + abs(y)", "call", (1,), "abs"),
    ("1_000 * abs(y{a=~`\\d`}) + abs(z)", "call", (0,), "abs"),
    ("sum(x", "aggregate", (0,), None),
]


@pytest.mark.parametrize(("text", "method", "arguments", "words"), TABLE)
def test_part_stands_at_its_words(text: str, method: str, arguments: tuple[Any, ...], words: str | None) -> None:
    span = getattr(places(parse(text, VALUES)), method)(*arguments)
    assert (text[slice(*span)] if span else None) == words


def test_places_of_another_tree_are_none() -> None:
    asked, other = parse("abs(x) > 1"), parse("abs(x) > ceil(y)")
    wrong = Places(asked.written, other.ast)
    assert [wrong.call(0), wrong.call(1), wrong.number(0)] == [None, None, None] != [places(asked).call(0)]
    assert wrong.operator(0) == places(asked).operator(0)


def test_selectors_of_another_tree_have_no_place() -> None:
    wrong = Places(parse('x{a="b"} + y').written, parse('x{c="b"} + y').ast)
    assert [wrong.selector(0), wrong.selector(1), wrong.matcher(0, 0)] == [None, None, None]


COUNTED: dict[str, tuple[Callable[[Places, int], Span | None], Callable[[Any], str]]] = {
    # kind of node, the place of its n-th, the words there in lower case
    "Call": (Places.call, lambda node: str(node.func.name)),
    "AggregateExpr": (Places.aggregate, lambda node: str(node.op)),
    "BinaryExpr": (Places.operator, lambda node: str(node.op)),
    "NumberLiteral": (Places.number, lambda node: ""),
    "StringLiteral": (Places.string, lambda node: ""),
    "SubqueryExpr": (Places.subquery, lambda node: ""),
    "VectorSelector": (Places.selector, lambda node: ""),
}


def misplaced(parsed: Parsed) -> list[str]:
    """The kinds whose parts are not all placed, once each, at words that are theirs."""
    wrong = []
    edited = parsed.edited.text
    for kind, (place, word) in COUNTED.items():
        found = [node for node in nodes(parsed.ast) if type(node).__name__ == kind] if parsed.ast else []
        spans = [place(places(parsed), number) for number in range(len(found) + 1)]
        placed = [span for span in spans if span is not None]
        said = sorted(parsed.text[slice(*span)].lower() for span in placed)
        named = edited != parsed.text or not word(found[0]) or said == sorted(map(word, found)) if found else True
        if len(placed) != len(found) or spans[-1] is not None or placed != sorted(placed) or not named:
            wrong.append(kind)
    return wrong


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for key, text in value.items() if key in ("expr", "query") and isinstance(text, str))
    for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(below)


@cache
def shipped() -> tuple[str, ...]:
    """Every query that this project commits."""
    files = sorted((REPOSITORY / "build").rglob("*.json")) + sorted((REPOSITORY / "build").rglob("*.y*ml"))
    read = [json.loads(text) if text[:1] == "{" else yaml.safe_load(text) for text in (path.read_text("utf-8") for path in files)]
    found = [text for content in read for text in strings(content)]
    return tuple(dict.fromkeys(text for text in found if parse(text).ast is not None))


def test_every_part_of_a_committed_query_is_placed() -> None:
    assert len(shipped()) > 50
    assert {text: wrong for text in shipped() if (wrong := misplaced(parse(text)))} == {}


LEAVES = st.sampled_from(
    ["x", "1", "-1", ".5", "5m", 'x{a="b"}', '{"a.b"}', "sum", "by", "$metric", "x{a=~`\\d$job`} offset 5m", "x @ -5", "time()"]
)
OPERATORS = st.sampled_from(
    ["+", "- -", "*", "> bool", "^", "and", "* on (a) group_left (b)", '/ ignoring("a.b")', "# and\n ==", "OR", "+ fill(1)"]
)
WRAPS = st.sampled_from(
    [
        "sum(%s)", "sum by (a) (%s)", 'max(%s) without ("a.b")', "topk($k, %s)", "-(%s)", "(%s)", "abs(%s)", "rate((%s)[5m:1m])",
        "rate(x[$__range]) + %s", 'label_replace(%s, "a", "$1", `b`, \'c\')', "max_over_time((%s)[$__range:] offset 1h)", "+%s", "- %s",
    ]
)  # fmt: skip
QUERIES = st.recursive(
    LEAVES,
    lambda below: st.tuples(below, OPERATORS, below).map(" ".join) | st.tuples(WRAPS, below).map(lambda pair: pair[0] % pair[1]),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(QUERIES)
def test_every_part_of_any_query_is_placed(text: str) -> None:
    parsed = parse(text, VALUES)
    if parsed.ast is not None:
        assert misplaced(parsed) == []
