"""What is exposed against what is declared."""

from __future__ import annotations

import pytest

from obskit.catalog import Counter, Gauge, Histogram, Info, Label, Service, Signal, Summary, units
from obskit.exposition import read
from obskit.finding import Finding
from obskit.scrape import compare

SHOP, BANK = Service("shop", job="shop"), Service("bank", job="bank", external_labels={"zone": "a"})
METHOD = Label("method", values=("GET", "POST"))
CODE = Label("code", pattern=r"[1-5]\d\d")
PATH = Label("path", at_most=2)
REGION = Label("region", at_most=5, optional=True)
REQUESTS = Counter("shop_requests_total", help="Requests.", service=SHOP, labels=(METHOD, CODE, PATH, REGION), aliases=("shop_hits_total",))
WORK = Counter("shop_work_total_seconds", help="Work.", service=SHOP, unit=units.SECONDS, exposed="untyped", twin="shop_work_seconds_total")
QUEUE = Gauge("shop_queue", help="Queue.", service=SHOP)
LATENCY = Histogram("shop_latency_seconds", help="Latency.", service=SHOP, unit=units.SECONDS, buckets=(0.5, 2))
SIZE = Summary("shop_size_bytes", help="Size.", service=SHOP, unit=units.BYTES, quantiles=(0.5,))
BUILD = Info("shop_build_info", help="Build.", service=SHOP, labels=(Label("version", at_most=5),))
ALL = (REQUESTS, WORK, QUEUE, LATENCY, SIZE, BUILD)
SOUND = """\
# TYPE shop_requests_total counter
shop_requests_total{method="GET",code="200",path="/a"} 5
shop_requests_total{method="POST",code="500",path="/b",region="eu"} 5
# TYPE shop_work_total_seconds untyped
shop_work_total_seconds 7
# TYPE shop_queue gauge
shop_queue{instance="x:1"} 3
# TYPE shop_latency_seconds histogram
shop_latency_seconds_bucket{le="0.5"} 1
shop_latency_seconds_bucket{le="2.0"} 1
shop_latency_seconds_bucket{le="+Inf"} 1
shop_latency_seconds_sum 1
shop_latency_seconds_count 1
# TYPE shop_size_bytes summary
shop_size_bytes{quantile="0.5"} 1
shop_size_bytes_sum 1
shop_size_bytes_count 1
# TYPE shop_build_info gauge
shop_build_info{version="1.0"} 1
"""
OPENMETRICS = (
    SOUND.replace("TYPE shop_requests_total", "TYPE shop_requests").replace("TYPE shop_build_info gauge", "TYPE shop_build info")
    .replace("untyped", "unknown") + "# EOF\n"
)  # fmt: skip


def found(text: str, *signals: Signal, service: str = "", external: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    exposition = read(text)
    assert exposition.faults == ()
    return compare(signals or ALL, exposition, source="metrics.txt", service=service, external=external)


def changed(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new)


def without(name: str) -> str:
    return "".join(line for line in SOUND.splitlines(keepends=True) if name not in line)


@pytest.mark.parametrize("text", [SOUND, OPENMETRICS], ids=["text", "openmetrics"])
def test_what_is_declared_and_exposed_is_sound(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "check", "severity", "line"),
    [
        (changed("shop_queue gauge", "shop_queue counter"), "scrape-type", "error", 6),
        (changed("# TYPE shop_queue gauge\n", ""), "scrape-type", "warning", 6),
        (changed("shop_work_total_seconds untyped", "shop_work_total_seconds counter"), "scrape-type", "warning", 4),
        (changed("shop_latency_seconds_sum 1\n", ""), "scrape-series", "warning", 8),
        (changed('le="2.0"', 'le="2.5"'), "scrape-buckets", "error", 9),
        (changed('shop_latency_seconds_bucket{le="2.0"} 1\n', ""), "scrape-buckets", "error", 9),
        (changed('shop_latency_seconds_bucket{le="2.0"', 'shop_latency_seconds_bucket{le="1"} 1\n'
                 'shop_latency_seconds_bucket{le="2.0"'), "scrape-buckets", "warning", 9),
        (changed('method="POST"', 'method="PUT"'), "scrape-labels", "error", 3),
        (changed('code="500"', 'code="5xx"'), "scrape-labels", "error", 3),
        (changed('code="500",', ""), "scrape-labels", "error", 3),
        (changed('version="1.0"', 'version="1.0",commit="abc"'), "scrape-labels", "warning", 19),
        (changed("# TYPE shop_work", 'shop_requests_total{method="GET",code="200",path="/c"} 5\n# TYPE shop_work'), "scrape-cardinality",
         "warning", 4),
        (changed("# TYPE shop_queue", "other 3\n# TYPE shop_queue"), "scrape-extra", "warning", 6),
        (changed("shop_queue{instance=\"x:1\"} 3\n", ""), "scrape-empty", "info", 6),
    ],
)  # fmt: skip
def test_difference_is_found_at_its_line(text: str, check: str, severity: str, line: int) -> None:
    (finding,) = found(text)
    assert finding.origin is not None
    assert (finding.id, finding.severity, finding.origin.path, finding.origin.line) == (check, severity, "metrics.txt", line)


@pytest.mark.parametrize("signal", ALL, ids=lambda signal: signal.name)
def test_signal_that_is_not_exposed_is_missed_where_it_is_declared(signal: Signal) -> None:
    (finding,) = found(without(signal.name))
    assert (finding.id, finding.severity, finding.origin) == ("scrape-missing", "warning", signal.origin)


def test_deprecated_signal_may_be_missing() -> None:
    old = Gauge("shop_old", help="Old.", service=SHOP, deprecated="use shop_queue")
    assert [finding.severity for finding in found(SOUND, *ALL, old)] == ["info"]


@pytest.mark.parametrize(
    ("old", "new"), [("shop_requests_total", "shop_hits_total"), ("shop_work_total_seconds", "shop_work_seconds_total")]
)
def test_former_name_is_not_extra_and_told_as_the_hint(old: str, new: str) -> None:
    (finding,) = found(changed(old, new))
    assert (finding.id, f'"{new}" is' in finding.hint) == ("scrape-missing", True)


@pytest.mark.parametrize(("exposed", "hint"), [("shop_queues", 'did you mean "shop_queue"?'), ("zzz", "external")])
def test_extra_metric_has_a_hint(exposed: str, hint: str) -> None:
    (finding,) = found(f"{SOUND}# TYPE {exposed} gauge\n{exposed} 1\n")
    assert (finding.id, hint in finding.hint) == ("scrape-extra", True)


def test_missing_label_is_likened_to_the_extra_one() -> None:
    missing, extra = found(changed("path=", "paths="))
    assert (missing.severity, missing.hint, extra.hint) == ("error", 'did you mean "paths"?', 'did you mean "path"?')


def test_metrics_of_other_collectors_are_one_line() -> None:
    text = SOUND + "process_cpu_seconds_total 1\nprocess_open_fds 1\npython_info 1\nup 1\nmine 1\n"
    (finding,) = found(text, external=("up", "mi.*"))
    assert (finding.id, finding.severity) == ("scrape-external", "info")
    assert finding.message == "5 of other collectors are not compared: mine, process_ (2), python_ (1), up"


def test_times_of_creation_are_one_line() -> None:
    text = SOUND + "shop_requests_created 1\nshop_latency_seconds_created 1\n"
    assert [(finding.id, finding.severity) for finding in found(text)] == [("scrape-created", "info")]


def test_service_of_which_nothing_is_exposed_is_one_line() -> None:
    others = tuple(Gauge(f"bank_{name}", help="Other.", service=BANK) for name in "abc")
    (finding,) = found(SOUND, *ALL, *others)
    assert (finding.id, finding.severity, "3 signals" in finding.message) == ("scrape-service", "info", True)


def test_service_that_is_named_is_missed_signal_by_signal() -> None:
    others = tuple(Gauge(f"bank_{name}", help="Other.", service=BANK) for name in "abc")
    assert [finding.id for finding in found(SOUND, *ALL, *others, service="bank")] == ["scrape-missing"] * 3


def test_labels_of_the_environment_are_no_labels_of_the_signal() -> None:
    balance = Gauge("bank_balance", help="Balance.", service=BANK)
    assert found('# TYPE bank_balance gauge\nbank_balance{job="bank",instance="a",zone="a"} 1\n', balance) == ()
