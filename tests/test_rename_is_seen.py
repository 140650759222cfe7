"""A rename in the catalogue turns the build red, and names every place that still says the old name."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from project import Ran, obskit, tree, write

SIGNALS = "rules_src/catalog/shop.py"
CATALOG = """\
from obskit.catalog import Counter, Label, Service

shop = Service("shop", job="shop")
endpoint = Label("endpoint", at_most=50)
method = Label("method", values=("GET", "POST"))
requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(endpoint, method))
"""
RULES = """\
from obskit.rules import Alert, Record

rate = Record(name="endpoint:shop_requests:rate5m", expr='sum by (endpoint) (rate(shop_requests_total{job="shop"}[5m]))')
links = {"runbook": "https://runbooks.example.com/shop"}
idle = Alert(
    name="ShopIdle",
    expr='sum by (job) (rate(shop_requests_total{job="shop",endpoint="/buy"}[5m])) == 0',
    for_="10m", severity="warning", summary="Nobody buys", description="No order for 10 minutes.", **links,
)
busy = Alert(
    name="ShopBusy",
    expr="endpoint:shop_requests:rate5m > 100",
    for_="10m", severity="warning", summary="Many requests", description="Many ask for {{ $labels.endpoint }}.", **links,
)
down = Alert(
    name="ShopDown", expr='up{job="shop"} == 0',
    for_="2m", severity="critical", summary="Down", description="{{ $labels.instance }} is down.", **links,
)
"""
TEXTS = """\
from obskit.dashboards import dashboard, query, query_variable, row, stat, timeseries

says = {"unit": "reqps", "description": "Requests a second."}
way = query_variable("way", "label_values(shop_requests_total, endpoint)")
how = query_variable("how", "label_values(shop_requests_total, method)")
texts = dashboard("Texts", uid="texts", description="Queries as text.", tags=("shop",), variables=[way, how], panels=[
    timeseries("By way", "sum by (endpoint) (rate(shop_requests_total[$__rate_interval]))", **says),
    timeseries("Chosen", 'sum(rate(shop_requests_total{endpoint=~"$way",method=~"$how"}[$__rate_interval]))', **says),
    timeseries("By method", query("sum by (method) (rate(shop_requests_total[$__rate_interval]))", legend="{{method}}"), **says),
    row("Closed", [stat("Busiest", "max(sum by (endpoint) (rate(shop_requests_total[$__range])))", **says)], collapsed=True),
])
"""
FOLLOWS = """\
from obskit.dashboards import dashboard, timeseries
from rules_src.catalog.shop import endpoint, requests

panels = [timeseries("By way", requests.rate().sum(by=endpoint))]
follows = dashboard("Follows", uid="follows", description="Asks the signal.", tags=("shop",), panels=panels)
"""
NAMES = """\
from obskit.dashboards import dashboard, timeseries
from rules_src.catalog.shop import requests

panels = [timeseries("By way", requests.rate().sum(by="endpoint"))]
names = dashboard("Names", uid="names", description="Names a label.", tags=("shop",), panels=panels)
"""
SHOP = {
    "pyproject.toml": "[tool.obskit]\n",
    SIGNALS: CATALOG,
    "rules_src/shop.py": RULES,
    "dashboards_src/texts.py": TEXTS,
    "dashboards_src/follows.py": FOLLOWS,
    "dashboards_src/names.py": NAMES,
}
LABEL = {
    'rules_src/shop.py:3 record "endpoint:shop_requests:rate5m" [unknown-label]',
    'rules_src/shop.py:5 alert "ShopIdle" [unknown-label]',
    'rules_src/shop.py:10 alert "ShopBusy" [alert-label]',
    'dashboards_src/texts.py:4 variable "way" [unknown-label]',
    'dashboards_src/texts.py:7 panel "By way", query A [unknown-label]',
    'dashboards_src/texts.py:8 panel "Chosen", query A [unknown-label]',
    'dashboards_src/texts.py:10 panel "Busiest", query A [unknown-label]',
    "dashboards_src/names.py:4 [module-error]",
}
METRIC = {
    'rules_src/shop.py:3 record "endpoint:shop_requests:rate5m" [unknown-metric]',
    'rules_src/shop.py:5 alert "ShopIdle" [unknown-metric]',
    'dashboards_src/texts.py:4 variable "way" [unknown-metric]',
    'dashboards_src/texts.py:5 variable "how" [unknown-metric]',
    'dashboards_src/texts.py:7 panel "By way", query A [unknown-metric]',
    'dashboards_src/texts.py:8 panel "Chosen", query A [unknown-metric]',
    'dashboards_src/texts.py:9 panel "By method", query A [unknown-metric]',
    'dashboards_src/texts.py:10 panel "Busiest", query A [unknown-metric]',
}
SECONDS = 5


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    assert obskit(write(tmp_path, SHOP), "build") == Ran(0, "", "4 files, 4 changed\n")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "places"), [("endpoint", "route", LABEL), ("shop_requests_total", "shop_answers_total", METRIC)], ids=["label", "metric"]
)
def test_rename_is_seen_everywhere_at_once(shop: Path, old: str, new: str, places: set[str]) -> None:
    before = tree(shop / "build")
    write(shop, {SIGNALS: CATALOG.replace(f'"{old}"', f'"{new}"')})
    began = time.process_time()
    ran = obskit(shop, "build", "--format", "json")
    took = time.process_time() - began
    found = [one for one in json.loads(ran.out)["findings"] if one["severity"] == "error"]
    assert {" ".join(filter(None, (f"{one['path']}:{one['line']}", one["where"], f"[{one['id']}]"))) for one in found} == places
    assert (ran.code, tree(shop / "build") == before, took < SECONDS) == (1, True, True)


def test_query_of_the_signal_follows_the_rename(shop: Path) -> None:
    write(shop, {path: None for path in SHOP if path.endswith(("texts.py", "names.py", "src/shop.py"))})
    write(shop, {SIGNALS: CATALOG.replace('"endpoint"', '"route"')})
    assert obskit(shop, "build").code == 0
    assert b"sum by (route) (rate(shop_requests_total" in (shop / "build/grafana/dashboards/general/follows.json").read_bytes()
