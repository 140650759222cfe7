"""Requests a second for what counts requests, counts a second for everything else that is counted; typed and as text alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import obskit, write

from obskit import analysis, settings, source
from obskit.catalog import Counter, Expr, Gauge, Histogram, Service, units
from obskit.catalog.follow import quantity
from obskit.catalog.unit import agreed

SHOP = Service("shop", job="shop")
CATALOG = """
from obskit.catalog import *
shop = Service("shop", job="shop")
requests = Counter("shop_requests_total", help="Requests.", service=shop)
switches = Counter("node_context_switches_total", help="Switches.", service=shop)
queue = Gauge("shop_requests_waiting", help="Waiting.", service=shop)
seconds = Histogram("http_seconds", help="Time.", service=shop, unit=units.SECONDS, buckets=(0.1, 1))
work = Histogram("work_seconds", help="Time.", service=shop, unit=units.SECONDS, buckets=(0.1, 1))
"""


def counter(name: str) -> Expr:
    return Counter(name, help="h", service=SHOP).rate()


def seconds(name: str) -> Expr:
    return Histogram(name, help="h", service=SHOP, unit=units.SECONDS, buckets=(0.1, 1)).observations.rate()


TYPED = [
    (counter("shop_requests_total"), "reqps"),
    (counter("shop_request_errors_total"), "reqps"),
    (counter("http_errors_total"), "reqps"),
    (counter("grpc_server_handled_total"), "reqps"),
    (counter("traces_spanmetrics_calls_total"), "reqps"),
    (counter("db_queries_total"), "reqps"),
    (counter("db_query_failures_total"), "reqps"),
    (counter("node_context_switches_total"), "cps"),
    (counter("shop_orders_failed_total"), "cps"),
    (counter("node_disk_discarded_sectors_total"), "cps"),
    (counter("shop_recalls_total"), "cps"),
    (counter("shop_requested_total"), "cps"),
    (counter("shop_requests_total").sum(by="job") * 2, "reqps"),
    (counter("shop_requests_total") + counter("shop_orders_total"), "reqps"),
    (counter("shop_orders_failed_total").sum() / counter("shop_requests_total").sum(), "percentunit"),
    (seconds("http_request_duration_seconds"), "reqps"),
    (seconds("work_seconds"), "cps"),
    (Gauge("shop_requests_waiting", help="h", service=SHOP).deriv("5m"), "cps"),
    (Gauge("shop_queue", help="h", service=SHOP).deriv("5m"), "cps"),
]


@pytest.mark.parametrize(("expr", "unit"), TYPED, ids=[str(expr) for expr, _ in TYPED])
def test_unit_of_a_typed_query(expr: Expr, unit: str) -> None:
    found = quantity(expr)
    assert found is not None
    assert found.grafana == unit


TEXTS = {
    "rate(shop_requests_total[5m])": "reqps",
    "sum(rate(node_context_switches_total[5m]))": "cps",
    "deriv(shop_requests_waiting[5m])": "cps",
    "rate(http_seconds_count[5m])": "reqps",
    "rate(work_seconds_count[5m])": "cps",
    "sum(rate(node_context_switches_total[5m])) / sum(rate(shop_requests_total[5m]))": "percentunit",
}


def test_unit_of_a_query_as_text(tmp_path: Path) -> None:
    panels = ", ".join(f"timeseries({query!r}, {query!r})" for query in TEXTS)
    board = f"from obskit.dashboards import *\nb = dashboard('B', uid='b', panels=[{panels}])\n"
    write(tmp_path, {"pyproject.toml": "", "rules_src/catalog.py": CATALOG, "dashboards_src/b.py": board})
    analysed = analysis.run(source.load(settings.load(tmp_path)))
    (shown,) = analysed.project.boards
    assert {panel.title: panel.json["fieldConfig"]["defaults"]["unit"] for panel in shown.panels} == TEXTS


def test_requests_among_other_counts_are_counts(tmp_path: Path) -> None:
    assert [agreed(ids) for ids in (("reqps",), ("reqps", "cps"), ("reqps", "s"), ("reqps", "cps", ""), ())] == ["reqps", "cps", "", "", ""]
    text = CATALOG.replace("obskit.catalog import *", "obskit.catalog import *\nfrom obskit.dashboards import dashboard, timeseries")
    text += "b = dashboard('B', uid='b', description='d', tags=('t',), panels=[timeseries('T', requests.rate(), switches.rate())])\n"
    assert obskit(write(tmp_path, {"pyproject.toml": "", "rules_src/__init__.py": "", "dashboards_src/b.py": text}), "build").code == 0
    assert '"unit": "cps"' in (tmp_path / "build/grafana/dashboards/general/b.json").read_text()
