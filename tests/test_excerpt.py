"""What is shown of a query of several lines."""

from __future__ import annotations

import click
import pytest

from obskit.cli.show.text import lines
from obskit.finding import Finding

RATIO = 'rate(errors_total{code=~"5.."}[5m])\n/\nrate(requests_total[5m])'
QUERIES = [
    # (what, query, what the caret is under, the lines shown)
    ("a short line stands between its neighbours", RATIO, "/", [*RATIO.split("\n")[:2], "^", RATIO.split("\n")[2]]),
    ("a long line stands alone", RATIO, "rate(errors", [RATIO.split("\n")[0], "^" * 11]),
    ("the first line has none above", "a\n+\nb", "a", ["a", "^", "+"]),
    ("the last line has none below", "a\n+\nb", "b", ["+", "b", "^"]),
    ("lines of several keep their indent", "sum(\n  a\n)", "a", ["sum(", "  a", "  ^", ")"]),
    ("empty lines are left out", "a\n\n+\n \nb", "+", ["+", "^"]),
    ("a query of one line", "a + b", "+", ["a + b", "  ^"]),
    ("the line above is cut to the screen", "x" * 200 + "\n/", "/", ["x" * 116 + "…", "/", "^"]),
]


@pytest.mark.parametrize(("query", "part", "expected"), [row[1:] for row in QUERIES], ids=[row[0] for row in QUERIES])
def test_caret_stands_under_its_line(query: str, part: str, expected: list[str]) -> None:
    start = query.index(part)
    finding = Finding(id="i", severity="info", message="m", query=query, span=(start, start + len(part)))
    assert [click.unstyle(line).removeprefix("    ") for line in lines(finding)][1:] == expected


def test_query_without_a_caret_is_its_first_line() -> None:
    assert [*lines(Finding(id="i", severity="info", message="m", query="a\n+\nb"))][1:] == ["    a"]
