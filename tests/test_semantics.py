"""What queries mean: result, unit, labels and bounds, by a small catalogue."""

from __future__ import annotations

import pytest

from obskit.catalog import Counter, Gauge, Histogram, Info, Label, Quantity, Service, Summary, units
from obskit.model import GroupView, RuleFile, RuleView
from obskit.promql import parse
from obskit.semantics import Carets, Knowledge, Meaning, meaning
from obskit.semantics.labels import Labels, literals, matches, narrowed

shop = Service("shop", job="shop", scrape_interval="15s", labels=("pod",))
code = Label("code", pattern=r"[1-5]\d\d")
method = Label("method", values=("GET", "POST", "PUT"))
SIGNALS = (
    Counter("requests_total", help="Requests.", service=shop, labels=(method, code)),
    Counter("sold_cents_total", help="Sold.", service=shop, unit=units.CENTS),
    Counter("worked_seconds_total", help="Worked.", service=shop, unit=units.SECONDS),
    Gauge("queue", help="Waiting.", service=shop, labels=(method,)),
    Gauge("share", help="Share.", service=shop, unit=units.RATIO, bounds=(0, 1)),
    Gauge("busy_percent", help="Busy.", service=shop, unit=units.PERCENT, bounds=(0, 100)),
    Gauge("started", help="Start.", service=shop, unit=units.TIMESTAMP),
    Gauge("backup_timestamp_seconds", help="Backup.", service=shop, unit=units.SECONDS),
    Gauge("memory", help="Memory.", service=shop, unit=units.BYTES),
    Histogram("latency", help="Latency.", service=shop, unit=units.SECONDS, labels=(method,), buckets=(0.1, 1, 2)),
    Histogram("native", help="Native.", service=shop, unit=units.SECONDS, native=True),
    Summary("pause", help="Pause.", service=shop, unit=units.SECONDS, quantiles=(0.5,)),
    Info("build_info", help="Build.", service=shop, labels=(Label("version", at_most=5),)),
)


def record(name: str, expr: str, **labels: str) -> RuleView:
    return RuleView(kind="record", name=name, expr=expr, json={"record": name, "expr": expr, "labels": labels})


RULES = (
    record("job:requests:rate5m", "sum by (job) (rate(requests_total[5m]))"),
    record("job:requests:total", "sum by (job) (requests_total)", team="a"),
    record("job:errors:ratio", 'sum by (job) (rate(requests_total{code=~"5.."}[5m])) / job:requests:rate5m'),
    record("circle:a", "circle:b"),
    record("circle:b", "circle:a"),
)
FILE = RuleFile(name="shop", module="shop.py", groups=(GroupView(name="shop", rules=RULES, json={"interval": "1m"}),))
KNOWN = Knowledge.of(SIGNALS, (FILE,), parse)


def mean(text: str) -> Meaning:
    found = meaning(parse(text), KNOWN)
    assert found is not None, parse(text).problem
    return found


def unit(quantity: Quantity | None) -> str:
    return "?" if quantity is None else quantity.unit.name + (f"/{quantity.per}" if quantity.per else "")


UNITS = [
    ("requests_total", "running total", "count"),
    ("rate(requests_total[5m])", "rate", "count/s"),
    ("sum(increase(sold_cents_total[1d])) / 100", "increase", "US dollars"),
    ("sum(rate(sold_cents_total[5m])) * 3600 / 100", "rate", "US dollars/h"),
    ("sum(rate(sold_cents_total[5m])) / 100 / (sum(rate(worked_seconds_total[5m])) > 0) * 3600", "gauge", "US dollars/h"),
    ("sum(rate(requests_total[5m])) / sum(rate(worked_seconds_total[5m]))", "gauge", "count/s"),
    ('rate(requests_total{code="500"}[5m]) / rate(requests_total[5m])', "ratio", "ratio"),
    ("100 * share", "gauge", "percent"),
    ("busy_percent / 100", "gauge", "ratio"),
    ("time() - started", "duration", "seconds"),
    ("time() - started > 60", "duration", "seconds"),
    ("(time() - started) / 3600", "gauge", "hours"),
    ("memory * 8", "gauge", "bits"),
    ("memory / 7", "gauge", "bytes"),
    ("memory / 1024", "gauge", "?"),
    ("deriv(memory[5m])", "gauge", "bytes/s"),
    ("delta(memory[5m])", "gauge", "bytes"),
    ("histogram_quantile(0.9, sum by (le) (rate(latency_bucket[5m])))", "duration", "seconds"),
    ("histogram_quantile(0.9, rate(native[5m]))", "duration", "seconds"),
    ("histogram_fraction(0, 1, rate(native[5m]))", "ratio", "ratio"),
    ("sum(rate(latency_sum[5m])) / sum(rate(latency_count[5m]))", "duration", "seconds"),
    ("latency_bucket", "running total", "count"),
    ('pause{quantile="0.5"}', "summary quantile", "seconds"),
    ("count(up)", "count", "count"),
    ("sum(up)", "gauge", "count"),
    ("sum(up) / count(up)", "ratio", "ratio"),
    ("up == bool 1", "boolean", "boolean"),
    ("absent(up)", "absence", "boolean"),
    ("queue * on (pod) group_left (version) build_info", "gauge", "count"),
    ("job:requests:rate5m", "rate", "count/s"),
    ("job:errors:ratio", "ratio", "ratio"),
    ("circle:a", "unknown", "?"),
    ("nobody_knows", "unknown", "?"),
    ("rate(nobody_knows[5m])", "rate", "?"),
    ("rate(nobody_knows[5m]) / rate(requests_total[5m])", "unknown", "?"),
    ("sum by (x) ($metric)", "unknown", "?"),
    ("${fn}(queue)", "unknown", "?"),
    ("queue * $factor", "gauge", "?"),
    ("memory + share", "gauge", "?"),
    ("sgn(memory)", "unknown", "none"),
    ("timestamp(memory)", "timestamp", "unix time"),
    ("-memory", "gauge", "bytes"),
    ("clamp_max(share, 0.5)", "gauge", "ratio"),
    ('100 * sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m]))', "ratio", "percent"),
    ('sum(rate(requests_total{code="500"}[5m])) * 100 / sum(rate(requests_total[5m]))', "ratio", "percent"),
    ("time() - backup_timestamp_seconds", "duration", "seconds"),
    ("hour()", "count", "?"),
    ('ALERTS{alertstate="firing"}', "boolean", "none"),
]


@pytest.mark.parametrize(("text", "result", "of"), UNITS, ids=[row[0] for row in UNITS])
def test_result_and_unit_follow(text: str, result: str, of: str) -> None:
    found = mean(text)
    assert (found.result, unit(found.unit)) == (result, of)


LABELS = [
    ("requests_total", "method code job instance pod", False),
    ("sum by (method, nope) (requests_total)", "method", False),
    ("sum without (method, instance) (requests_total)", "code job pod", False),
    ("sum(requests_total)", "", False),
    ("topk by (method) (3, sum by (method, code) (requests_total))", "method code", False),
    ('count_values by (job) ("v", queue)', "job v", False),
    ("histogram_quantile(0.9, sum by (le, job) (rate(latency_bucket[5m])))", "job", False),
    ('label_replace(sum by (job) (queue), "host", "$1", "job", "(.*)")', "job host", False),
    ('absent(requests_total{job="shop", method=~"G.*", code="500"})', "job code", False),
    ('absent(requests_total{code="500", code!="400"})', "", False),
    ('absent(requests_total{code!="400", code="500"})', "code", False),
    ('count_values without (job) ("job", queue)', "method instance pod", False),
    ("queue * on (pod) group_left (method) build_info", "job instance pod", False),
    ("absent(sum(queue))", "", False),
    ("sum by (job) (queue) / on (job) sum by (job, pod) (queue)", "job", False),
    ("sum by (job, pod) (queue) / ignoring (pod) group_left (version) build_info", "job pod version", False),
    ("sum by (pod) (queue) * on (pod) group_right (method) build_info", "version job instance pod", False),
    ("sum by (job) (queue) and sum by (pod) (queue)", "job", False),
    ("sum by (job) (queue) or sum by (pod) (queue)", "job pod", False),
    ("vector(1)", "", False),
    ("scalar(queue) + 1", "", False),
    ('queue{method=""}', "job instance pod", False),
    ("nobody_knows", "", True),
    ("sum by (a) (nobody_knows)", "a", False),
    ("sum by ($by) (requests_total)", "", True),
    ("info(queue)", "method job instance pod", True),
    ("job:requests:total", "job team", False),
    ("last_over_time(sum by (job) (queue)[1h:5m])", "job", False),
]


@pytest.mark.parametrize(("text", "names", "is_open"), LABELS, ids=[row[0] for row in LABELS])
def test_labels_survive_as_prometheus_keeps_them(text: str, names: str, is_open: bool) -> None:
    labels = mean(text).value.labels
    assert sorted(labels.names) == sorted(names.split()) or (is_open and set(names.split()) <= set(labels.names))
    assert labels.open is is_open


BOUNDS = [
    ("requests_total", 0, None),
    ("queue", None, None),
    ("share", 0, 1),
    ("share * 100", 0, 100),
    ("1 - share", 0, 1),
    ("-share", -1, 0),
    ("share > 0.9", 0.9, 1),
    ("sum(share)", 0, None),
    ("avg(share)", 0, 1),
    ("max_over_time(share[1h])", 0, 1),
    ("up == 2", 2, 1),
    ("count(queue)", 1, None),
    ("absent(queue)", 1, 1),
    ('sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m]))', 0, 1),
    ('sum(rate(requests_total{code="500"}[5m])) / (sum(rate(requests_total[5m])) > 0)', 0, 1),
    ('sum(rate(requests_total{code="500"}[1m])) / sum(rate(requests_total[5m]))', 0, None),
    ('sum(rate(requests_total[5m])) / sum(rate(requests_total{code="500"}[5m]))', 0, None),
    ('sum(rate(latency_bucket{le="1"}[5m])) / sum(rate(latency_count[5m]))', 0, 1),
    ("sum by (job) (share) / sum(share)", 0, None),
    ("histogram_quantile(0.9, sum by (le) (rate(latency_bucket[5m])))", 0, 2),
    ("clamp(queue, 1, 5)", 1, 5),
    ("clamp(share, 2, 5)", 2, 2),
    ("clamp_min(share, 5)", 5, 5),
    ("clamp_max(share, -1)", -1, -1),
    ("clamp_max(share, scalar(queue))", None, 1),
    ("quantile(0.9, share)", 0, 1),
    ("quantile(90, share)", None, None),
    ("quantile($q, share)", 0, 1),
    ("quantile_over_time(1.5, share[5m])", None, None),
    ("histogram_quantile(95, sum by (le) (rate(latency_bucket[5m])))", None, None),
    ('histogram_quantile(0.9, label_replace(latency_bucket, "le", "100", "le", "2"))', None, None),
    ("rate(requests_total[5m])", 0, None),
    ("rate(queue[5m])", None, None),
    ("increase(share[5m])", 0, None),
    ("share > NaN", 0, 1),
    ("share / (0 * -1)", None, None),
    ("share / -(share - 1)", None, None),
    ("sum(rate(latency_bucket[5m])) / sum(rate(latency_count[5m]))", 0, None),
    ('sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m]) > 0)', 0, 1),
    ('sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m]) > 5)', 0, None),
    ('count(requests_total{code="500"}) / count(requests_total > 0)', 0, None),
    ("sum by (code) (requests_total) / on () group_right () sum by (code) (requests_total)", 0, None),
    ("sum by (code) (requests_total) / on () group_left () (sum by (code) (requests_total) < 5)", 0, None),
    ("sum by (code) (requests_total) / on () group_left () (sum by (code) (requests_total) > 0)", 0, 1),
    ("abs(queue)", 0, None),
    ("queue == bool 1", 0, 1),
    ('100 * sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m]))', 0, 100),
    ('100 * sum(rate(requests_total{code="500"}[5m])) / (sum(rate(requests_total[5m])) > 0)', 0, 100),
    ("hour()", 0, 23),
    ("day_of_week(started) + 1", 1, 7),
    ("14.4 * (1 - 0.9)", 1.44, 1.44),
    ("share or absent(share)", 0, 1),
    ("job:errors:ratio", 0, None),
    ("nobody_knows", None, None),
]


@pytest.mark.parametrize(("text", "low", "high"), BOUNDS, ids=[row[0] for row in BOUNDS])
def test_bounds_follow(text: str, low: float | None, high: float | None) -> None:
    value = mean(text).value
    assert (value.low, value.high) == (pytest.approx(low), pytest.approx(high))


VALUES = [
    ('queue{method="GET"}', "method", {"GET"}),
    ('queue{method!="GET"}', "method", {"POST", "PUT"}),
    ('queue{method=~"P.*"}', "method", {"POST", "PUT"}),
    ('queue{method=~"GET|POST"}', "method", {"GET", "POST"}),
    ('queue{method!~"P.*"}', "method", {"GET"}),
    ('queue{method="PATCH"}', "method", set()),
    ('requests_total{code=~"5.."}', "code", None),
    ('queue{method="$m"}', "method", {"GET", "POST", "PUT"}),
    ('nobody_knows{a=~"x|y"}', "a", {"x", "y"}),
]


@pytest.mark.parametrize(("text", "label", "values"), VALUES, ids=[row[0] for row in VALUES])
def test_matchers_pin_values(text: str, label: str, values: set[str] | None) -> None:
    assert mean(text).value.labels.names[label] == values


CARETS = [
    ("sum(rate(requests_total[5m]))", lambda m: m.calls[0], "rate"),
    ("sum by (job) (queue) / sum by (job) (queue)", lambda m: m.aggregates[1], "sum"),
    ("queue + queue * -3 > 4", lambda m: m.binaries[0], ">"),
    ("queue + queue * -3 > 4", lambda m: m.root.parts[1], "4"),
    ("rate(requests_total[5m]) # rate\n / on (job) rate(queue[$__rate_interval])", lambda m: m.reads[1], "queue"),
    ("max_over_time(sum(queue)[1h:5m])", lambda m: m.subqueries[0], "[1h:5m]"),
    ("max_over_time(rate(queue[5m:1m])[1h:5m])", lambda m: m.subqueries[0], "[1h:5m]"),
]


@pytest.mark.parametrize(("text", "pick", "shown"), CARETS, ids=[f"{row[0]} {row[2]}" for row in CARETS])
def test_caret_stands_under_the_word(text: str, pick: object, shown: str) -> None:
    parsed = parse(text)
    found = meaning(parsed, KNOWN)
    assert found is not None
    assert callable(pick)
    span = Carets(parsed, found.root).node(pick(found))
    assert span is not None
    assert text[span[0] : span[1]] == shown


def test_deep_queries_are_read_without_recursion() -> None:
    assert mean(" + ".join(["queue"] * 900)).unit == Quantity(units.COUNT)


def test_metrics_that_agree_in_nothing_leave_nothing_known() -> None:
    twice = RuleFile(
        name="twice",
        module="t.py",
        groups=(GroupView(name="g", rules=(record("x", "rate(requests_total[5m])"), record("x", "share")), json={}),),
    )
    series = Knowledge.of(SIGNALS, (twice,), parse)("x")
    assert series is not None
    assert (series.type, series.unit) == ("", None)


LITERALS = [("a|b", ("a", "b")), ("(a|b)", ("a", "b")), (r"a\.b", ("a.b",)), ("5..", None), ("a|b+", None), ("(a)|b", None)]


@pytest.mark.parametrize(("regex", "expected"), LITERALS)
def test_literals_of_a_regex(regex: str, expected: tuple[str, ...] | None) -> None:
    assert literals(regex) == expected


MATCHES = [
    ("5..", "500", True),
    ("5..", "400", False),
    ("(a+)+b", "a" * 40, None),
    (".*", "x" * 1000, True),
    ("[", "x", None),
    ("(?i)a", "A", None),
]


@pytest.mark.parametrize(("regex", "value", "expected"), MATCHES, ids=[row[0] for row in MATCHES])
def test_regexes_are_judged_only_when_that_is_safe(regex: str, value: str, expected: bool | None) -> None:
    assert matches(regex, value) is expected


def test_unknown_values_stay_unknown_under_exclusion() -> None:
    assert narrowed(None, "!=", "x") is None
    assert Labels({}, True).lacks("x") is False
