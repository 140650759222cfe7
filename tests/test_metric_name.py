"""What is off in a metric's name, and the name that would be right."""

from __future__ import annotations

import pytest

from obskit.catalog import Counter, Gauge, Histogram, Info, Label, Service, Signal, Unit, units
from obskit.lint.names import convention, faults

SHOP = Service("shop", job="shop")
STATUS = Label("status", values=("ok", "error"))


def counter(name: str, unit: Unit = units.COUNT) -> Signal:
    return Counter(name, help="Something.", service=SHOP, unit=unit, labels=(STATUS,))


def gauge(name: str, unit: Unit = units.COUNT) -> Signal:
    return Gauge(name, help="Something.", service=SHOP, unit=unit)


def histogram(name: str, unit: Unit = units.COUNT) -> Signal:
    return Histogram(name, help="Something.", service=SHOP, unit=unit, buckets=(0.1, 1))


def info(name: str) -> Signal:
    return Info(name, help="Something.", service=SHOP)


@pytest.mark.parametrize(
    "signal",
    [
        counter("requests_total"),
        counter("shop_work_seconds_total", units.SECONDS),
        counter("shop_tokens_total", units.TOKENS),
        counter("shop_status_changes_total"),
        counter("counter_visits_total"),
        gauge("shop_users", units.USERS),
        gauge("up", units.BOOLEAN),
        gauge("shop_start_timestamp_seconds", units.TIMESTAMP),
        gauge("shop_quality_score_ratio", units.RATIO),
        histogram("shop_operation_cost_usd", units.USD),
        histogram("shop_latency_seconds", units.SECONDS),
        info("shop_build_info"),
    ],
)
def test_conventional_name_is_left_alone(signal: Signal) -> None:
    assert faults(signal) == ()
    assert convention(signal) == signal.name


@pytest.mark.parametrize(
    ("signal", "fault", "name"),
    [
        (counter("shop_requests"), 'a counter ends in "_total"', "shop_requests_total"),
        (counter("shop_work_time_total_seconds", units.SECONDS), 'a counter ends in "_total"', "shop_work_time_seconds_total"),
        (counter("shop_requests_by_status_total"), 'the label "status" does not belong in a name', "shop_requests_total"),
        (counter("shop_request_counter_total"), 'the kind "counter" does not belong in a name', "shop_request_total"),
        (counter("shop_io_total", units.BYTES), 'the unit "bytes" is missing at the end', "shop_io_bytes_total"),
        (counter("shop_cost_cents_total", units.CENTS), '"cents" is not a base unit, "usd" is', "shop_cost_usd_total"),
        (gauge("shop_current_users"), '"current" says nothing', "shop_users"),
        (gauge("shop_users_total"), 'a gauge does not end in "_total"', "shop_users"),
        (gauge("cpu_percent", units.PERCENT), '"percent" is not a base unit, "ratio" is', "cpu_ratio"),
        (gauge("shop_latency_ms", units.SECONDS), 'the unit "seconds" is missing at the end', "shop_latency_seconds"),
        (gauge("shop_latency_milliseconds", units.MILLISECONDS), '"milliseconds" is not a base unit, "seconds" is', "shop_latency_seconds"),
        (gauge("shop_queue_count"), "the ending is that of a histogram's series", "shop_queue"),
        (gauge("shopQueueLength"), "upper-case letters", "shop_queue_length"),
        (gauge("job:queue"), "a colon is for recording rules", "job_queue"),
        (histogram("shop_latency", units.SECONDS), 'the unit "seconds" is missing at the end', "shop_latency_seconds"),
        (info("shop_build"), 'an info metric ends in "_info"', "shop_build_info"),
    ],
    ids=lambda value: value.name if isinstance(value, Signal) else "",
)
def test_unconventional_name_is_corrected(signal: Signal, fault: str, name: str) -> None:
    assert faults(signal) == (fault,)
    assert convention(signal) == name
