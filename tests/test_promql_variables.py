"""Variables in PromQL: filled by the slot they stand in, with places in the author's text."""

from __future__ import annotations

import time

import pytest

from obskit import promql
from obskit.promql import parse, tokenize


@pytest.mark.parametrize(
    ("text", "values", "edited"),
    [
        ("rate(x[$__rate_interval])", {}, "rate(x[241007ms])"),
        ("x[$__range:$__interval]", {}, "x[3601019ms:61013ms]"),
        ("x[${__range_s}s] offset -${days}d", {}, "x[3601019ms] offset -421037ms"),
        ("x[$window]", {"window": "5m"}, "x[421037ms]"),
        ("x[[[window]]]", {}, "x[421037ms]"),
        ("x[$__auto_interval_step]", {}, "x[301027ms]"),
        ("x * 1000 / $__interval_ms", {}, "x * 1000 / 61013"),
        ("x / $__range_s", {}, "x / 3601"),
        ("topk($k, x)", {}, "topk(5, x)"),
        ("topk($k, x)", {"k": "10"}, "topk(10, x)"),
        ("topk by (a) ($k, x)", {}, "topk by (a) (5, x)"),
        ("quantile($q, x) > $limit", {}, "quantile(0.5, x) > 5"),
        ("x > bool $limit", {}, "x > bool 5"),
        ("histogram_quantile(0.$q, x)", {"q": "9"}, "histogram_quantile(0.9, x)"),
        ('x{a=~"$a.*"}', {"a": "(b|c)"}, 'x{a=~"(b|c).*"}'),
        ('x{a=~"$a"}', {"a": "$__all"}, 'x{a=~"obskit"}'),
        ('x{a="$a"}', {"a": 'quote"'}, 'x{a="obskit"}'),
        ('label_replace(x, "a", "$1", "b", "(.*)")', {}, 'label_replace(x, "a", "$1", "b", "(.*)")'),
        ("x{a=~`$a\\d`}", {}, 'x{a=~"obskit\\\\d"}'),
        ("x{a=${a:doublequote}}", {"a": "b"}, 'x{a="b"}'),
        ("x{$filters}", {}, 'x{obskit_filters=~".+"}'),
        ("x{$filters}", {"filters": 'a="b"'}, 'x{a="b"}'),
        ("x{$label=\"a\"}", {}, 'x{obskit_label="a"}'),
        ("sum by ($g) (x)", {}, "sum by (obskit_g) (x)"),
        ("sum by ($g) (x)", {"g": "a,b"}, "sum by (a,b) (x)"),
        ("$metric", {}, "obskit_metric"),
        ("${p}_total{a=\"b\"}", {"p": "http"}, 'http_total{a="b"}'),
        ("$m / $n[5m]", {}, "obskit_m / obskit_n[5m]"),
        ("$f(x) + $g(y[5m])", {}, "sum(x) + avg_over_time(y[5m])"),
        ("$f by (a) (x)", {"f": "max"}, "max by (a) (x)"),
        ("$query", {"query": "sum(rate(x[$__interval]))"}, "sum(rate(x[61013ms]))"),
        ("$a", {"a": "$b", "b": "x"}, "x"),
        ("$a", {"a": "$b", "b": "$a"}, "obskit_a"),
        ("1_000 + 1", {}, "1000 + 1"),
        ("x # $a", {}, "x # $a"),
    ],
)
def test_variables_are_filled_by_their_slot(text: str, values: dict[str, str], edited: str) -> None:
    assert promql.substitute(text, tokenize(text), values).text == edited
    assert parse(text, values).edited.text == edited


def test_variables_that_explode_are_unsupported_at_once() -> None:
    values = {f"a{index}": f"$a{index + 1} + $a{index + 1}" for index in range(40)}
    began = time.process_time()
    problem = parse("$a0", values).problem
    assert time.process_time() - began < 5
    assert problem is not None
    assert problem.stage == "unsupported"


def test_sentinels_are_recognised_after_parsing() -> None:
    ast = parse("rate(x[$__rate_interval])").ast
    assert ast is not None
    (found,) = [node.range for node in promql.nodes(ast) if type(node).__name__ == "MatrixSelector"]
    milliseconds = found.total_seconds() * 1000
    assert promql.is_sentinel(milliseconds)
    assert milliseconds == promql.SENTINELS["__rate_interval"]


def test_ordinary_durations_are_no_sentinels() -> None:
    assert [length for length in range(0, 4_000_000, 1_000) if promql.is_sentinel(length)] == []


def test_variable_uses_name_their_place() -> None:
    text = 'topk($k, ${m}_total{a="$a", b=~"${b:regex}"}[$__range])'
    used = parse(text).variables
    assert [(use.name, use.slot, text[slice(*use.span)]) for use in used] == [
        ("k", "number", "$k"),
        ("m", "name", "${m}"),
        ("a", "string", "$a"),
        ("b", "string", "${b:regex}"),
        ("__range", "duration", "$__range"),
    ]


@pytest.mark.parametrize(
    "text",
    ["rate(x[$__interval]) + foo(y)", "x{a=`\\d`} + foo(y)", "1_000_000 + foo(y)", '$metric{a="$b"} + foo(y)', "$q + [[r]]_x + foo(y)"],
)
def test_spans_point_into_the_authors_text(text: str) -> None:
    problem = parse(text, {"q": "sum(a) + sum(b)"}).problem
    assert problem is not None
    assert text[slice(*problem.span)] == "foo"
