"""What `obskit query` finds: what a build would find in the query, nothing of the declaration that is not there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from project import obskit, write

SHOP = {
    "pyproject.toml": "[tool.obskit]\n",
    "rules_src/catalog.py": '''\
from obskit.catalog import Counter, Gauge, Histogram, Label, Service, SpanAttribute, units
shop = Service("shop", job="shop")
way = Label("way", values=("in", "out"))
queue = Gauge("shop_queue_length", help="Orders waiting.", service=shop)
requests = Counter("shop_requests_total", help="Requests.", service=shop, labels=(way,))
took = Histogram("shop_seconds", help="Time.", service=shop, labels=(way,), unit=units.SECONDS, buckets=(0.1, 1))
wide = Counter("shop_wide_total", help="Wide.", service=shop, labels=(Label("id", at_most=50_000),))
cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD)
''',
    "rules_src/shop.py": '''\
from obskit.rules import Record
total = Record(name="job:shop_requests:sum", expr="sum by (job) (shop_requests_total)")
slow = Record(name="way:shop_seconds:p99", expr="histogram_quantile(0.99, sum by (way, le) (rate(shop_seconds_bucket[5m])))")
''',
}
BROKEN = {**SHOP, "rules_src/broken.py": "1 / 0\n"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, SHOP)


def answer(root: Path, *asked: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(obskit(root, "query", *asked, "--json").out)
    return found


def found(root: Path, *asked: str) -> list[str]:
    return [finding["id"] for finding in answer(root, *asked)["findings"]]


AS_BUILT = [
    ("promql", 'sum(shop_queue_length{job="shpo"}) > 3', "alert", ["unknown-label-value"]),
    ("promql", 'sum(shop_queue_length{job!="shpo"}) > 3', "alert", ["needless-exclusion"]),
    ("promql", "sum(rate(job:shop_requests:sum[5m])) > 3", "alert", ["rate-of-sum"]),
    ("promql", "sum(way:shop_seconds:p99) > 3", "alert", ["quantile-aggregated"]),
    ("promql", "sum(shop_queue_length) > 3", "alert", []),
    ("promql", "sum(shop_queue_length)", "record", []),
    ("promql", "sum(shop_queue_length)", "panel", []),
    ("traceql", '{ resource.service.name = "shpo" } | rate()', "panel", ["unknown-service"]),
]


@pytest.mark.parametrize(("language", "text", "place", "ids"), AS_BUILT, ids=[f"{row[1]} in {row[2]}" for row in AS_BUILT])
def test_findings_are_those_of_a_build(project: Path, language: str, text: str, place: str, ids: list[str]) -> None:
    assert found(project, language, text, "--as", place) == ids


@pytest.mark.parametrize("place", ["panel", "alert", "record"])
@pytest.mark.parametrize("language", ["promql", "traceql"])
def test_empty_query_is_only_empty(project: Path, language: str, place: str) -> None:
    (only,) = answer(project, language, "", "--as", place)["findings"]
    assert (only["id"], only["message"]) == (f"{language}-syntax", "the query is empty")


def test_messages_do_not_name_what_nobody_declared(project: Path) -> None:
    (finding,) = answer(project, "promql", "sum(shop_queue_length)", "--as", "alert")["findings"]
    assert finding["message"].startswith("this alert has no condition")


LARGE = [
    ("promql", "+".join(["shop_queue_length"] * 20_000), "characters, more than"),
    ("traceql", "{} " * 100_000, "longer than 256 KiB"),
]


@pytest.mark.parametrize(("language", "text", "said"), LARGE, ids=["promql", "traceql"])
def test_query_over_the_limit_is_told_why(project: Path, language: str, text: str, said: str) -> None:
    ran = obskit(project, "query", language, text)
    assert (ran.code, said in ran.out, f"[{language}-unsupported]" in ran.out) == (1, True, True)


REFUSED = [("promql", "sum("), ("promql", "x[step()]"), ("promql", "1 > 2"), ("traceql", "{ a"), ("traceql", "{ status = `error` }")]


@pytest.mark.parametrize(("language", "text"), REFUSED)
def test_problem_is_told_once(project: Path, language: str, text: str) -> None:
    told = answer(project, language, text)
    assert [finding["message"] for finding in told["findings"]].count(told["message"]) == 1


def test_terminal_gets_no_control_characters_of_the_query(project: Path) -> None:
    ran = obskit(project, "query", "promql", 'up{a="\x1b[31m"}')
    assert "\x1b[31m" not in ran.out
    assert "[31m" in ran.out


def test_module_that_breaks_is_told_before_the_answer(tmp_path: Path) -> None:
    ran = obskit(write(tmp_path, BROKEN), "query", "promql", "up")
    assert ran.out.startswith("rules_src/broken.py:1: error:")
    assert "\nup\n" in ran.out
    assert ran.code == 1


def test_module_that_breaks_is_a_finding_of_each_answer_which_stays_fine(tmp_path: Path) -> None:
    root = write(tmp_path, BROKEN)
    ran = obskit(root, "query", "promql", "up", "--json")
    told = json.loads(ran.out)
    (finding,) = told["findings"]
    assert (told["ok"], finding["id"], finding["path"]) == (True, "module-error", "rules_src/broken.py")
    assert ran.code == 1


def test_attributes_that_may_be_declared_in_a_module_that_breaks_are_not_unknown(tmp_path: Path) -> None:
    root = write(tmp_path, BROKEN)
    assert found(root, "traceql", '{ resource.service.name = "shpo" } | rate()') == ["module-error"]
