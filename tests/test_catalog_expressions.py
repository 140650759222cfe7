"""Query expressions: what they print on a board and in a rule, what follows from them, and what they refuse."""

from __future__ import annotations

import math

import pytest

from obskit.catalog import Counter, Expr, Gauge, Histogram, Info, Label, Service, Summary, not_, one_of, raw, regex, time, units, vector
from obskit.catalog.follow import labels, quantity
from obskit.errors import DeclarationError

shop = Service("shop", job="shop")
bare = Service("bare")
spans = Service("spans", matchers={"service": "shop", "operation": not_("")})
code = Label("code", pattern=r"[1-5]\d\d")
way = Label("way", values=("in", "out"))
requests = Counter("requests_total", help="Requests.", service=shop, labels=(code, way))
users = Gauge("users", help="Users.", service=shop, unit=units.USERS)
cents = Counter("cents_total", help="Money.", service=bare, unit=units.CENTS, labels=(Label("a", at_most=3),))
worked = Counter("worked_seconds_total", help="Work.", service=bare, unit=units.SECONDS)
started = Gauge("started_timestamp_seconds", help="Start.", service=bare, unit=units.TIMESTAMP)
latency = Histogram("latency_seconds", help="Latency.", service=bare, unit=units.SECONDS, labels=(way,), buckets=(0.1, 0.5, 1, 2, 5))
native = Histogram("size_bytes", help="Size.", service=bare, unit=units.BYTES, native=True)
change = Histogram("change_ratio", help="Change.", service=bare, unit=units.RATIO, buckets=(-0.5, 0, 0.5))
calls = Counter("calls_total", help="Calls.", service=spans, labels=(way,))
digest = Summary("digest_seconds", help="Digest.", service=bare, unit=units.SECONDS)
build = Info("build_info", help="Build.", service=bare, labels=(Label("version", at_most=5),))

W = "$__rate_interval"
ON_A_BOARD: list[tuple[Expr, str]] = [
    (users, 'users{job=~"$job"}'),
    (requests.rate(), f'rate(requests_total{{job=~"$job"}}[{W}])'),
    (requests.where(code="500").increase("1h"), 'increase(requests_total{job=~"$job",code="500"}[1h])'),
    (requests.where(job="other").rate("5m"), 'rate(requests_total{job="other"}[5m])'),
    (requests.where(code=regex("5.."), way=not_("in")).rate("5m"), 'rate(requests_total{job=~"$job",code=~"5..",way!="in"}[5m])'),
    (calls.rate("5m"), 'rate(calls_total{service="shop",operation!=""}[5m])'),
    (cents.rate("5m").sum(), "sum(rate(cents_total[5m]))"),
    (cents.rate("5m").sum(by="a"), "sum by (a) (rate(cents_total[5m]))"),
    (cents.rate("5m").sum(by=()), "sum by () (rate(cents_total[5m]))"),
    (cents.rate("5m").avg(without=("a", way)), "avg without (a, way) (rate(cents_total[5m]))"),
    (worked.rate("5m").topk(3), "topk(3, rate(worked_seconds_total[5m]))"),
    (build.count_values("v"), 'count_values("v", build_info)'),
    (worked.sum().predict_linear(3600, "1h", step="1m"), "predict_linear(sum(worked_seconds_total)[1h:1m], 3600)"),
    (worked.sum().max_over_time("1h"), "max_over_time(sum(worked_seconds_total)[1h:])"),
    (worked.quantile_over_time(0.5, "1d"), "quantile_over_time(0.5, worked_seconds_total[1d])"),
    (cents.offset("7d").increase("7d"), "increase(cents_total[7d] offset 7d)"),
    (cents.increase("7d").sum().offset("7d"), "sum(increase(cents_total[7d] offset 7d))"),
    (cents.rate().over("$__range"), "rate(cents_total[$__range])"),
    (started.absent(), "absent(started_timestamp_seconds)"),
    (time() - started, "time() - started_timestamp_seconds"),
    (started.clamp_min(0), "clamp_min(started_timestamp_seconds, 0)"),
    (vector(0), "vector(0)"),
    (latency.bucket(2).rate("5m").sum(), 'sum(rate(latency_seconds_bucket{le=~"2(\\\\.0)?"}[5m]))'),
    (latency.bucket(0.5).rate("5m"), 'rate(latency_seconds_bucket{le="0.5"}[5m])'),
    (latency.bucket(math.inf).rate("5m"), 'rate(latency_seconds_bucket{le="+Inf"}[5m])'),
    (latency.observations.rate("5m"), "rate(latency_seconds_count[5m])"),
    (latency.total.rate("5m"), "rate(latency_seconds_sum[5m])"),
    (latency.quantile(0.95, window="5m"), "histogram_quantile(0.95, sum by (le) (rate(latency_seconds_bucket[5m])))"),
    (latency.quantile(0.5, by=way, window="5m"), "histogram_quantile(0.5, sum by (le, way) (rate(latency_seconds_bucket[5m])))"),
    (
        latency.where(way="in").quantile(0.5, window="5m"),
        'histogram_quantile(0.5, sum by (le) (rate(latency_seconds_bucket{way="in"}[5m])))',
    ),
    (latency.quantile(0.5, without="way", window="5m"), "histogram_quantile(0.5, sum without (way) (rate(latency_seconds_bucket[5m])))"),
    (latency.mean(window="5m"), "sum(rate(latency_seconds_sum[5m])) / (sum(rate(latency_seconds_count[5m])) > 0)"),
    (latency.heatmap(window="5m"), "sum by (le) (increase(latency_seconds_bucket[5m]))"),
    (native.quantile(0.9, window="5m"), "histogram_quantile(0.9, sum(rate(size_bytes[5m])))"),
    (native.share_below(1024, window="5m"), "histogram_fraction(-Inf, 1024, sum(rate(size_bytes[5m])))"),
    (digest.mean(window="5m"), "sum(rate(digest_seconds_sum[5m])) / (sum(rate(digest_seconds_count[5m])) > 0)"),
    (raw("a or b") + 1, "(a or b) + 1"),
    (raw("a") + 1, "a + 1"),
]


@pytest.mark.parametrize(("expr", "text"), ON_A_BOARD, ids=[text for _, text in ON_A_BOARD])
def test_expression_prints_on_a_board(expr: Expr, text: str) -> None:
    assert expr.promql() == text


a, b, c = raw("a"), raw("b"), raw("c")


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (a + b + c, "a + b + c"),
        (a + (b + c), "a + (b + c)"),
        (a - (b - c), "a - (b - c)"),
        (a * (b + c), "a * (b + c)"),
        (a + b * c, "a + b * c"),
        (a / (b > 0), "a / (b > 0)"),
        ((a / b) > 0.1, "a / b > 0.1"),
        (1 - a / b, "1 - a / b"),
        (100 * (1 - a), "100 * (1 - a)"),
        (a.op("^", b).op("^", c), "(a ^ b) ^ c"),
        (a.op("^", b.op("^", c)), "a ^ b ^ c"),
        ((a > 1).and_(b > 2).or_(c), "a > 1 and b > 2 or c"),
        ((a > 1).and_((b > 2).or_(c)), "a > 1 and (b > 2 or c)"),
        (a.unless(b, on="job"), "a unless on (job) b"),
        (a.op("/", b, on=(), group_left=()), "a / on () group_left () b"),
        (a.op("*", b, ignoring="x", group_right=("y", "z")), "a * ignoring (x) group_right (y, z) b"),
        (a.eq(0).or_(b.absent()), "a == 0 or absent(b)"),
        (a + -1, "a + -1"),
        (a.op("^", -1), "a ^ -1"),
        (raw("a") * 1e-7, "a * 0.0000001"),
    ],
)
def test_operators_print_with_the_parentheses_they_need(expr: Expr, text: str) -> None:
    assert expr.promql() == text


def test_rule_prints_its_own_window_and_the_job() -> None:
    assert requests.rate().sum(by="job").over("5m").promql(rule=True) == 'sum by (job) (rate(requests_total{job="shop"}[5m]))'


def test_window_of_its_own_stays_when_over_gives_another() -> None:
    assert (cents.rate("1m") / cents.rate()).over("5m").promql() == "rate(cents_total[1m]) / rate(cents_total[5m])"


def test_equality_of_expressions_compares_trees() -> None:
    assert requests.rate("5m") == requests.rate("5m") != requests.rate("6m")


def test_one_of_escapes_what_a_regex_would_read() -> None:
    assert str(one_of("a.b", "c")) == '=~"a\\\\.b|c"'


@pytest.mark.parametrize("text", ['a"b', "a\\b", "a\nb", "a\tb", "漢字"])
def test_matcher_values_survive_printing_and_parsing(text: str) -> None:
    import promql_parser

    tree = promql_parser.parse(calls.where(service=text).promql())
    values = {match.name: match.value for match in tree.matchers.matchers}
    assert values["service"] == text


@pytest.mark.parametrize(
    ("expr", "grafana"),
    [
        (requests.rate(), "reqps"),
        (requests.increase(), "short"),
        (latency.quantile(0.9), "s"),
        (latency.where(way="in").quantile(0.9), "s"),
        (latency.mean(), "s"),
        (latency.share_below(1), "percentunit"),
        (latency.heatmap(), "short"),
        (native.quantile(0.9), "bytes"),
        (native.share_below(4), "percentunit"),
        (requests.rate() / requests.rate(), "percentunit"),
        (requests.rate() / requests.rate() * 100, "percent"),
        (1 - requests.rate() / requests.rate(), "percentunit"),
        (cents.increase() / 100, "currencyUSD"),
        (cents.increase() / requests.increase() / 100, "currencyUSD"),
        (users.sum() > 3, "short"),
        (time() - started, "s"),
        (started * 1000, "dateTimeFromNow"),
        (worked.increase() / 3600, "h"),
        (users.count(), "short"),
        (cents.rate() + requests.rate(), ""),
        (requests.rate() * requests.rate(), ""),
        (raw("x"), ""),
    ],
)
def test_unit_follows_from_the_tree(expr: Expr, grafana: str) -> None:
    found = quantity(expr)
    assert (found.grafana if found else "") == grafana


def test_money_an_hour_is_known_and_has_no_unit_in_grafana() -> None:
    found = quantity(cents.rate() * 3600 / 100)
    assert (found.unit, found.per, found.grafana) == (units.USD, "h", "") if found else False


@pytest.mark.parametrize(
    ("expr", "kept"),
    [
        (requests.rate().sum(), ()),
        (requests.rate().sum(by="code"), ("code",)),
        (requests.rate().sum(by=("code", way)), ("code", "way")),
        (requests.rate().sum(by=("code", "way")).sum(without="way"), ("code",)),
        (requests.rate(), None),
        (latency.quantile(0.9), ()),
        (latency.quantile(0.9, by="way"), ("way",)),
        (requests.rate().sum(by="code") / requests.rate().sum(by="code"), ("code",)),
        (requests.rate().sum(by="code").op("/", requests.rate().sum(), on=(), group_left=()), ("code",)),
        (requests.rate().sum(by="code").op("/", requests.rate().sum(by="way"), on=("x",)), ("x",)),
        (build.count(by="version").count_values("n"), ("n",)),
    ],
)
def test_labels_follow_from_the_tree(expr: Expr, kept: tuple[str, ...] | None) -> None:
    assert labels(expr) == kept


@pytest.mark.parametrize(
    ("wrong", "message", "hint"),
    [
        (lambda: users.rate(), '"users" is a gauge: it has no rate()', "Counter"),
        (lambda: users.where(job="x").increase(), '"users" is a gauge: it has no increase()', "Counter"),
        (lambda: latency.rate(), '"latency_seconds" is a histogram: it has no rate()', "observations"),
        (lambda: requests.bucket(1), '"requests_total" is a counter: it has no bucket()', "Histogram"),
        (lambda: requests.delta(), "it has no delta()", "increase()"),
        (lambda: latency.bucket(3), '"latency_seconds" has no bucket 3', "1, 2"),
        (lambda: native.bucket(3), "is a native histogram", "share_below"),
        (lambda: change.total, "has no _sum", "quantile"),
        (lambda: requests.where(cod="500"), 'label "cod" is not on metric "requests_total"', 'did you mean "code"?'),
        (lambda: requests.where(code="700"), 'is never "700"', "[1-5]"),
        (lambda: requests.where(way="inn"), 'is never "inn"', 'did you mean "in"?'),
        (lambda: requests.where(way=one_of("in", "up")), 'is never "up"', "in, out"),
        (lambda: requests.rate().promql(rule=True), "rate() in a rule has no window", '.over("5m")'),
        (lambda: requests.rate("$__range").promql(rule=True), "is a Grafana variable", "5m"),
        (lambda: requests.rate().over("5 m"), 'window "5 m" is not a duration', "write \"5m\""),
        (lambda: requests.rate().over("0s"), "window is zero", "5m"),
        (lambda: requests.rate().offset("x"), 'offset "x" is not a duration', "whole numbers"),
        (lambda: bool(requests.rate() > 1), "no truth value", ".and_()"),
        (lambda: requests.rate() + "x", "cannot stand in an expression", "raw("),
        (lambda: requests.rate().sum(by="a", without="b"), "by or without", ""),
        (lambda: requests.rate().sum(by="cod"), 'sum by label "cod", which its series cannot have', 'did you mean "code"?'),
        (lambda: requests.rate().sum(by="code").max(by="way"), 'max by label "way"', "labels there are: code"),
        (lambda: latency.quantile(0.9, by="nolabel"), 'by label "nolabel"', "way"),
        (lambda: a.op("/", b, on="x", ignoring="y"), "not both", ""),
        (lambda: a.op("/", b, group_left="x"), "group_left needs on or ignoring", "on="),
        (lambda: latency.quantile(95), "quantile 95 is not between 0 and 1", "0.95"),
        (lambda: regex("("), "does not compile", ""),
    ],
)
def test_expression_refuses(wrong: object, message: str, hint: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        wrong()  # type: ignore[operator]
    assert (message in caught.value.message, hint in caught.value.hint) == (True, True), (caught.value.message, caught.value.hint)


@pytest.mark.parametrize(("expr", "text"), ON_A_BOARD, ids=[text for _, text in ON_A_BOARD])
def test_every_printed_expression_parses(expr: Expr, text: str) -> None:
    from obskit.promql import parse

    assert parse(expr.promql()).problem is None


def test_summary_is_narrowed_like_a_histogram() -> None:
    code = Label("code", pattern=r"[1-5]\d\d")
    answers = Summary("answer_seconds", help="Answers.", service=bare, unit=units.SECONDS, labels=(code,))
    failed = answers.where(code=regex("5.."))
    assert str(failed.observations.rate("5m").sum()) == 'sum(rate(answer_seconds_count{code=~"5.."}[5m]))'
    assert str(failed.mean(window="5m")).count('{code=~"5.."}') == 2
    with pytest.raises(DeclarationError, match='label "status" is not on metric'):
        answers.where(status="200")
