"""The one text of a query."""

from __future__ import annotations

import pytest
from test_traceql_parsing import SAME, VALID

from obskit.traceql import canonical, parse

PRINTED = (
    ("{}", "{ }"), ("{.a=1}", "{ .a = 1 }"), ("{.a||.b&&.c}", "{ (.a || .b) && .c }"), ("{ -.a*2 > 0 }", "{ -.a*2 > 0 }"),
    ("{ .a = `x` }", '{ .a = "x" }'),
    ('{ span."a" = 90s }', "{ span.a = 1m30s }"), ('{ span."a b" = 1d1h }', '{ span."a b" = 1d1h }'),
    ("{ .a > 1500us }", "{ .a > 1ms500us }"),
    ("{.a}>{.b}&&{.c}", "({ .a } > { .b }) && { .c }"), ("{}|rate()by(.a)>1|topk(3)", "{ } | rate() by (.a) > 1 | topk(3)"),
    ("{ (-.a) * .b = 1 }", "{ (-.a) * .b = 1 }"), ("{ (.a * (-.b)) / .c = 1 }", "{ (.a * (-.b)) / .c = 1 }"),
    ("({}|rate())*2", "({ } | rate()) * 2"), ("{ nil = .a }", "{ .a = nil }"), ("{ .a = minInt }", "{ .a = minInt }"),
    ('{ .a = "\\x80\\n\\"" }', '{ .a = "\\x80\\n\\"" }'), ("{ } with(a=1) with(b=true,c=`x`)", '{ } with (b=true, c="x")'),
)  # fmt: skip


@pytest.mark.parametrize(("text", "printed"), PRINTED)
def test_query_is_printed(text: str, printed: str) -> None:
    tree = parse(text).tree
    assert tree is not None
    assert canonical(tree) == printed


@pytest.mark.parametrize("text", [*VALID, *(f"{{ ({text}) = ({text}) || .z }}" for text, _ in SAME)])
def test_printed_query_is_read_as_the_same_tree(text: str) -> None:
    tree = parse(text).tree
    if tree is not None:
        assert parse(canonical(tree)).tree == tree
        assert canonical(tree) == canonical(parse(canonical(tree)).tree or tree)
