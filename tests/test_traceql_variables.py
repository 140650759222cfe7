"""Grafana's variables in TraceQL."""

from __future__ import annotations

import pytest

from obskit.traceql import canonical, parse

DEFAULTS = (
    ('{ resource.service.name =~ "$service" }', '{ resource.service.name =~ "service" }', "string"),
    ("{ span.$name = 1 }", "{ span.name = 1 }", "attribute"),
    ("{ span.a.${name:raw} = 1 }", "{ span.a.name = 1 }", "attribute"), ("{ span.a > $n }", "{ span.a > 1 }", "value"),
    ("{ duration > $d }", "{ duration > 1s }", "value"), ("{ duration > ${n}ms }", "{ duration > 1ms }", "number"),
    ("{ duration > 5$unit }", "{ duration > 5s }", "unit"),
    ("{ status = $s }", "{ status = error }", "value"), ("{ kind = [[k]] }", "{ kind = server }", "value"),
    ("{ name = $x }", '{ name = "x" }', "value"),
    ("{ span.a =~ $x }", '{ span.a =~ "x" }', "value"), ("{ $f }", "{ true }", "condition"),
    ("{ .a = 1 && $f }", "{ .a = 1 && true }", "condition"),
    ("{ $f = 1 }", "{ span.f = 1 }", "field"), ("{ .a + $f > 1 }", "{ .a + 1 > 1 }", "number"),
    ("{ } | rate() by ($f)", "{ } | rate() by (span.f)", "field"),
    ("{ } | sum_over_time(${f})", "{ } | sum_over_time(span.f)", "field"),
    ("{ } | quantile_over_time(duration, $q)", "{ } | quantile_over_time(duration, 0.9)", "number"),
    ("{ } | rate() | topk($n)", "{ } | rate() | topk(10)", "number"), ("{ } | rate() > $n", "{ } | rate() > 1", "number"),
    ("$q", "{ }", "query"),
    ("{ } | $stage", "{ } | rate()", "stage"), ("{ } | $fn(span.a)", "{ } | sum_over_time(span.a)", "function"),
    ("$f | rate()", "{ } | rate()", "filter"),
    ("{ } | ${agg}_over_time(span.a)", "{ } | sum_over_time(span.a)", "function"), ("{ $scope.a = 1 }", "{ span.a = 1 }", "scope"),
    ("{ duration > $__interval }", "{ duration > 1m }", "value"), ("{ .a } && $f", "{ .a } && { }", "filter"),
    ("{ } | rate() with (sample=$x)", "{ } | rate() with (sample=true)", "value"),
    ("({ } | rate()) * $n", "({ } | rate()) * 1", "number"), ("{ } | compare({ $f }, $n)", "{ } | compare({ true }, 10)", "condition"),
    ("{ } > $f", "{ } > { }", "filter"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "same", "slot"), DEFAULTS)
def test_unknown_variable_becomes_what_fits_its_place(text: str, same: str, slot: str) -> None:
    parsed = parse(text)
    assert parsed.problem is None
    assert parsed.tree == parse(same).tree
    assert parsed.variables[0].slot == slot


@pytest.mark.parametrize(("text", "value", "same"), [
    ('{ name =~ "$x" }', "a|b", '{ name =~ "a|b" }'), ("{ name =~ ${x:doublequote} }", "a", '{ name =~ "a" }'),
    ("{ span.$x = 1 }", "a.b", "{ span.a.b = 1 }"),
    ("{ .a > $x }", "5ms", "{ .a > 5ms }"), ("$x | rate()", "{ .a }", "{ .a } | rate()"),
    ('{ name =~ "${x:regex}" }', "a.b|c", '{ name =~ "(a\\\\.b|c)" }'),
])  # fmt: skip
def test_known_variable_becomes_its_value(text: str, value: str, same: str) -> None:
    if ":regex" in text:
        assert parse(text, {"x": value}).problem is not None  # a backslash is an escape of the string, as in Tempo
        text, same = text.replace('"', "`"), "{ name =~ `(a\\.b|c)` }"
    assert parse(text, {"x": value}).tree == parse(same).tree


def test_places_are_those_of_the_author() -> None:
    text = '{ name =~ "$a" && span.$b = 1 && foo = 2 }'
    parsed = parse(text, {"a": "a long value", "b": "x"})
    assert parsed.problem is not None
    assert text[slice(*parsed.problem.span)] == "foo"
    assert [(use.name, text[slice(*use.span)]) for use in parsed.variables] == [("a", "$a"), ("b", "$b")]


def test_field_made_by_a_variable_is_told() -> None:
    parsed = parse("{ } | rate() by ($f, span.a)", {"f": "span.long"})
    assert [parsed.variables_in(field.span) for field in parsed.fields] == [("f",), ()]
    assert parsed.fields[0].name == "long"


@pytest.mark.parametrize("text", ['{ .a =~ "$1" }', '{ .a =~ "a$" }', "{ .a } // $x", '{ .a =~ "[[:alpha:]]" }'])
def test_what_is_no_variable_stays(text: str) -> None:
    parsed = parse(text)
    assert parsed.problem is None
    assert parsed.variables == ()


def test_values_may_not_make_a_query_too_long() -> None:
    problem = parse("{ .a = `$x` }", {"x": "x" * 300_000}).problem
    assert problem is not None
    assert problem.stage == "unsupported"


def test_canonical_text_of_a_filled_query_is_plain() -> None:
    tree = parse('{ name =~ "$x" }', {"x": "a|b"}).tree
    assert tree is not None
    assert canonical(tree) == '{ name =~ "a|b" }'
