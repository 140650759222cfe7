"""The one layout of a query."""

from __future__ import annotations

import pytest

from obskit import promql
from obskit.promql import parse


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
