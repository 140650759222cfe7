"""PromQL: what is accepted, what is refused and where, variables by slot, selectors with places, versions."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from obskit import promql
from obskit.promql import parse, requires, tokenize

ACCEPTED = [
    # expression, kind
    ("up", "vector"),
    ("1 + 2", "scalar"),
    ("1 + x", "vector"),
    ("-(1)", "scalar"),
    ("time()", "scalar"),
    ('"text"', "string"),
    ("x[5m]", "matrix"),
    ("x[5m:]", "matrix"),
    ("sum by (job) (rate(x[5m]))", "vector"),
    ("sum(rate(x[5m])) by (job) > bool 0.5", "vector"),
    ("a * on (x) group_left b", "vector"),
    ("a / ignoring (x) group_right (y) b", "vector"),
    ("x offset -5m @ end()", "vector"),
    ("x @ -5", "vector"),
    ("sum", "vector"),
    ("a and b or c unless d atan2 e", "vector"),
    ("x # and a comment", "vector"),
    ("x{a=~`\\d+`}", "vector"),
    ("x{a=`say \"hi\"\n`}", "vector"),
    ("x > 1_000", "vector"),
    ("0x_1F + .5 + 5. + 1e3", "scalar"),
    ("Inf + nan", "scalar"),
    ("x{inf=\"a\"}", "vector"),
    ("holt_winters(x[5m], 0.5, 0.5)", "vector"),
    ('{"my.metric", "a.b"="c"}', "vector"),
    ("x[300]", "matrix"),
    ("-" * 150 + "x", "vector"),
    ("(" * 150 + "x" + ")" * 150, "vector"),
]

REFUSED = [
    # expression, the part meant, part of the message
    ("", "", "empty"),
    ("# nothing", "# nothing", "empty"),
    ("sum(rate(x[5m])", "(", '"(" is never closed'),
    ('up{job="a"', "{", '"{" is never closed'),
    ("x[5m", "[", '"[" is never closed'),
    ("x)", ")", '")" closes nothing'),
    ("sum(x]", "(x]", '"(" is closed by "]"'),
    ('x{a="b}', '"b}', "never closed"),
    ("x | json", "|", 'the character "|"'),
    ("x\u00a0+ y", "\u00a0", "U+00A0"),
    ("foo(x)", "foo", 'no function "foo"'),
    ("RATE(x[5m])", "RATE", 'no function "RATE"'),
    ("rate(x)", "rate", 'function "rate" needs a range vector, and gets an instant vector'),
    ("sum(rate(x[5m])) + sum(irate(y))", "irate", 'function "irate" needs a range vector'),
    ("rate(x[5m], 3)", "rate", "needs 1 argument, and gets 2"),
    ("topk(x)", "topk", '"topk" needs 2 arguments, and gets 1'),
    ("sum(x[5m])", "sum", '"sum" needs an instant vector, and gets a range vector'),
    ("sum()", "sum", "aggregates nothing"),
    ("sum by (job)", "sum", "aggregates nothing"),
    ("rate(x[5m]) by (job)", "by", "belongs to an aggregation"),
    ("up +", "+", "nothing on its right"),
    ("* up", "*", "nothing on its left"),
    ("x y", "y", "no operator between"),
    ("x = 1", "=", "outside of braces"),
    ("up{job=}", "job=", "has no value"),
    ("up{job=api}", "api", "not in quotes"),
    ('up{job=="api"}', "==", "does not match labels"),
    ('up{a="b" c="d"}', "c", "comma is missing"),
    ('up{a:b="c"}', "a:b", "holds a colon"),
    ("up{job}", "job", "compared with nothing"),
    ('x{a=~"("}', 'a=~"("', "regex"),
    ('x{a="\\d"}', "\\d", "not an escape"),
    ("{}", "{}", "matches everything"),
    ("1 == 1", "==", "bool"),
    ("a and 1", "and", "one side is a number"),
    ("a + on(x) group_left(x) b", "group_left", "both matched on and copied"),
    ("[5m]", "[", "no metric in front"),
    ("x[]", "[]", "range is empty"),
    ("x[30m1h]", "30m1h", "not in order"),
    ("x[5mm]", "5mm", "neither a number nor a duration"),
    ("x[0s]", "0s", "zero"),
    ("sum(x) offset 5m", "offset", "follows no metric"),
    ("x offset", "offset", "has no duration"),
    ("x[5m][5m]", "x[5m][5m]", "no metric"),
    ("1e400", "1e400", "too large"),
    ("x @ 1e30", "1e30", "out of range"),
    ("x offset 1e10", "1e10", "longer than Prometheus can hold"),
    ("x[400y]", "400y", "longer than Prometheus can hold"),
    ('foo{a="b" or c="d"}', "or", 'no "or" between matchers'),
    ("info(x, y)", "info", "more than a selector of labels"),
    ("%(matchers)s", "%(matchers)s", "template text"),
    ("x + on", "on", "nothing on its right"),
    ('"half \ud800"', '"half \ud800"', "half of a character"),
]

UNSUPPORTED = [
    ("(" * 100_000 + "x" + ")" * 100_000, None),
    ("(" * 201 + "x" + ")" * 201, "nests more than 200"),
    ("sum(" * 10_000, None),
    ("-" * 10_000 + "x", "nests more than 200"),
    ("+".join(["x"] * 1_002), "1001 operators"),
    (" and ".join(["x"] * 1_002), "1001 operators"),
    ("x+" * 5_000_000, "10000000 characters"),
    ("sum(" * 190 + "+".join(["x"] * 1_001) + ")" * 190, "too long and too deep"),
    ("x{" + ",".join(['a=~"\\\\pL{90}"'] * 30) + "}", "regexes"),
    ("x </ 3", '"</"'),
    ("x >/ 3", '">/"'),
    ("rate(x[5m*2])", "arithmetic in a duration"),
    ("x offset (5m)", "arithmetic in a duration"),
    ("x[step()]", "arithmetic in a duration"),
    ("sum(anchored)", '"anchored"'),
    ("rate(x[5m] smoothed)", '"smoothed"'),
    ('info(x, {data=~".*"})', '"info"'),
]


@pytest.mark.parametrize(("text", "kind"), ACCEPTED)
def test_parse_accepts(text: str, kind: str) -> None:
    parsed = parse(text)
    assert parsed.problem is None
    assert parsed.kind == kind


@pytest.mark.parametrize(("text", "part", "message"), REFUSED)
def test_parse_refuses_with_the_place(text: str, part: str, message: str) -> None:
    problem = parse(text).problem
    assert problem is not None
    assert problem.stage == "syntax"
    assert message in problem.message
    assert text[slice(*problem.span)] == part
    assert problem.hint
    assert not problem.message.endswith(".")


@pytest.mark.parametrize(("text", "message"), UNSUPPORTED, ids=lambda value: str(value)[:30])
def test_parse_says_unsupported_in_half_a_second(text: str, message: str | None) -> None:
    parse("up")
    began = time.perf_counter()
    problem = parse(text).problem
    assert time.perf_counter() - began < 0.5
    assert problem is not None
    assert problem.stage == "unsupported"
    assert (message or "") in problem.message


def test_import_leaves_the_parser_alone() -> None:
    loaded = "print('promql_parser' in sys.modules)"
    code = f"import sys, obskit.promql; {loaded}; obskit.promql.parse('x'); {loaded}"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.split() == ["False", "True"]


def test_all_names_exist() -> None:
    assert [name for name in promql.__all__ if not hasattr(promql, name)] == []


# tokens


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a:b:c", "identifier"),
        ("1 .5 5. 1e-3 0x1F 1_000 Inf NaN", " ".join(["number"] * 8)),
        ("5m 1h30m 5ms", "duration duration duration"),
        ("5mm 1..2 1e 1__0", "malformed malformed malformed malformed"),
        ("\"a\\\"b\" 'c' `d\\`", "string string string"),
        ('"a\nb', "unterminated identifier"),
        ('"a\\"', "unterminated"),
        ("`a\nb", "unterminated"),
        ("x[5m:1m]", "identifier bracket duration separator duration bracket"),
        ("$a ${b} ${c:raw} ${d.e} [[f]]", "variable variable variable variable variable"),
        ("${from:date:YYYY}", "variable"),
        ("x[$a:$b]", "identifier bracket variable separator variable bracket"),
        ("a # b\nc", "identifier comment identifier"),
        ("== != =~ !~ <= >= </ >/ @", " ".join(["operator"] * 9)),
        ("é $ ;", "unknown unknown unknown"),
        ("$", "unknown"),
    ],
)
def test_tokens_have_their_kind(text: str, kinds: str) -> None:
    assert " ".join(token.kind for token in tokenize(text)) == kinds


# variables


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
    began = time.perf_counter()
    problem = parse("$a0", values).problem
    assert time.perf_counter() - began < 5
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


# selectors


@pytest.mark.parametrize(
    ("text", "names", "wholes"),
    [
        ("up", ["up"], ["up"]),
        ('sum(rate(a{x="y"}[5m] offset 1h)) / b:c:d', ["a", "b:c:d"], ['a{x="y"}', "b:c:d"]),
        ("sum(x) by (a) * on(x) group_left sum", ["x", "sum"], ["x", "sum"]),
        ("a + fill(0) b", ["a", "b"], ["a", "b"]),
        ("x @ start() and y @ -5 > bool z", ["x", "y", "z"], ["x", "y", "z"]),
        ('{"my.metric"}', ["my.metric"], ['{"my.metric"}']),
        ('{__name__="x",job="y"} + q', ["x", "q"], ['{__name__="x",job="y"}', "q"]),
        ("x[5m:1m] offset -5m", ["x"], ["x"]),
        ("by + offset + and", ["by", "offset", "and"], ["by", "offset", "and"]),
        ("count by (sum) (sum{by=\"a\"})", ["sum"], ['sum{by="a"}']),
        ("topk(5, x) or vector(1)", ["x"], ["x"]),
        ("x # y\n + z", ["x", "z"], ["x", "z"]),
        ("rate(x{a=`\\d`}[$__rate_interval]) / y", ["x", "y"], ["x{a=`\\d`}", "y"]),
    ],
)
def test_selectors_stand_where_they_are_written(text: str, names: list[str], wholes: list[str]) -> None:
    found = parse(text).selectors
    assert [selector.name for selector in found] == names
    assert [text[slice(*selector.name_span)] for selector in found if selector.name_span] == names
    assert [text[slice(*selector.span)] for selector in found if selector.span] == wholes


def test_selectors_have_their_matchers() -> None:
    text = 'x{a="1", b!=\'2\',c=~`\\d`, "d.e"!~"4" , }'
    (selector,) = parse(text).selectors
    read = [(one.label, one.op, one.value) for one in selector.matchers]
    assert read == [("a", "=", "1"), ("b", "!=", "2"), ("c", "=~", "\\d"), ("d.e", "!~", "4")]
    assert [text[slice(*one.span)] for one in selector.matchers if one.span] == ['a="1"', "b!='2'", "c=~`\\d`", '"d.e"!~"4"']


@pytest.mark.parametrize("text", ["$m", "${p}_total", "a:$m", '{__name__="$m"}', '{"$m"}', '{__name__=~"a.*"}', '{job="a"}'])
def test_selectors_of_an_undecided_name_have_none(text: str) -> None:
    (selector,) = parse(text, {"m": "x", "p": "y"}).selectors
    assert selector.name is None


def test_matchers_of_a_variable_have_no_value() -> None:
    text = 'x{a="$b", $label="c", d="e"}'
    (selector,) = parse(text).selectors
    read = [(one.label, one.value, one.variables) for one in selector.matchers]
    assert read == [("a", None, ("b",)), (None, "c", ("label",)), ("d", "e", ())]


# versions


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
        ("rate(x[5m] anchored)", "anchored", "3.7", "3.6"),
        ("a + fill(0) b", "fill", "v3.10.0-rc.1", "3.9"),
        ("a atan2 b", "atan2", "2.31", "2.30"),
    ],
)
def test_requires_names_the_version(text: str, feature: str, good: str, bad: str) -> None:
    (found,) = [one for one in requires(parse(text)) if one.feature == feature]
    assert found.met_by(good)
    assert not found.met_by(bad)


@pytest.mark.parametrize("text", ["sum by (info) (rate(x{step=\"a\"}[5m] offset 1h))", "limitk + info", "x > 5", "anchored", "topk(5, x)"])
def test_requires_asks_nothing_of_plain_queries(text: str) -> None:
    assert requires(parse(text)) == ()


# printing


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("sum( rate(x[5m]) )by(job)", "sum by (job) (rate(x[5m]))"),
        ("x[5m:]", "x[5m:]"),
        ("x @ -5", "x @ -5"),
        ("sum( $x )", "sum( $x )"),
        ("sum( x ) # why", "sum( x ) # why"),
        ("sum( x", "sum( x"),
        ("x  offset 1500ms", "x offset 1s500ms"),
    ],
)
def test_canonical_changes_the_layout_only(text: str, printed: str) -> None:
    assert promql.canonical(parse(text)) == printed


# promtool

NOT_IN_OLD_PROMTOOL = ("1_000", "x[300]", '{"my.metric"', "0x_1F")


def test_promtool_agrees(tmp_path: Path) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        if os.environ.get("OBSKIT_REQUIRE_TOOLS") == "1":
            pytest.fail("promtool is not on PATH")
        pytest.skip("promtool is not on PATH")
    texts = [text for text, _ in ACCEPTED] + [text for text, _, _ in REFUSED if text and "\ud800" not in text]
    texts = [text for text in texts if not any(part in text for part in NOT_IN_OLD_PROMTOOL)]
    groups = [{"name": str(index), "rules": [{"record": "r", "expr": text}]} for index, text in enumerate(texts)]
    rules = tmp_path / "rules.yaml"
    rules.write_text(json.dumps({"groups": groups}), encoding="utf-8")
    run = subprocess.run([promtool, "check", "rules", "--lint=none", str(rules)], capture_output=True, text=True, check=False)
    refused = {index for index in range(len(texts)) if f'group "{index}"' in run.stderr}
    ours = {index for index, text in enumerate(texts) if parse(text).problem is not None}
    assert {texts[index] for index in ours ^ refused} == set()
