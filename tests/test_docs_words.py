"""A query told in words, an operator a line."""

from __future__ import annotations

import pytest

from obskit.promql import parse
from obskit.render.docs._firing import limit
from obskit.render.docs._words import told
from obskit.semantics import Knowledge, meaning


def in_words(query: str) -> list[str]:
    found = meaning(parse(query), Knowledge.of((), (), parse))
    assert found is not None
    return ["  " * line.depth + line.text for line in told(found.root)]


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("absent(up)", ["1 if there is no `up`"]),
        ("up == bool 1", ["1 where it is exactly 1:", "  `up`"]),
        ("topk(3, x)", ["the 3 greatest over all of `x`"]),
        ("quantile by (a) (0.9, x)", ["the 90th percentile per `a` of `x`"]),
        ("histogram_quantile(0.5, sum by (le) (rate(x[5m])))", ["the median of the sum per `le` of the per-second rate over 5m of `x`"]),
        ("a / on (b) group_left c", ["the first divided by the second (paired by `b`):", "  `a`", "  `c`"]),
        ("a unless b", ["the first, where the second has no answer:", "  `a`", "  `b`"]),
        ("sum without (a) (x offset 1d)", ["the sum, all labels kept but `a`, of `x`, 1d ago"]),
        ("x offset -5m", ["`x`, 5m later"]),
        ("x @ 1609746000", ["`x`, at the time that `@` sets"]),
        ("rate(x[5m] @ end() offset 1h)", ["the per-second rate over 5m of `x`, 1h before the time that `@` sets"]),
        ("x @ start() offset -1h", ["`x`, 1h after the time that `@` sets"]),
        ("max_over_time(x[1h:1m] @ 5)", [
            "the greatest value over the last 1h, looked at every 1m, at the time that `@` sets, of `x`"]),
        ("max_over_time(x[1h:] offset -1h)", ["the greatest value over the last 1h, 1h later, of `x`"]),
        ("max_over_time(rate(x[5m])[1h:1m])", [
            "the greatest value over the last 1h, looked at every 1m of the per-second rate over 5m of `x`"]),
        ('label_replace(x, "a", "$1", "b", "(.*)")', ["`label_replace` of:", "  `x`", "  `a`", "  `$1`", "  `b`", "  `(.*)`"]),
        ("predict_linear(x[6h], 4 * 3600) > 95", ["only where it is above 95:", "  the value in 4h, if it goes on as over 6h of `x`"]),
        ("-x", ["the negative of `x`"]),
        ('x{a="",b!~"c|d"}', ["`x` where `a` is empty and `b` does not match `c|d`"]),
    ],
)  # fmt: skip
def test_query_is_told_in_words(query: str, lines: list[str]) -> None:
    assert in_words(query) == lines


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("(up > 2) < 9", ""),
        ("((up > 2)) * 2 < 9", ""),
        ("2 * (up > 2) < 9", ""),
        ("sum(up > 2) < 9", ""),
        ("sum(up > 2) > 1", ""),
        ("count(up > 2) < 9", ""),
        ("max_over_time((up > 2)[5m:1m]) > 1", ""),
        ("(up and up) > 2", ""),
        ("(up unless up) > 2", ""),
        ("up / (up > 1) > 2", ""),
        ("up / (up > 0) > 2", "above 2"),
        ("up / (up != 0) > 2", "above 2"),
        ("count(up == 0) > 2", "above 2"),
        ("count_over_time((up == 0)[5m:1m]) >= 2", "at or above 2"),
        ("(up > bool 2) < 9", "below 9"),
        ("(up or vector(0)) > 2", "above 2"),
        ("up < 9", "below 9"),
    ],
)
def test_threshold_is_told_only_where_nothing_else_decides(query: str, said: str) -> None:
    found = meaning(parse(query), Knowledge.of((), (), parse))
    assert found is not None
    assert limit(found.root) == said
