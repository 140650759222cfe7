"""What follows from queries written as text is filled into panels: unit, legend, description, exemplars."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from project import obskit, write

CATALOG = '''\
from obskit.catalog import Counter, Gauge, Histogram, Label, Service, units
shop = Service("shop", job="shop")
method = Label("method", values=("GET", "POST"))
requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(method,))
latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, labels=(method,), buckets=(0.1, 1))
full = Gauge("shop_disk_full_ratio", help="Disk in use.", service=shop, unit=units.RATIO)
'''


def built(root: Path, panel: str) -> dict[str, Any]:
    """The one panel of a board of plain grafanalib, as it is built."""
    board = f"import grafanalib.core as G\nboard = G.Dashboard(title='Shop', uid='shop', panels=[{panel}])\n"
    write(root, {"pyproject.toml": "[tool.obskit]\n", "rules_src/shop.py": CATALOG, "dashboards_src/shop.py": board})
    ran = obskit(root, "build")
    assert ran.code == 0, ran.out
    found: dict[str, Any] = json.loads((root / "build/grafana/dashboards/general/shop.json").read_text("utf-8"))["panels"][0]
    return found


def series(*exprs: str, title: str = "Shop", **more: str) -> str:
    targets = ", ".join(f"G.Target(expr={expr!r}, refId={ref!r})" for expr, ref in zip(exprs, "ABC", strict=False))
    options = "".join(f", {key}={value!r}" for key, value in more.items())
    return f"G.TimeSeries(title={title!r}, targets=[{targets}]{options})"


QUANTILE = "histogram_quantile(0.9, sum by (le, method) (rate(shop_latency_seconds_bucket[$__rate_interval])))"
UNITS = [
    ("sum by (method) (rate(shop_requests_total[$__rate_interval]))", "reqps"),
    (QUANTILE, "s"),
    ("max(shop_disk_full_ratio)", "percentunit"),
    ("100 * max(shop_disk_full_ratio)", "percent"),
]


@pytest.mark.parametrize(("expr", "unit"), UNITS)
def test_unit_of_the_query_becomes_the_panels(tmp_path: Path, expr: str, unit: str) -> None:
    assert built(tmp_path, series(expr))["fieldConfig"]["defaults"]["unit"] == unit


def test_unit_of_the_author_stays(tmp_path: Path) -> None:
    panel = built(tmp_path, series("max(shop_disk_full_ratio)", unit="short"))
    assert panel["fieldConfig"]["defaults"]["unit"] == "short"


def test_queries_that_do_not_agree_leave_no_unit(tmp_path: Path) -> None:
    panel = built(tmp_path, series("max(shop_disk_full_ratio)", "sum(shop_requests_total) * 3"))
    assert not panel.get("fieldConfig", {}).get("defaults", {}).get("unit")


def test_legend_is_made_of_the_labels_that_are_left(tmp_path: Path) -> None:
    panel = built(tmp_path, series(QUANTILE, "max(shop_disk_full_ratio)", unit="s"))
    assert [target["legendFormat"] for target in panel["targets"]] == ["{{method}}", "Shop"]


def test_legend_is_grafanas_own_where_labels_are_not_certain(tmp_path: Path) -> None:
    panel = built(tmp_path, series("up"))
    assert panel["targets"][0].get("legendFormat", "") in ("", "__auto")


def test_description_is_what_the_signals_say(tmp_path: Path) -> None:
    assert built(tmp_path, series("max(shop_disk_full_ratio)"))["description"] == "Disk in use."


def test_description_of_a_computed_value_says_so(tmp_path: Path) -> None:
    expr = "sum(rate(shop_requests_total[$__rate_interval])) / sum(rate(shop_latency_seconds_count[$__rate_interval]))"
    assert built(tmp_path, series(expr))["description"] == "Computed from: Requests served. Time to answer."


def test_quantiles_of_durations_show_exemplars(tmp_path: Path) -> None:
    assert built(tmp_path, series(QUANTILE))["targets"][0]["exemplar"] is True


def test_filled_panel_is_built_the_same_again(tmp_path: Path) -> None:
    built(tmp_path, series(QUANTILE))
    assert obskit(tmp_path, "build", "--check", "--no-cache").code == 0
