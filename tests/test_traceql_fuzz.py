"""TraceQL on any text: nothing is raised, nothing takes long, and places stay inside the author's text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obskit.traceql import Problem, canonical, parse, requires, walk

WORDS = (
    "{ } ( ) , | = != =~ !~ > >= < <= + - * / % ^ ! && || >> << ~ &> &>> !>> .a span.b resource.service.name parent.c name "
    "status span:id nil true error server "
    "count() sum(.a) by( select( coalesce() rate() by sum_over_time( quantile_over_time( compare( topk(3) with( "
    "x=1 1 1.5 2s 09 1x \"a\" `\\d` \" ' ` \\ # // /* $ $a ${b} "
    "[[c]] é \ud800 foo service.name == and minInt . : ; @ \x00"
)
PART = st.sampled_from([*WORDS.split(), " ", "\n", "\u00a0"])
TEXTS = st.lists(PART, max_size=40).map(" ".join) | st.lists(PART, max_size=40).map("".join) | st.text(max_size=40)
VALUES = st.dictionaries(st.sampled_from(["a", "b", "c"]), TEXTS, max_size=3)
QUICK = settings(max_examples=150, deadline=None)

OPERAND = st.sampled_from([".a", "span.b", 'span."x y"', "1", "2.5", "3s", "duration", "-.a", "!.a", "-1", "minInt", "1ms5ns"])
EXPR = st.recursive(
    OPERAND,
    lambda inner: st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "%", "^", "=", "!=", "<", ">=", "&&", "||"]), inner).map(" ".join)
    | inner.map(lambda text: f"({text})")
    | inner.map(lambda text: f"({text}) = nil")
    | st.tuples(st.sampled_from("-!"), inner).map("".join),
    max_leaves=8,
)
NUMBER = st.recursive(
    st.sampled_from([".a", "span.b", "1", "2.5", "3s", "duration", "minInt"]),
    lambda inner: st.tuples(st.sampled_from(["-", "(-", "("]), inner, st.sampled_from(["+", "-", "*", "/", "^"]), inner).map(
        lambda part: f"{part[0]}{part[1]}{')' if '(' in part[0] else ''} {part[2]} {part[3]}"
    ),
    max_leaves=6,
)
FILTER = NUMBER.map(lambda text: f"{{ {text} = .z }}") | EXPR.map(lambda text: f"{{ ({text}) = .z }}") | st.just("{ }")
SETS = st.recursive(
    FILTER,
    lambda inner: st.tuples(inner, st.sampled_from(["&&", "||", ">", "<<", "~", "!>", "&>>", "!~"]), inner).map(" ".join)
    | inner.map(lambda text: f"({text})"),
    max_leaves=5,
)
PIPES = st.tuples(SETS, st.sampled_from(["", " | count() > 2", " | by(.a) | coalesce()", " | avg(.a + 1) > 1s",
" | select(.a, name)"])).map("".join)
METRICS = st.tuples(PIPES, st.sampled_from([" | rate()", " | sum_over_time(.a) by (.b)",
" | quantile_over_time(.a, .5, 1) > 2 | topk(3)"])).map("".join)
MATH = st.recursive(
    METRICS.map(lambda text: f"({text})"),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner | st.just("-2")).map(" ".join), max_leaves=4
)
WRAPPED = st.tuples(PIPES.map(lambda text: f"({text} | count() > 1)"), st.sampled_from(["&&", "||",
">"]), PIPES.map(lambda text: f"({text})")).map(" ".join)
QUERIES = PIPES | METRICS | MATH | WRAPPED


@QUICK
@given(TEXTS, VALUES)
def test_parse_answers_any_text_within_a_second(text: str, values: dict[str, str]) -> None:
    began = time.process_time()
    parsed = parse(text, values)
    assert time.process_time() - began < 1
    assert (parsed.tree is None) == isinstance(parsed.problem, Problem)
    if parsed.tree is not None:
        requires(parsed.tree)
        assert parse(canonical(parsed.tree)).tree == parsed.tree


@QUICK
@given(TEXTS | QUERIES, VALUES)
def test_places_lie_inside_the_text(text: str, values: dict[str, str]) -> None:
    parsed = parse(text, values)
    spans = [field.span for field in parsed.fields] + [use.span for use in parsed.variables]
    spans += [parsed.problem.span] if parsed.problem else []
    spans += [node.span for node in walk(parsed.tree)] if parsed.tree else []
    assert all(0 <= start <= end <= len(text) for start, end in spans)


@settings(max_examples=300, deadline=None)
@given(QUERIES)
def test_printed_query_is_read_as_the_same_tree(text: str) -> None:
    parsed = parse(text)
    assert parsed.problem is None or parsed.problem.stage == "validation"
    if parsed.tree is not None:
        assert parse(canonical(parsed.tree)).tree == parsed.tree


HUGE = (
    "(" * 100_000, "{ .a = " + "!" * 100_000, "{ " + "(" * 150 + ".a", '"' * 200_000, '"' + "a" * 1_000_000, "{ .a = " + "9" * 200_000,
    "$" * 100_000,
    "{ .a = " + "1" * 200_000 + "h1 }", "{ .a =~ `" + "(" * 200_000 + "` }", "{ .a =~ `" + "a{1000}" * 30_000 + "` }",
    "{ ." + '"a' * 100_000, "/*" * 100_000,
    "{ .a } " + "| { .a } " * 20_000, "{ .a" + " || .a" * 40_000 + " }",
    "[[" * 100_000, "{ $a " + "&& $a " * 30_000, "\\" * 200_000, "`" * 200_001,
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(HUGE)))
def test_huge_text_is_answered_within_two_seconds(number: int) -> None:
    began = time.process_time()
    parse(HUGE[number])
    assert time.process_time() - began < 2
