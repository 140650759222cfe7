"""Signals, labels, units, services: what they accept, and what they refuse the moment they are declared."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Callable

import pytest
from project import REPOSITORY

from obskit.catalog import (
    Counter,
    Gauge,
    Histogram,
    Label,
    Service,
    Signal,
    SpanAttribute,
    Summary,
    Unit,
    Waive,
    one_of,
    span_status,
    spans,
    units,
)
from obskit.errors import DeclarationError

shop = Service("shop", job="shop", external_labels={"cluster": "a"})
cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD)
millis = SpanAttribute("latency.ms", help="Latency.", service=shop, type="int", unit=units.MILLISECONDS)
step = SpanAttribute("operation.type", help="Step.", service=shop, type="string", values=("plan", "patch"))
odd = SpanAttribute("odd name", help="Odd.", service=shop, type="int")


def counter(name: str = "a_total", **options: object) -> Counter:
    return Counter(name, **{"help": "A.", "service": shop, **options})  # type: ignore[arg-type]


def histogram(**options: object) -> Histogram:
    return Histogram("h_seconds", help="H.", service=shop, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("declare", "message"),
    [
        (lambda: counter("a b"), '"a b" is not a metric name'),
        (lambda: counter("1a"), '"1a" is not a metric name'),
        (lambda: counter(aliases=("x y",)), '"x y" is not a metric name'),
        (lambda: counter(help=" "), '"a_total" has no help text'),
        (lambda: counter(service="shop"), "must be a Service"),
        (lambda: counter(unit="s"), "must be a Unit"),
        (lambda: counter(labels=("x",)), "must be a tuple of Label"),
        (lambda: counter(labels=(Label("x", at_most=2), Label("x", at_most=3))), 'has label "x" twice'),
        (lambda: counter(labels=(Label("cluster", at_most=2),)), "is an environment label"),
        (lambda: counter(bounds=(1, 0)), "are upside down"),
        (lambda: histogram(), "has either buckets or native=True"),
        (lambda: histogram(buckets=(1,), native=True), "has either buckets or native=True"),
        (lambda: histogram(buckets=(2, 1)), "not in ascending order"),
        (lambda: histogram(buckets=(1, 1)), "not in ascending order"),
        (lambda: histogram(buckets=(1, float("inf"))), "finite numbers"),
        (lambda: Histogram("x_bucket", help="H.", service=shop, buckets=(1,)), "ends in a suffix"),
        (lambda: Summary("s", help="S.", service=shop, quantiles=(2,)), "between 0 and 1"),
        (lambda: Label("a-b", at_most=1), '"a-b" is not a label name'),
        (lambda: Label("__a", at_most=1), '"__a" is not a label name'),
        (lambda: Label("le", at_most=1), 'label "le" belongs to histogram buckets'),
        (lambda: Label("job", at_most=1), 'label "job" belongs to the service'),
        (lambda: Label("a"), "is open and has no bound"),
        (lambda: Label("a", at_most=0), "is not a bound"),
        (lambda: Label("a", values=("x", "x")), "repeats a value"),
        (lambda: Label("a", values="xy"), "tuple of texts"),
        (lambda: Label("a", values=("x",), pattern="x"), "both values and a pattern"),
        (lambda: Label("a", pattern="("), "does not compile"),
        (lambda: Label("a", pattern="x+", zero=("y",)), 'cannot be initialised at "y"'),
        (lambda: Service("", job="x"), "a service has a name"),
        (lambda: Service("a", scrape_interval="15"), 'scrape interval of service "a"'),
        (lambda: Service("a", runbook="https://x"), "names no alert"),
        (lambda: Service("a", matchers={"x-y": "z"}), "is not a label name"),
        (lambda: Unit("", grafana="s"), "a unit has a name"),
        (lambda: Waive("metric-name", " "), "says why"),
        (lambda: Waive("metric-name", "why", until="tomorrow"), "is not a date"),
        (lambda: SpanAttribute("span.x", help="X.", service=shop, type="int"), "carries a scope"),
        (lambda: SpanAttribute("x", help="X.", service=shop, type="double"), "type of"),  # type: ignore[arg-type]
        (lambda: cost.quantile_over_time(0.9), "is always empty"),
        (lambda: step.sum_over_time(), "only numbers"),
        (lambda: step.eq("plans"), 'is never "plans"'),
        (lambda: step > 3, "compared with a number"),
        (lambda: cost.eq("x"), "compared with text"),
        (lambda: span_status("failed"), "must be one of"),
    ],
)
def test_declaration_refuses(declare: Callable[[], object], message: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        declare()
    assert message in caught.value.message + caught.value.hint


def test_declaration_error_is_placed_where_the_value_was_written() -> None:
    with pytest.raises(DeclarationError) as caught:
        Label("le", at_most=1)
    assert str(caught.value.origin).partition(":")[0].endswith("test_catalog_signals.py")


@pytest.mark.parametrize(
    ("signal", "names"),
    [
        (counter(), ("a_total",)),
        (histogram(buckets=(1, 2)), ("h_seconds_bucket", "h_seconds_count", "h_seconds_sum")),
        (histogram(buckets=(-1, 2)), ("h_seconds_bucket", "h_seconds_count")),
        (histogram(native=True), ("h_seconds",)),
        (Summary("s", help="S.", service=shop), ("s_count", "s_sum")),
        (Summary("s", help="S.", service=shop, quantiles=(0.5,)), ("s", "s_count", "s_sum")),
        (Gauge("g", help="G.", service=shop), ("g",)),
    ],
)
def test_signal_names_the_series_that_can_be_queried(signal: Counter, names: tuple[str, ...]) -> None:
    assert signal.series_names == names


@pytest.mark.parametrize(
    ("label", "bound", "initial"),
    [
        (Label("a", values=("x", "y")), 2, ("x", "y")),
        (Label("a", at_most=9), 9, ()),
        (Label("a", pattern=r"\d"), None, ()),
        (Label("a", pattern=r"\d", zero=("1",), at_most=10), 10, ("1",)),
    ],
)
def test_label_knows_its_bound_and_first_values(label: Label, bound: int | None, initial: tuple[str, ...]) -> None:
    assert (label.bound, label.initial) == (bound, initial)


S = 'resource.service.name = "shop"'


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (cost.sum_over_time(by=step), f"{{ {S} && span.cost.usd != nil }} | sum_over_time(span.cost.usd) by (span.operation.type)"),
        (millis.avg_over_time(), f"{{ {S} && span.latency.ms != nil }} | avg_over_time(span.latency.ms)"),
        (millis.quantile_over_time(0.95), f"{{ {S} && span.latency.ms != nil }} | quantile_over_time(span.latency.ms, 0.95)"),
        (cost.max_over_time(where=(cost > 0.01,)), f"{{ {S} && span.cost.usd > 0.01 }} | max_over_time(span.cost.usd)"),
        (odd.min_over_time(), f'{{ {S} && span."odd name" != nil }} | min_over_time(span."odd name")'),
        (
            spans(shop, millis > 3000).count_over_time(by=step),
            f"{{ {S} && span.latency.ms > 3000 }} | count_over_time() by (span.operation.type)",
        ),
        (
            spans(shop, step.exists(), span_status("error")).count_over_time(),
            f"{{ {S} && span.operation.type != nil && status = error }} | count_over_time()",
        ),
        (spans(shop, step.eq(one_of("plan", "patch"))).rate(), f'{{ {S} && span.operation.type =~ "plan|patch" }} | rate()'),
        (spans(shop).search(), f"{{ {S} }}"),
        (spans(shop).duration_quantile(0.95), f"{{ {S} }} | quantile_over_time(span:duration, 0.95)"),
    ],
)  # fmt: skip
def test_span_question_prints(query: object, text: str) -> None:
    assert str(query) == text


def test_span_question_knows_unit_and_grouping() -> None:
    query = cost.sum_over_time(by=step)
    assert (query.unit, query.labels, query.metrics) == (units.USD, ("span.operation.type",), True)


def test_everything_that_a_signal_declares_is_read_by_something() -> None:
    others = [path for path in (REPOSITORY / "obskit").rglob("*.py") if path.name != "signal.py"]
    trees = [ast.parse(path.read_text("utf-8")) for path in others]
    read = {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert {field.name for field in dataclasses.fields(Signal)} - read == set()
