"""Tokens of PromQL have their kind."""

from __future__ import annotations

import pytest

from obskit.promql import tokenize


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
