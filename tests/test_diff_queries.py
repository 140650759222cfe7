"""Two texts of one query: nothing where they mean the same, words where there are some, both in full where there are none."""

from __future__ import annotations

import pytest

from obskit.diff.queries import asked, variable_asked
from obskit.diff.words import phrases


def told(before: str, after: str, language: str = "promql") -> list[str]:
    return phrases(asked(before, after, language))


def in_full(before: str, after: str, language: str = "promql") -> bool:
    edits = asked(before, after, language)
    return [(edit.what, edit.before, edit.after, edit.block) for edit in edits] == [("query", before, after, True)]


WORDS = (
    ("rate(a[5m])", "rate(a[1m])", ["window 5m → 1m"]),
    ("rate(a[5m])", "rate(a[$__rate_interval])", ["window 5m → $__rate_interval"]),
    ("rate(a[$w])", "rate(a[$other])", ["window $w → $other"]),
    ("rate(a[5m]) / rate(b[5m])", "rate(a[1m]) / rate(b[1m])", ["window 5m → 1m"]),
    ("rate(a[5m]) / rate(b[5m])", "rate(a[1m]) / rate(b[5m])", ["window of a 5m → 1m"]),
    ("max_over_time(a[1h:5m])", "max_over_time(a[2h:1m])", ["window of the subquery 1h → 2h", "step of the subquery 5m → 1m"]),
    ("a > 0.1", "a > 0.2", ["threshold 0.1 → 0.2"]),
    ("a > 1e3", "a > 2000.0", ["threshold 1000 → 2000"]),
    ("a > 1", "a >= 1", ["comparison > → >="]),
    ("a", "a > 5", ["threshold added: > 5"]),
    ("a > 5", "a", ["threshold removed (was > 5)"]),
    ("a > bool 1", "a > 1", ["bool removed"]),
    ("a", 'a{b="1"}', ['matcher added: b="1"']),
    ('a{b="1"}', "a", ['matcher removed (was b="1")']),
    ('a{b="1"}', 'a{b=~"2.."}', ['matcher b="1" → b=~"2.."']),
    ('a{b="1"}', 'a{c="1"}', ['matcher b="1" → c="1"']),
    ('a{b="$x"}', 'a{b="$y"}', ['matcher b="$x" → b="$y"']),
    ('a{c="1"} / b{c="1"}', 'a{c="2"} / b{c="1"}', ['matcher of a c="1" → c="2"']),
    ("sum by (a) (x)", "sum by (a, b) (x)", ["grouping by (a) → by (a, b)"]),
    ("sum(x)", "sum by (b) (x)", ["grouping none → by (b)"]),
    ("sum by (a) (x)", "sum without (a) (x)", ["grouping by (a) → without (a)"]),
    ("sum(x)", "avg(x)", ["aggregation sum → avg"]),
    ("rate(a[5m])", "increase(a[5m])", ["function rate → increase"]),
    ("quantile(0.9, a)", "quantile(0.99, a)", ["quantile 0.9 → 0.99"]),
    ("topk(5, a)", "topk(10, a)", ["limit of topk 5 → 10"]),
    ("a / 100", "a / 1000", ['number beside "/" 100 → 1000']),
    ("clamp_max(a, 1)", "clamp_max(a, 2)", ["argument 2 of clamp_max 1 → 2"]),
    ("a", "a / 100", ["operand added: / 100"]),
    ("a", "a or b", ["operand added: or b"]),
    ("a", "a / on (x) (b + c)", ["operand added: / on (x) (b + c)"]),
    ("a", "sum by (x) (a)", ["wrapping added: sum by (x) (…)"]),
    ("max(rate(a[5m]))", "rate(a[5m])", ["wrapping removed (was max(…))"]),
    ("a offset 1d", "a", ["offset removed (was 1d)"]),
    ("a offset 1d", "a offset 2d", ["offset 1d → 2d"]),
    ("a @ end()", "a @ start()", ["time pinned by @ end() → start()"]),
    ("a / on (x) b", "a / on (x, y) b", ["matching on (x) → on (x, y)"]),
    ("a / on (x) b", "a / on (x) group_left (z) b", ["matching on (x) → on (x) group_left (z)"]),
    ("a + b", "a - b", ["operator + → -"]),
    ("a", "b", ["metric a → b"]),
    ('{__name__="a"}', "b", ["metric a → b"]),
    ('label_replace(a, "x", "$1", "y", "(.*)")', 'label_replace(a, "z", "$1", "y", "(.*)")', ['argument 2 of label_replace "x" → "z"']),
)


@pytest.mark.parametrize(("before", "after", "words"), WORDS)
def test_promql_change_is_told(before: str, after: str, words: list[str]) -> None:
    assert told(before, after) == words


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sum by(a,b)(rate( x [5m]))", "sum by (b, a) (rate(x[300s]))"),
        ('a{x="1", y="2"}', 'a{y="2",x="1",}'),
        ("(a)", "a # a comment"),
        ("sum(a) by (x)", "sum by (x) (a)"),
        ("sum by () (a)", "sum(a)"),
        ('{__name__="a"}', "a"),
        ("a > 0.10", "a > .1"),
        ('a{b="$x"}', 'a{b="${x}"}'),
        ("rate(a[$__rate_interval])", "rate(a[${__rate_interval}])"),
        ("a{b='1'}", 'a{b="1"}'),
    ],
)
def test_promql_of_one_meaning_is_no_difference(before: str, after: str) -> None:
    assert told(before, after) == []
    assert not asked(before, after, "promql")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a{", "b{"),
        ("a @ -5", "a @ -6"),
        ('a{b="$x"}', 'a{b="${x:regex}"}'),
        ("a > $x", "a > 5"),
        ("a > $x", "a > $y"),
        ("$f(a)", "$g(a)"),
        ("rate(a[$x]) + rate(b[$y])", "rate(a[$y]) + rate(b[$x])"),
        ("sum(a) / max(b)", "avg(c) or vector(0) * time()"),
        ("a + b", "rate(a[5m])"),
    ],
)
def test_promql_without_words_is_told_in_full(before: str, after: str) -> None:
    assert in_full(before, after)


def test_many_edits_of_one_query_are_told_in_full() -> None:
    before = 'sum by (a) (rate(x{p="1", q="1", r="1"}[5m])) > 1'
    assert in_full(before, 'avg by (b) (irate(y{p="2", q="2", r="2"}[1m])) >= 2')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (" + ".join(f"rate(a{number}[5m])" for number in range(900)), " + ".join(f"rate(b{number}[1m])" for number in range(900))),
        ("(" * 60 + "a" + ")" * 60, "abs(" * 60 + "b" + ")" * 60),
        ("-" * 400 + "a", "-" * 400 + "b"),
        ("a" * 300_000, "b" * 300_000),
    ],
)
def test_large_queries_are_compared_without_failing(before: str, after: str) -> None:
    assert asked(before, after, "promql")
    assert asked(f"{{ .a = {before!r} }}", f"{{ .a = {after!r} }}", "traceql")


def test_name_that_is_still_there_was_not_renamed() -> None:
    assert [edit.rename for edit in asked("a + b", "b + a", "promql")] == [None, None]


TRACEQL = (
    ("{ } | rate()", "{ } | count_over_time()", ["function rate → count_over_time"]),
    ("{ duration > 1s }", "{ duration > 2s }", ["condition duration > 1s → duration > 2s"]),
    ('{ span.a = "x" }', '{ span.a = "x" && status = error }', ["condition added: status = error"]),
    ('{ span.a = "x" && span.b = "y" }', '{ span.b = "y" }', ['condition removed (was span.a = "x")']),
    ('{ span.a = "x" }', '{ span.b = "x" }', ['condition span.a = "x" → span.b = "x"']),
    ('{ span.a = "$x" }', '{ span.a = "$y" }', ['condition span.a = "$x" → span.a = "$y"']),
    ("{ } | rate() by (span.a)", "{ } | rate() by (span.a, span.b)", ["grouping by (span.a) → by (span.a, span.b)"]),
    ("{ } | sum_over_time(span.a)", "{ } | sum_over_time(span.b)", ["attribute measured span.a → span.b"]),
    ("{ } | quantile_over_time(duration, 0.9)", "{ } | quantile_over_time(duration, 0.99)", ["quantiles 0.9 → 0.99"]),
    ("{ } | rate() | topk(5)", "{ } | rate() | topk(9)", ["limit topk(5) → topk(9)"]),
    ("{ } | rate() > 5", "{ } | rate() > 6", ["threshold > 5 → > 6"]),
    ("{ } | count() > 5", "{ } | count() > 6", ["threshold count() > 5 → count() > 6"]),
    ("{ } | select(span.a)", "{ } | select(span.a, span.b)", ["selected span.a → span.a, span.b"]),
    ("{ } | rate()", "{ } | rate() with (sample=true)", ["hints added: sample=true"]),
)


@pytest.mark.parametrize(("before", "after", "words"), TRACEQL)
def test_traceql_change_is_told(before: str, after: str, words: list[str]) -> None:
    assert told(before, after, "traceql") == words


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{span.a="x"&&duration>1s}', '{ duration > 1000ms && span.a = "x" }'),
        ("{}|rate()", "{ } | rate()"),
        ('{ .a = "$x" }', '{ .a = "${x}" }'),
    ],
)
def test_traceql_of_one_meaning_is_no_difference(before: str, after: str) -> None:
    assert asked(before, after, "traceql") == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [("{ a", "{ b"), ("{ } >> { }", "{ } > { }"), ("{ }", "{ } | rate()"), ('{ .a = "$x" }', '{ .a = "${x:regex}" }')],
)
def test_traceql_without_words_is_told_in_full(before: str, after: str) -> None:
    assert in_full(before, after, "traceql")


def test_variable_query_is_read() -> None:
    assert phrases(variable_asked('label_values(a{x="1"}, job)', "label_values(a, pod)")) == [
        'matcher removed (was x="1")',
        "label whose values are listed job → pod",
    ]


@pytest.mark.parametrize(("before", "after"), [("label_values(job)", "label_values(pod)"), ("metrics(a)", "metrics(b)"), ("", "up")])
def test_variable_query_without_words_is_told_in_full(before: str, after: str) -> None:
    (edit,) = variable_asked(before, after)
    assert (edit.before, edit.after, edit.block) == (before or None, after, True)
