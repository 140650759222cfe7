"""A first catalogue made from what is exposed."""

from __future__ import annotations

import ast
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import obskit, write
from test_scrape_compare import OPENMETRICS, SOUND

from obskit.catalog import Service, Signal
from obskit.exposition import read
from obskit.lint.names import faults
from obskit.scrape import compare, draft
from obskit.scrape.values import room

AWKWARD = """\
# HELP shop_requests_total Say "hi" \\\\ it's\\nfine
# TYPE shop_requests_total counter
shop_requests_total{class="a",__meta="b"} 1
# TYPE shop_import gauge
shop_import{class="a"} 1
# TYPE shop_import_seconds gauge
shop_import_seconds{import="a",Import="b"} 1
# TYPE shop_Counter gauge
shop_Counter 1
# TYPE _shop_hidden gauge
_shop_hidden 1
# TYPE shop_99 gauge
shop_99{job="x",le="1"} 1
# TYPE shop_9 gauge
shop_9{job="x",verb="GET",status="2xx",ok="true"} 1
# TYPE shop:rate gauge
shop:rate{shop="x",ok="true"} 1
# TYPE units gauge
units 1
# TYPE odd_sum histogram
odd_sum_bucket{le="+Inf"} 1
odd_sum_count 1
# TYPE bare histogram
bare_bucket{le="+Inf"} 1
bare_sum 1
bare_count 1
# TYPE tiny histogram
tiny_bucket{le="1e-05"} 1
tiny_bucket{le="0.30000000000000004"} 1
tiny_bucket{le="100000.0"} 1
tiny_bucket{le="+Inf"} 1
tiny_sum 1
tiny_count 1
old_total 3
go_threads 3
"""


def made(text: str) -> str:
    return draft(read(text), "shop", unusual=faults).text


def signals(text: str) -> list[Signal]:
    """What a module of this text declares."""
    held: dict[str, object] = {}
    exec(compile(text, "shop.py", "exec"), held)
    return [value for value in held.values() if isinstance(value, Signal)]


@pytest.mark.parametrize("text", [SOUND, OPENMETRICS, AWKWARD], ids=["text", "openmetrics", "awkward"])
def test_draft_differs_in_nothing_from_what_it_was_made_of(text: str) -> None:
    known = {"odd_sum", "shop_99", "shop_requests_total"} if text == AWKWARD else set()
    findings = compare(signals(made(text)), read(text))
    assert [one.message for one in findings if one.severity != "info" and not any(name in one.message for name in known)] == []


@pytest.mark.parametrize("text", [SOUND, OPENMETRICS, AWKWARD], ids=["text", "openmetrics", "awkward"])
def test_draft_builds_without_a_finding(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"pyproject.toml": "", "rules_src/catalog/shop.py": made(text)})
    ran = obskit(tmp_path, "build", "--no-cache")
    assert (ran.code, ran.out) == (0, "")


def test_draft_says_what_it_leaves_out() -> None:
    told = draft(read(AWKWARD), "shop", unusual=faults)
    assert set(told.left_out) == {"go_threads", "odd_sum", "shop_99", "shop_requests_total"}
    assert "# Left out: go_ (1), odd_sum, shop_99, shop_requests_total." in told.text


def test_draft_names_are_public_and_unlike() -> None:
    tree = ast.parse(made(AWKWARD))
    names = [target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets if isinstance(target, ast.Name)]
    assert len(names) == len(set(names))
    assert not [name for name in names if name.startswith("_") or not name.islower()]


def test_draft_does_not_depend_on_the_order_of_the_text() -> None:
    blocks = SOUND.split("# TYPE ")
    assert made("# TYPE ".join(["", *reversed(blocks[1:])])) == made(SOUND)


def test_draft_declares_what_is_seen() -> None:
    by_name = {signal.name: signal for signal in signals(made(SOUND))}
    requests, latency = by_name["shop_requests_total"], by_name["shop_latency_seconds"]
    assert [(label.name, label.values, label.pattern, label.at_most, label.optional) for label in requests.labels] == [
        ("method", ("GET", "POST", "PUT", "PATCH", "DELETE"), "", None, False),
        ("code", (), r"[1-5]\d\d", None, False),
        ("path", (), "", 10, False),
        ("region", (), "", 10, True),
    ]
    assert (latency.kind, latency.unit.name, latency.buckets) == ("histogram", "seconds", (0.5, 2))
    assert {name: signal.kind for name, signal in by_name.items() if signal.exposed} == {"shop_work_total_seconds": "gauge"}


@pytest.mark.parametrize(("count", "bound"), [(1, 10), (5, 10), (6, 20), (10, 20), (20, 50), (26, 100), (100, 200), (240, 500)])
def test_bound_leaves_room(count: int, bound: int) -> None:
    assert room(count) == bound


@given(st.text(max_size=30))
def test_help_of_any_text_is_a_literal(text: str) -> None:
    told = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "")
    exposition = read(f"# HELP a {told}\n# TYPE a gauge\na 1\n", "text")
    (signal,) = signals(draft(exposition, "x", unusual=lambda _: ()).text)
    assert signal.help


@given(st.text(min_size=1, max_size=20))
def test_service_of_any_name_makes_a_module(name: str) -> None:
    held: dict[str, object] = {}
    exec(draft(read("# TYPE a gauge\na 1\n"), name, unusual=faults).text, held)
    assert [value.name for value in held.values() if isinstance(value, Service)] == [name]


def test_five_hundred_metrics_are_quick() -> None:
    text = "".join(f'# TYPE m{number} counter\nm{number}{{path="/{number % 7}"}} 1\n' for number in range(500))
    start = time.process_time()
    made(text)
    assert time.process_time() - start < 1
