"""Selectors of a query: where they stand, and what they match."""

from __future__ import annotations

import pytest

from obskit.promql import parse


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
