"""`obskit catalog` and `obskit catalog uses`: what is declared, and who uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from project import obskit, write

FILES = {
    "pyproject.toml": '[tool.obskit]\nexternal = []\n[tool.obskit.lint]\nfail = "error"\n'.replace("external = []\n", ""),
    "rules_src/catalog/shop.py": '''\
from obskit.catalog import Counter, Gauge, Label, Service, SpanAttribute, units
shop = Service("shop", job="shop", owner="team-shop")
method = Label("method", values=("GET", "POST"))
requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(method, Label("endpoint", at_most=50)))
queue = Gauge("shop_queue_length", help="Orders | waiting.", service=shop)
cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD)
''',
    "rules_src/shop.py": '''\
from obskit.rules import Alert, Record
from rules_src.catalog.shop import requests
rate5m = Record(name="job_method:shop_requests:rate5m", expr="sum by (job, method) (rate(shop_requests_total[5m]))")
quiet = Alert(name="ShopQuiet", expr='job_method:shop_requests:rate5m{method="GET"} < 1', summary="No {{ $labels.method }}")
busy = Alert(name="ShopBusy", expr="sum by (job) (job_method:shop_requests:rate5m) > 1000")
''',
    "dashboards_src/shop.py": '''\
from obskit.dashboards import dashboard, query_variable, stat, timeseries
from rules_src.catalog.shop import cost, queue, requests
way = query_variable("way", "label_values(shop_requests_total, method)")
board = dashboard("Shop", uid="shop", tags=("shop",), variables=[way], panels=[
    timeseries("Requests", requests.rate().sum(by="method")),
    stat("Queue", queue.sum()),
    stat("Cost", cost.sum_over_time()),
    timeseries("By way", 'sum by (endpoint) (rate(shop_requests_total{method=~"$way"}[5m]))'),
])
''',
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, FILES)


def uses(project: Path, name: str) -> list[tuple[str, str, tuple[str, ...]]]:
    ran = obskit(project, "catalog", "uses", name, "--format", "json")
    assert ran.code == 0, ran.err
    return [(use["kind"], use["name"], tuple(use["through"])) for use in json.loads(ran.out)["uses"]]


def test_signals_are_listed_by_service(project: Path) -> None:
    ran = obskit(project, "catalog")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "shop: 3 signals"
    assert "  shop_requests_total  counter                 count       method (GET|POST), endpoint (up to 50)" in ran.out.splitlines()


def test_list_as_json_has_place_and_owner(project: Path) -> None:
    listed = json.loads(obskit(project, "catalog", "--format", "json").out)["signals"]
    (first,) = [one for one in listed if one["name"] == "shop_queue_length"]
    assert (first["owner"], first["path"], first["line"]) == ("team-shop", "rules_src/catalog/shop.py", 5)


def test_list_as_markdown_escapes_bars(project: Path) -> None:
    assert r"| `shop_queue_length` | gauge | count |  | Orders \| waiting. |" in obskit(project, "catalog", "--format", "markdown").out


def test_uses_of_a_signal_go_through_recording_rules(project: Path) -> None:
    through = ("job_method:shop_requests:rate5m",)
    assert uses(project, "shop_requests_total") == [
        ("panel", "Requests", ()),
        ("panel", "By way", ()),
        ("variable", "job", ()),
        ("variable", "way", ()),
        ("record", "job_method:shop_requests:rate5m", ()),
        ("alert", "ShopQuiet", through),
        ("alert", "ShopBusy", through),
    ]


def test_uses_of_a_label_are_where_it_is_named_and_what_reads_that(project: Path) -> None:
    assert uses(project, "method") == [
        ("panel", "Requests", ()),
        ("panel", "By way", ()),
        ("variable", "way", ()),
        ("record", "job_method:shop_requests:rate5m", ()),
        ("alert", "ShopQuiet", ()),
        ("alert", "ShopBusy", ("job_method:shop_requests:rate5m",)),
    ]


def test_roles_of_a_label_are_told(project: Path) -> None:
    out = obskit(project, "catalog", "uses", "method").out
    rows = {line.split()[1]: line for line in out.splitlines() if line.startswith("  ")}
    assert rows["Requests"].endswith("grouping, legend")
    assert rows["ShopQuiet"].endswith("matcher, template")
    assert rows["way"].endswith("values")


def test_uses_of_a_span_attribute_are_panels(project: Path) -> None:
    assert uses(project, "cost.usd") == [("panel", "Cost", ())]


def test_uses_of_a_recording_rule_are_its_readers(project: Path) -> None:
    assert uses(project, "job_method:shop_requests:rate5m") == [("alert", "ShopQuiet", ()), ("alert", "ShopBusy", ())]


def test_uses_are_counted_for_people(project: Path) -> None:
    assert obskit(project, "catalog", "uses", "shop_queue_length").err.strip() == "1 panel"


def test_unknown_name_is_a_question_that_cannot_be_asked(project: Path) -> None:
    ran = obskit(project, "catalog", "uses", "shop_request_total")
    assert ran.code == 2
    assert 'did you mean "shop_requests_total"?' in ran.err


def test_module_that_breaks_is_told_and_fails(project: Path) -> None:
    write(project, {"rules_src/broken.py": "1 / 0\n"})
    ran = obskit(project, "catalog")
    assert (ran.code, "rules_src/broken.py:1: error:" in ran.out) == (1, True)


def test_uses_tell_the_module_that_breaks(project: Path) -> None:
    write(project, {"dashboards_src/shop.py": "1 / 0\n"})
    ran = obskit(project, "catalog", "uses", "shop_queue_length")
    assert (ran.code, ran.out.startswith("dashboards_src/shop.py:1: error:")) == (1, True)
    assert ran.err.strip() == "nothing uses it, of what could be loaded"


def test_name_that_a_broken_module_may_declare_is_not_denied(project: Path) -> None:
    write(project, {"rules_src/catalog/shop.py": "1 / 0\n"})
    ran = obskit(project, "catalog", "uses", "shop_queue_length")
    assert (ran.code, "rules_src/catalog/shop.py:1: error:" in ran.out) == (1, True)
    assert ran.err.strip().endswith("of what could be loaded")
