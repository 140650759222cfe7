"""What is TraceQL, what is not, and how tightly operators bind."""

from __future__ import annotations

import pytest

from obskit.traceql import (
    Constant,
    Field,
    MetricsQuery,
    Parsed,
    comparisons,
    constant_comparisons,
    guarantees,
    metrics,
    mixed_logic,
    must_hold,
    parse,
)

SAME = (
    ("-.a * 2", "-(.a * 2)"), ("-2 ^ 2", "-(2 ^ 2)"), (".a ^ -1 * 2", ".a ^ (-(1 * 2))"), (".a * -.b + .c", "(.a * (-.b)) + .c"),
    ("!.a = .b", "(!.a) = .b"), ("!.a * .b", "!(.a * .b)"), ("!-.a + .b", "(!(-.a)) + .b"), (".a || .b && .c", "(.a || .b) && .c"),
    (".a && .b || .c", "(.a && .b) || .c"), (".a = 1 = true", "(.a = 1) = true"), (".a = nil = nil", "(.a = nil) = nil"),
    ("nil = .a", ".a = nil"), ("nil != .a", ".a != nil"), (".a ^ .b ^ .c", ".a ^ (.b ^ .c)"), (".a - .b - .c", "(.a - .b) - .c"),
    (".a + .b * .c ^ .d", ".a + (.b * (.c ^ .d))"), (".a / .b * .c", "(.a / .b) * .c"), (".a = 1 && .b = 2", "(.a = 1) && (.b = 2)"),
    ("-.a + .b", "(-.a) + .b"), ("nil = .a + 1", "(.a + 1) = nil"), (".a * -.b / .c", ".a * (-(.b / .c))"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "grouped"), SAME)
def test_expression_is_grouped(text: str, grouped: str) -> None:
    written, plain = (parse(f"{{ }} | by({expr}) | by(.z)") for expr in (text, grouped))
    if written.tree is None:  # of another type than by() takes
        written, plain = (parse(f"{{ ({expr}) = ({expr}) || .z }}") for expr in (text, grouped))
    assert written.problem == plain.problem
    assert written.tree == plain.tree


@pytest.mark.parametrize(("text", "grouped"), [
    ("{ .a } && { .b } > { .c }", "{ .a } && ({ .b } > { .c })"), ("{ .a } || { .b } && { .c }", "({ .a } || { .b }) && { .c }"),
    ("{ .a } > { .b } >> { .c }", "({ .a } > { .b }) >> { .c }"), ("({ .a })", "{ .a }"),
    ("({ .a } | count() > 1)", "{ .a } | count() > 1"),
    ("(({ } | rate())) * 2", "({ } | rate()) * 2"), ("({ } | rate()) + 2 * 3", "({ } | rate()) + (2 * 3)"),
    ("{ } | rate() with (a=1) with (b=2)", "{ } | rate() with (b=2)"),
])  # fmt: skip
def test_query_is_grouped(text: str, grouped: str) -> None:
    assert parse(text).tree == parse(grouped).tree is not None


VALID = (
    "{ }", "{ true }", "{ .a }", "{ duration > 1 }", '{ name > "a" }', "{ span:childCount > 1s }", "{ status = .a }", "{ .a + .b }",
    "{ -.a }",
    '{ "service.name" = "x" }', "{ .a = nil }", "{ nil = nil }", "{ .a } && { .b }", "{ .a } !>> { .b }", "{ .a } &~ { .b }",
    "{ .a } ~ { .b }",
    "{ .a } !~ { .b }", "{ } | { .a }", "{ } | count() > 1", "{ } | (count()) > 1", "{ } | avg(duration) > 1s", "{ } | max(.a) >= -(1s)",
    "{ } | sum(.a + .b) != 2 * (3 + 4) - 1", "count() > 1", "by(.a)", "{ } | by(.a) | coalesce() | count() = 2",
    "{ } | select(.a, name, span:id)",
    "by(.a) | rate()", "{ } | rate()", "{ } | rate ( ) by ( .a , .b )", "{ } | count_over_time() by (name)", "{ } | min_over_time(.a)",
    "{ } | quantile_over_time(duration, .5, 0.9, 1) by (.a)", "{ } | histogram_over_time(duration)", "{ } | rate() > 5 < 10 | topk(3) > 1",
    "{ } | rate() | topk(3) | bottomk(2)", "{ } | rate() > 5s", "{ } | rate() > 1 / 0.", "{ } | compare({ .a })",
    "{ } | compare({ .a }, 10)",
    "{ } | compare({ .a }, 10, 1, 2)", "{ } | rate() with (exemplars=true, x=1s, y=error, z=minInt, w=\"a\")",
    "{ } with (most_recent=true)",
    "({ .a } | count() > 1) && ({ .b })", "({ .a } | count() > 1) > ({ .b } | by(.c))", "({ .a }) && ({ .b })",
    "({ .a } > { .b }) | rate()",
    "({ } | rate()) * 100", "100 * ({ } | rate())", "({ } | rate())", "(({ } | rate()) + ({ } | rate())) * 2 > 5 | topk(3)",
    "-1 * ({ } | rate())",
    "({ } | rate() > 1 | topk(3)) / ({ } | rate() by (.a))", "{ } | sum_over_time(status)", "{ } | quantile_over_time(name, .5)",
    "{ } | rate() by (parent.a)", "{ } | rate() by (.a, .a, .b, .c, .d)", "{ } | sum_over_time(.a) by (.a, .b, .c, .d, .e)",
    "{ (.a) = nil }",
    '{ .a =~ ("x") }', "{ .a != nil } | sum_over_time(.a)", "({ .a } | count() > 1)", "{ span.a=1||span.b=2 }", "{ maxInt = .a }",
)  # fmt: skip


@pytest.mark.parametrize("text", VALID)
def test_query_is_valid(text: str) -> None:
    assert parse(text).problem is None


INVALID = (
    ("", ""), ("   ", ""), ("{", "{"), ("{ } }", "}"), ("{ () }", ")"), ("{ nil }", "nil"), ("{ .a > nil }", "nil"),
    ("{ (nil) = .a }", "nil"),
    ("{ service.name = `x` }", "service.name"), ("{ } | select(latency.ms)", "latency.ms"), ("{ } | group_by(span.x)", "group_by"),
    ("{ .a == 1 }", "=="), ("{ .a = 1 and .b }", "and"), ("{ .a = 1 or .b }", "or"), ("{ not .a }", "not"), ("{ .a = 'x' }", "'"),
    ("{ } | count(.a) > 1", ".a"), ("{ } | sum() > 1", "sum()"), ("{ } | sum(span.x)", "sum(span.x)"), ("{ } | count()", "count()"),
    ("{ } | 3 < 4", "3 < 4"), ("{ .a } | count() > 1 && { .b }", "&&"), ("coalesce()", "coalesce"), ("{ } | topk(3)", "topk"),
    ("({ } | count() > 1) | rate()", "|"), ("({ .a }) && ({ .b } | count() > 1)", "({ .b } | count() > 1)"), ("{ } | rate() * 100", "*"),
    ("({ .a } | count() > 1) && { .b }", "{ .b }"), ("{ } | rate() > 1s * 2", "1s * 2"), ("{ } | rate() > 1 / 0", "1 / 0"),
    ("{ } | rate() > `a`", "`a`"), ("{ } | rate() > 2 % 1", "%"), ("({ } | rate()) % 2", "%"), ("1 + 2", None), ("{ } | by(.a, .b)", ","),
    ("{ } | by()", "by()"), ("{ } | select()", "select()"), ("{ } | select(.a,)", ")"), ("{ } | select(.a + .b)", "+"),
    ("{ } with ()", "with()"),
    ("{ } | rate() by ()", "by()"), ("{ } | rate() by (.a) by (.b)", "by"), ("{ } | rate() | topk(3) by (.a)", "by"),
    ("{ } | rate() | by(.a)", "|"),
    ("{ } | quantile_over_time(.a)", ")"), ("{ } | quantile_over_time(.a, -1)", "-"), ("{ } | quantile_over_time(.a, 1s)", "1s"),
    ("{ } | compare({ .a }, 1, 2)", ")"), ("{ } | compare({ .a }) by (.a)", "by"), ("{ } | topk(1.5)", "topk"),
    ("{ } | rate() | topk(1.5)", "1.5"),
    ("{ } | rate() with (rate=1)", "rate"), ("{ } | rate() with (a=-1)", "-"), ("{ } | rate() with (a.b=1)", ".b"), ("rate()", "rate"),
    ("(({ } | rate()) + 1 > 5) / 2", ">"), ("({ } | rate()) > ({ } | rate())", "("), ("-({ } | rate())", "("),
    ("{ } | -count() > 1", "count"),
    ("{ } | RATE()", "RATE"), ("{ { } }", "{"), ("{ .a .b }", ".b"), ("{ } { }", "{"), ("{ .a } | rate", ""), ("({ } with (a=1))", "with"),
    ("{ } | rate() > 1 + ", ""), ("{ = 1 }", "="), ("{ .a = }", "}"), ("{ } | ({ } | count() > 1)", None), ("{ .a in (1) }", "in"),
    ("{ count() }", "count"),
)  # fmt: skip


def found(parsed: Parsed) -> str:
    assert parsed.problem is not None
    return "".join(parsed.text[slice(*parsed.problem.span)].split())


@pytest.mark.parametrize(("text", "at"), INVALID)
def test_query_is_a_syntax_error_at_its_place(text: str, at: str | None) -> None:
    parsed = parse(text)
    assert parsed.problem is not None
    assert parsed.problem.stage == "syntax"
    if at is not None:
        assert found(parsed) in ("".join(at.split()), "".join(text.split()) if not at else "")


@pytest.mark.parametrize(("text", "hint"), [
    ("{ service.name = `x` }", "resource.service.name"), ("{ } | select(latency.ms)", "span.latency.ms"),
    ("{ } | group_by(span.x)", "by ("),
    ("{ .a == 1 }", "single ="), ("{ .a and .b }", "&&"), ("{ .a or .b }", "||"), ("{ .a = 'x' }", "double quotes"),
    ("{ } | rate() * 2", "parentheses"),
    ("{ } | count(.a) > 1", "count() > 0"), ("{ } | sum(span.x)", "sum_over_time(span.x)"), ("{ status = eror }", "error"),
    ("{ .a <> 1 }", "!="),
    ("# x", "//"), ("{ .a = null }", "nil"), ("{ trace:rootServiceName = `a` }", "trace:rootService"), ("{ id = `a` }", "span:id"),
    ("{ } | histogram_quantile(0.9)", "quantile_over_time"), ("rate({ })", "{ } | rate"), ("{ .a > 0x10 }", "16"),
])  # fmt: skip
def test_hint_says_what_to_write(text: str, hint: str) -> None:
    problem = parse(text).problem
    assert problem is not None
    assert hint in problem.hint


def test_problem_has_line_and_column() -> None:
    problem = parse("{ .a }\n  | group_by(.b)").problem
    assert problem is not None
    assert (problem.line, problem.column, problem.span) == (2, 5, (11, 19))


def test_fields_are_given_in_source_order_with_their_places() -> None:
    text = '{ resource."service.name" = "x" && nil != span.b } | sum_over_time(span.c) by (span.d, span: name)'
    fields = parse(text).fields
    assert [text[slice(*field.span)] for field in fields] == ['resource."service.name"', "span.b", "span.c", "span.d", "span: name"]
    assert [(field.scope, field.name) for field in fields][::4] == [("resource", "service.name"), ("intrinsic", "span:name")]


@pytest.mark.parametrize(("text", "kind"), [("{ }", "search"), ("{ } | rate()", "metrics"), ("({ } | rate()) * 2", "metrics"), ("{", None)])
def test_kind_tells_metrics_from_search(text: str, kind: str | None) -> None:
    assert parse(text).kind == kind


def only(text: str) -> MetricsQuery:
    tree = parse(text).tree
    assert tree is not None
    return metrics(tree)[0]


def test_metrics_stage_tells_what_it_is_given() -> None:
    stage = only("{ } | quantile_over_time(span.a, 0.5, 1) by (.b)").stage
    assert (stage.function, stage.field, stage.quantiles, stage.by) == (
        "quantile_over_time", Field(scope="span", name="a"), (0.5, 1.0), (Field(scope="", name="b"),)
    )  # fmt: skip


GUARDED = (
    ("{ span.a != nil }", True), ("{ nil != span.a }", True), ("{ span.a > 1 && .b }", True), ("{ .b && 1 < span.a }", True),
    ("{ }", False),
    ("{ .b || span.a > 1 }", False), ("{ span.a > 1 || span.a < 0 }", True), ("{ span.a = nil }", False), ("{ .a != nil }", False),
    ("{ .b } | { span.a != nil }", True), ("{ span.a } && { .b }", False), ("{ .b } > { span.a != nil }", True),
    ("{ span.a != nil } > { .b }", False),
    ("{ span.a != nil } && { span.a != nil && .b }", True), ("{ span.a != nil } &> { .b }", False), ("{ span.a != nil } | by(.b)", True),
    ('{ span."a" != nil }', True), ("{ .b || .c && span.a = 1 }", True), ("{ !span.a }", False),
)  # fmt: skip


@pytest.mark.parametrize(("text", "holds"), GUARDED)
def test_field_is_guaranteed(text: str, holds: bool) -> None:
    assert guarantees(only(f"{text} | rate()").pipeline, Field(scope="span", name="a")) is holds


def test_conditions_that_hold_are_the_conjuncts() -> None:
    assert len(must_hold(only("{ .a = 1 && (.b || .c) && .d } | { .e } | rate()").pipeline)) == 4


@pytest.mark.parametrize(("text", "places"), [
    ("{ .a || .b && .c }", ["&&"]), ("{ (.a || .b) && .c }", []), ("{ .a || (.b && .c) }", []), ("{ .a && .b || .c && .d }", ["||", "&&"]),
    ("{ .a && .b && .c }", []), ("{ (.a) || .b && .c }", ["&&"]), ("{ ((.a) || .b) && .c }", []),
])  # fmt: skip
def test_mixed_logic_is_found(text: str, places: list[str]) -> None:
    tree = parse(text).tree
    assert tree is not None
    assert [text[slice(*span)] for span in mixed_logic(tree)] == places


def test_comparisons_of_fields_with_constants_are_found() -> None:
    tree = parse('{ .a = 1 && -2 < .b && .c =~ "x" && .d = .e && .f != nil && "g" = "h" }').tree
    assert tree is not None
    assert [(one.field.name, one.op, one.value.value) for one in comparisons(tree)] == [("a", "=", 1), ("b", ">", -2), ("c", "=~", "x")]
    assert [one.left for one in constant_comparisons(tree)] == [Constant(type="string", value="g")]
