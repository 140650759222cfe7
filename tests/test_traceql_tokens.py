"""The words of TraceQL: numbers, durations, strings, names, comments."""

from __future__ import annotations

import pytest

from obskit.traceql import Binary, Constant, Field, Filter, Pipeline, parse


def compared(text: str) -> Constant:
    """The constant that `.a` is compared with."""
    tree = parse(f"{{ .a = {text} }}").tree
    assert tree is not None, text
    assert isinstance(tree.root, Pipeline)
    stage = tree.root.stages[0]
    assert isinstance(stage, Filter)
    assert isinstance(stage.expr, Binary)
    assert isinstance(stage.expr.right, Constant)
    return stage.expr.right


def only_field(text: str) -> Field:
    parsed = parse(f"{{ {text} }}")
    assert parsed.problem is None, parsed.problem
    (field,) = parsed.fields
    return field


S = 1_000_000_000
VALUES = (
    ("010", "int", 10), ("0", "int", 0), ("9223372036854775807", "int", 2**63 - 1), ("minInt", "int", -(2**63)),
    ("maxInt", "int", 2**63 - 1),
    ("1.5", "float", 1.5), (".5", "float", 0.5), ("1.", "float", 1.0), ("1e3", "float", 1000.0), ("1E-3", "float", 0.001),
    ("1d1h", "duration", 90000 * S), ("1h30m", "duration", 5400 * S), ("1.5m30s", "duration", 120 * S), (".5s", "duration", S // 2),
    ("100us", "duration", 100_000), ("100µs", "duration", 100_000), ("1m1h", "duration", 3660 * S), ("1y", "duration", 365 * 86400 * S),
    ("2w", "duration", 14 * 86400 * S), ("5ns", "duration", 5), ("0s", "duration", 0), ("true", "bool", True), ("error", "status", "error"),
    ("server", "kind", "server"), ('"a"', "string", "a"), ('"\\a\\b\\f\\n\\r\\t\\v\\\\\\""', "string", '\a\b\f\n\r\t\v\\"'),
    ('"\\101\\x42\\u0043\\U00000044"', "string", "ABCD"), ('"\\\\d+"', "string", "\\d+"), ("`\\d+`", "string", "\\d+"),
    ('`a\nb"\'`', "string", "a\nb\"'"), ('"\\xc3\\xa9"', "string", "é"), ('""', "string", ""),
)  # fmt: skip
BROKEN = (
    "0x10", "1_000", "9223372036854775808", "09", "1e400", "1h30", "1d1.5h", "1e3s", "5M", "1 s", "1s2", "300y", "1.2.3", "1a", ".1a", "1e",
    "+1", "'a'", '"\\d"', "\"\\'\"", '"a\nb"', '"a', "`a", '"\\ud800"', '"\\U00110000"', '"\\400"', '"\\x4"', "TRUE", "NaN", "Inf", "/* a",
)  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "value"), VALUES)
def test_constant_has_type_and_value(text: str, kind: str, value: object) -> None:
    assert compared(text) == Constant(type=kind, value=value)  # type: ignore[arg-type]  # a table


@pytest.mark.parametrize("text", BROKEN)
def test_constant_that_is_none_is_a_syntax_error(text: str) -> None:
    problem = parse(f"{{ .a = {text} }}").problem
    assert problem is not None
    assert problem.stage == "syntax"
    assert problem.hint


NAMES = (
    (".a-1", "", "a-1"), (".a//b", "", "a//b"), (".a+b*c%d[0]:e.f@g$;'?", "", "a+b*c%d[0]:e.f@g$;'?"),
    ("span.duration", "span", "duration"),
    (".nil", "", "nil"), ("span.resource.a", "span", "resource.a"), ('span."foo bar".baz', "span", "foo bar.baz"), ('span.""', "span", ""),
    ('."a\\"b\\\\c"', "", 'a"b\\c'), ("span.5", "span", "5"), ("event.a", "event", "a"), ("link.a", "link", "a"),
    ("instrumentation.a", "instrumentation", "a"), ('resource."service.name"', "resource", "service.name"), (".`a`", "", "`a`"),
    ("span.größe", "span", "größe"), ("..a", "", ".a"), ('span.a"}"', "span", "a}"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "scope", "name"), NAMES)
def test_name_runs_to_space_or_operator(text: str, scope: str, name: str) -> None:
    assert only_field(text) == Field(scope=scope, name=name)  # type: ignore[arg-type]  # a table


PARENTS = (("parent.a", "parent", "a"), ("parent.span.a", "parent.span", "a"), ("parent.resource.a", "parent.resource", "a"))


@pytest.mark.parametrize(("text", "scope", "name"), [*PARENTS, ("parent.event.a", "parent", "event.a"), ('parent."span.a"', "parent",
"span.a")])
def test_parent_takes_one_further_scope(text: str, scope: str, name: str) -> None:
    parsed = parse(f"{{ }} | sum_over_time({text})")
    assert parsed.fields == (Field(scope=scope, name=name),)  # type: ignore[arg-type]  # a table


@pytest.mark.parametrize("text", ["span .a", "span. a", "span.", ". a", ".", 'span."a', 'span."\\d"', "span :name", "span:", "span:nam",
"a", "xspan.a"])
def test_field_that_is_none_is_a_syntax_error(text: str) -> None:
    problem = parse(f"{{ {text} = 1 }}").problem
    assert problem is not None
    assert problem.stage == "syntax"


@pytest.mark.parametrize("name", ["childCount", "rootService", "id", "traceID", "spanID", "parentID", "timeSinceStart", "version"])
def test_intrinsic_without_its_scope_is_told_its_scope(name: str) -> None:
    problem = parse(f"{{ {name} = 1 }}").problem
    assert problem is not None
    assert ":" in problem.hint


SAME = (
    "{ .a = 1 }", "{.a=1}", "{\n.a\n=\n1\n}", "{ .a = 1 } // end", "/* x */ { .a /* y\n */ = 1 }", "{ .a = 1 // x\n }", "{\t.a =\r\n1 }",
)  # fmt: skip


@pytest.mark.parametrize("text", SAME)
def test_space_and_comments_change_nothing(text: str) -> None:
    assert parse(text).tree == parse(SAME[0]).tree


@pytest.mark.parametrize("text", ["{ span:\tname = `a` }", "{ span: name = `a` }"])
def test_scoped_intrinsic_may_have_space_behind_its_colon(text: str) -> None:
    assert parse(text).tree == parse("{ span:name = `a` }").tree


@pytest.mark.parametrize("text", ["{ .a > = 1 }", "{ .a ! = 1 }", '{ .a = ~ "x" }', "{ .a } > > { .b }", "{ .a } & { .b }", "# a",
"{ .a == 1 }"])
def test_operator_torn_apart_is_a_syntax_error(text: str) -> None:
    problem = parse(text).problem
    assert problem is not None
    assert problem.stage == "syntax"


@pytest.mark.parametrize("text", ["{ .a =!true }", "{ .a &&!.b }", "{ .a >-1 }", "{.a}>{.b}", "{.a}&>>{.b}", "{.a}!<<{.b}"])
def test_operators_need_no_space(text: str) -> None:
    assert parse(text).problem is None
