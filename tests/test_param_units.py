"""Parameters in the unit of what they are compared with: in alerts, in questions to spans, on panels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from project import SHOP, obskit, write

from obskit.catalog import Counter, Expr, Gauge, Histogram, Label, Param, Service, SpanAttribute, Unit, spans, units
from obskit.dashboards import timeseries
from obskit.errors import DeclarationError

shop = Service("shop", job="shop")
latency = Histogram("shop_latency_seconds", help="Latency.", service=shop, unit=units.SECONDS, buckets=(1, 2))
paid = Counter("shop_paid_usd_total", help="Paid.", service=shop, unit=units.USD)
used = Gauge("shop_used_ratio", help="Used.", service=shop, unit=units.RATIO)
queue = Gauge("shop_queue_length", help="Waiting.", service=shop)
took = SpanAttribute("latency.ms", help="Latency.", service=shop, type="int", unit=units.MILLISECONDS)
p95 = latency.quantile(0.95)


def limit(unit: Unit) -> Param[float]:
    return Param("limit", 1.0, unit=unit)


USES: dict[str, Callable[[Param[float]], Any]] = {
    "above": lambda param: p95 > param,
    "turned": lambda param: param < p95,
    "added": lambda param: p95 + param,
    "per call": lambda param: latency.mean() > param,
    "span attribute": lambda param: spans(shop, took > param).count_over_time() > 0,
    "spans": lambda param: took.avg_over_time() > param,
    "bucket": lambda param: latency.share_below(param),
    "panel": lambda param: timeseries("P95", p95, thresholds=(param,)),
    "panel with colours": lambda param: timeseries("P95", p95, thresholds=((param, "red"),)),
    "panel of spans": lambda param: timeseries("Mean", took.avg_over_time(), thresholds=(param,)),
}


@pytest.mark.parametrize("use", USES)
def test_parameter_in_another_unit_is_refused(use: str) -> None:
    right, wrong = (units.MILLISECONDS, units.SECONDS) if "span" in use else (units.SECONDS, units.MILLISECONDS)
    USES[use](limit(right))
    with pytest.raises(DeclarationError, match='parameter "limit" is in ') as caught:
        USES[use](limit(wrong))
    assert caught.value.message == f'parameter "limit" is in {wrong.name}, and what it is compared with in {right.name}'


@pytest.mark.parametrize(
    ("expr", "unit"),
    [
        (p95 * 1000, units.MILLISECONDS), (paid.increase("1h"), units.USD), (paid.rate() * 3600, units.USD), (paid.rate(), units.USD),
        (used, units.RATIO), (used * 100, units.PERCENT), (queue, units.SECONDS), (p95, units.NONE), (p95, units.COUNT),
        (p95, Unit("ticks", grafana="short")),
    ],
    ids=str,
)  # fmt: skip
def test_parameter_in_the_unit_or_where_nobody_can_tell_is_taken(expr: Expr, unit: Unit) -> None:
    assert str(expr > limit(unit)) == f"{expr} > 1"


def test_factors_are_not_compared() -> None:
    assert str(p95 / limit(units.MILLISECONDS)).endswith("/ 1")


def test_hint_says_the_factor() -> None:
    with pytest.raises(DeclarationError) as caught:
        assert used > limit(units.PERCENT)
    assert caught.value.hint == "Param(…, unit=…) in ratio, or divide its .value by 100"


def test_parameter_may_stand_where_a_number_or_text_does() -> None:
    assert str(latency.share_below(limit(units.SECONDS))) == str(latency.share_below(1))
    assert str(latency.quantile(Param("most", 0.9, unit=units.RATIO))) == str(latency.quantile(0.9))
    region = Gauge("shop_up", help="Up.", service=shop, labels=(Label("region", at_most=5),))
    assert str(region.where(region=Param("region", "eu"))) == str(region.where(region="eu"))  # type: ignore[arg-type]  # taken all the same


def test_bound_is_a_number() -> None:
    with pytest.raises(DeclarationError, match='a bound of "shop_latency_seconds" is a number, not \'x\''):
        latency.bucket(Param("bound", "x"))  # type: ignore[arg-type]  # what an author may write


def test_parameter_may_bound_a_span_attribute() -> None:
    assert (took > limit(units.MILLISECONDS)).text == "span.latency.ms > 1"


@pytest.mark.parametrize("value", [None, [1], object])
def test_span_attribute_is_compared_with_a_number(value: object) -> None:
    with pytest.raises(DeclarationError, match=r'"latency\.ms" is compared with'):
        assert took > value


def test_job_is_text() -> None:
    with pytest.raises(DeclarationError, match='job of service "shop" must be text, not a Param') as caught:
        Service("shop", job=Param("job", "shop"))  # type: ignore[arg-type]  # what an author may write
    assert caught.value.hint == 'job="shop", or the .value of a Param'


def test_wrong_unit_is_a_finding_at_its_line(tmp_path: Path) -> None:
    rules = SHOP["rules_src/shop.py"].replace("import regex", "import Param, regex, units")
    rules = rules.replace("> 0.10", '> Param("most_errors", 10, unit=units.PERCENT)')
    done = obskit(write(tmp_path, SHOP, {"rules_src/shop.py": rules}), "build")
    line = 1 + next(number for number, text in enumerate(rules.splitlines()) if "Param(" in text)
    said = f'rules_src/shop.py:{line}: error: parameter "most_errors" is in percent, and what it is compared with in ratio'
    assert (done.code, said in done.out) == (1, True), done.out
