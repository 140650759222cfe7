"""The short way of plain queries: whatever it takes, it reads as the long way does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_promql_fuzz import TEXTS
from test_promql_parsing import ACCEPTED, REFUSED, UNSUPPORTED
from test_promql_places import QUERIES, TABLE, shipped

from obskit.promql import Parsed
from obskit.promql.careful import carefully
from obskit.promql.parse import quickly

VALUES = {"job": "api|web", "both": "a,b", "k": "7", "many": "9" * 400, "quoted": '"a.b"', "nested": "$job.*", "__interval": "1s"}

PLAIN = [
    "up",
    'sum by (job) (rate(http_requests_total{job=~"$job", code=~"5.."}[$__rate_interval])) > 0.5',
    'label_replace(x{a="$nested"}, "a", "$1-$job", "b", "(.*)")',
    "topk($k, x) / on ($both) y{a!=\"${job:regex}\"} offset 5m",
    "max_over_time(x[5m:1m] @ 1609746) == bool -1 ^ 2",
    '{__name__="$job", a="b"} + {__name__=~"a.*"}',
    'sum without (${both}) (x{b="[[job]]-$job", c="\\\\d\\"$k"})',
    "errors_total or vector(0)",
    'x{a="é"}\n\t+ y',
    "x{a='$job', b=~'\"'}",
]

CLOSER = [
    'x{a="b" or c="d"}',
    "info(x, y)",
    "topk($many, x)",
    "topk($job, x)",
    'sum by ("a") (x{b="$job"})',
    '{"$job"="a"}',
    "x{a=`b`}",
    "x # y",
    "1e400",
    "400y",
    "x[5m:400y]",
    "x > $limit",
    "x[$a:$b]",
    "${job}_total",
    "-" * 60 + "x" * 150,
    "x" + "+x" * 1_500,
    "x + foo(y)",
    "x\u00a0",
    " ",
]


def said(parsed: Parsed) -> dict[str, Any]:
    """Everything a reader of a parsed query may ask."""
    spans = [(one.span, one.name_span, tuple(matcher.span for matcher in one.matchers)) for one in parsed.selectors]
    told = {name: getattr(parsed, name) for name in ("text", "edited", "tokens", "problem", "kind", "selectors", "variables")}
    return told | {"spans": spans, "tree": str(parsed.ast)}


@pytest.mark.parametrize("text", PLAIN)
def test_short_way_is_taken_by_plain_queries(text: str) -> None:
    parsed = quickly(text, VALUES)
    assert parsed is not None
    assert parsed.problem is None


@pytest.mark.parametrize("text", CLOSER, ids=lambda text: text[:20])
def test_short_way_leaves_the_rest_to_the_long_one(text: str) -> None:
    assert quickly(text, VALUES) is None


def agree(text: str) -> bool:
    parsed = quickly(text, VALUES)
    return parsed is None or said(parsed) == said(carefully(text, VALUES))


def test_short_way_agrees_on_every_example() -> None:
    texts = [*PLAIN, *(row[0] for table in (ACCEPTED, REFUSED, UNSUPPORTED, TABLE) for row in table), *shipped()]
    assert [text for text in texts if not agree(text)] == []
    assert sum(quickly(text, VALUES) is not None for text in shipped()) > len(shipped()) * 0.8


WORDS = (
    "sum rate x y a:b by ( ( ) ) { } [ ] , , = =~ != == > + - / ^ @ or and on ($both) ($k) ($job) topk( topk($k, by($both) [$__range] "
    "[5m] [${job}] 'a$job' '\\\"' "
    '"a" "$job" "a$k" "[[job]]" "\\\\" "\\"" $job ${k} [[job]] 5 300 5m 1000000000 400y .5 1e9 offset __name__ info '
    "info( label_replace( 5m: : :1000y :1h 0.5 Inf # \n"
)
PIECES = st.lists(st.sampled_from([*WORDS.split(" "), 'x{a="$job"}', 'x{a="b",c=~"$k.*"}', "rate(x[$__interval])"]), max_size=14)


@settings(max_examples=500, deadline=None)
@given(TEXTS | PIECES.map("".join) | PIECES.map(" ".join) | QUERIES)
def test_short_way_agrees_on_any_text(text: str) -> None:
    assert agree(text)
