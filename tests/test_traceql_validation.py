"""What Tempo refuses after reading: types, limits, regexes, and what it does not support yet."""

from __future__ import annotations

import pytest

from obskit.traceql import parse

INVALID = (
    ("{ .a > error }", "error"), ("{ .a && 1 }", "1"), ("{ .a > true }", "true"), ('{ .a + "x" = 1 }', '"x"'),
    ("{ status > error }", "status"),
    ('{ (.a + 1) = "x" }', '(.a + 1) = "x"'), ("{ .a =~ .b }", ".b"), ('{ "a" =~ .b }', ".b"), ("{ .a =~ 1 }", "1"),
    ('{ -"x" = "x" }', '-"x"'),
    ("{ !1 = 1 }", "!1"), ("{ -true }", "-true"), ("{ name = nil }", "name"), ("{ nil = name }", "name"),
    ("{ (duration) = nil }", "duration"),
    ("{ instrumentation:name = nil }", "instrumentation:name"), ("{ resource.service.name = nil }", "resource.service.name"),
    ('{ resource."service.name" = nil }', 'resource."service.name"'), ("{ status }", "status"), ("{ 1 }", "1"), ('{ "x" }', '"x"'),
    ("{ .a + 1 }", ".a + 1"), ('{ status = "error" }', 'status = "error"'), ('{ kind = "server" }', 'kind = "server"'),
    ("{ name = 1 }", "name = 1"),
    ('{ duration > "1s" }', 'duration > "1s"'), ("{ status = server }", "status = server"), ("{ } | avg(name) > 1", "name"),
    ("{ } | sum(1) > 1", "1"),
    ("{ } | by(1)", "1"), ("{ } | by(.a + true)", "true"), ("{ } | rate() | topk(0)", "| topk(0)"),
    ("{ } | quantile_over_time(.a, 1.1)", "1.1"),
    ("{ } | quantile_over_time(.a, 95)", "95"), ("{ } | compare({ .a }, 0)", "0"), ("{ } | compare({ .a }, 1001)", "1001"),
    ("{ } | compare({ .a }, 1, 2, 1)", "2, 1"), ("{ } | compare({ .a }, 1, 0, 1)", "0, 1"), ("{ } | compare({ 1 })", "1"),
    ("{ } | compare({ .a }) > 1", "> 1"), ("{ } | compare({ .a }) | topk(1)", "| topk(1)"),
    ("({ } | compare({ .a })) + 1", "compare({ .a })"),
    ("({ 1 } | rate()) * 2", "1"), ("{ .a } > { 1 }", "1"), ("({ 1 } | count() > 1) && ({ .b })", "1"), ("{ .a } | { 1 }", "1"),
    ("{ true + 1 = 1 }", "true + 1"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "at"), INVALID)
def test_query_is_refused_by_validation_at_its_place(text: str, at: str) -> None:
    problem = parse(text).problem
    assert problem is not None
    assert (problem.stage, text[slice(*problem.span)]) == ("validation", at)
    assert problem.hint


UNSUPPORTED = (
    ("{ parent.a }", "parent.a"), ("{ parent = 1 }", "parent"), ("{ parent.span.a > 1 }", "parent.span.a"),
    ("{ } | by(parent.a)", "parent.a"),
    ("{ } | select(parent.a)", "parent.a"), ("{ } | sum(parent.a) > 1", "parent.a"), ("{ } | 3 < count()", "3 < count()"),
    ("{ } | count() + 1 > 3", "count() + 1 > 3"), ("{ } | min(.a) < max(.b)", "min(.a) < max(.b)"),
    ("({ } | count()) > 2", "({ } | count()) > 2"),
    ("({ } | count()) + 1 > 2", "({ } | count()) + 1 > 2"), ("{ } | count() ^ 2 > 1", "count() ^ 2 > 1"),
    ("{ } | count() > 1 + max(.a)", None),
    ("{ } | rate() by (.a, .b, .c, .d, .e, .f)", ".f"), ("{ } | avg_over_time(.x) by (.a, .b, .c, .d, .e)", ".e"),
    ("{ } | quantile_over_time(.x, .5) by (.a, .b, .c, .d, .e)", ".e"), ("{ } | histogram_over_time(.x) by (.a, .b, .c, .d, .e)", ".e"),
    ("{ } | compare({ parent.a })", "parent.a"), ("{ " + "(" * 250 + ".a" + ")" * 250 + " }", None), ("{ .a" + " || .a" * 500 + " }", None),
    ("{ " + "!" * 300 + ".a }", None), ("(" * 300 + "{ }" + ")" * 300, None), ("{ .a" + " ^ .a" * 300 + " }", None),
    ("{ .a } // " + "x" * 300_000, None),
)  # fmt: skip


@pytest.mark.parametrize(("text", "at"), UNSUPPORTED)
def test_query_is_unsupported_at_its_place(text: str, at: str | None) -> None:
    problem = parse(text).problem
    assert problem is not None
    assert problem.stage == "unsupported"
    if at is not None:
        assert text[slice(*problem.span)] == at


@pytest.mark.parametrize(("text", "hint"), [
    ('{ status = "error" }', "status = error"), ('{ kind = "server" }', "kind = server"), ('{ duration > "1s" }', "duration > 100ms"),
    ("{ } | quantile_over_time(.a, 95)", "0.95"), ("{ name = 1 }", 'name = "x"'),
])  # fmt: skip
def test_validation_hint_says_what_to_write(text: str, hint: str) -> None:
    problem = parse(text).problem
    assert problem is not None
    assert hint in problem.hint


@pytest.mark.parametrize("text", [
    "{ .resource.service.name = nil }", "{ .service.name = nil }", "{ name != nil }", "{ resource.service.name != nil }",
    "{ -duration < 1 }",
    "{ !(.a = 1) }", "{ .a + 1 > 2s }", "{ duration > 1.5 }", '{ "a" = "b" }', "{ status = error && kind != client }", "{ } | by(name)",
    "{ } | by(-.a + 1)", "{ } | rate() by (.a, .b, .c, .d, .e)", "{ } | compare({ .a }, 1000, 0, 0)", '{ .a =~ "x" = true }',
])  # fmt: skip
def test_query_passes_validation(text: str) -> None:
    assert parse(text).problem is None


COMPILE = (
    "a|b", ".*", "^a+?$", "[a-z]{2,3}", "[]a]", "[^]a]", r"\d+\.\w*", "(?i)a", "(?P<n>a)", "(?<n>a)",
    "(?:a)*", r"\pL\p{Greek}", r"[[:alpha:]-]",
    r"\x41\x{1F600}", "a{,5}", "a{1", "", "()", "a(?i:b)", r"\Qa+\E+", r"\012", "x{1000}", "[a-]", r"[\d-z]", "(a+)+",
    "é+", r"\-\_", r"[\x00-\x{10FFFF}]",
    "a||b", "^*", "(?-s:a)",
)  # fmt: skip
BROKEN = (
    "(?=a)", "(?!a)", "(?<=a)", "(?<!a)", r"(a)\1", "(?P<n>a)(?P=n)", "a++", "a*+", "(?>a)", "(a)?(?(1)b)", "(", ")", "[", "[a", "a**",
    "*a", "a|*", "(+)",
    "[z-a]", r"\Z", "\\", r"[\b]", "x{1001}", "x{2,1}", r"\u0041", "(?#a)", "(?x)a", "(?P<n>a)(?P<n>b)", r"\é", r"\h",
    "[[:foo:]]", r"\x", r"\p{", "(?<n",
)  # fmt: skip


@pytest.mark.parametrize("regex", COMPILE)
def test_regex_compiles(regex: str) -> None:
    assert parse(f"{{ .a =~ `{regex}` }}").problem is None


@pytest.mark.parametrize("regex", BROKEN)
def test_regex_does_not_compile(regex: str) -> None:
    problem = parse(f"{{ .a !~ `{regex}` }}").problem
    assert problem is not None
    assert (problem.stage, problem.span) == ("validation", (8, 10 + len(regex)))
