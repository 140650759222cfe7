"""The name that was probably meant, also among very many."""

from __future__ import annotations

import random

import pytest

from obskit.naming import Alike, nearest

WORDS = ("http", "grpc", "shop", "order", "queue", "cache", "worker", "billing", "request", "response", "latency", "error", "retry", "byte")
ENDS = ("total", "seconds_bucket", "seconds_sum", "bytes", "ratio", "length")


def names(count: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found["_".join((*chance.sample(WORDS, 3), str(chance.randrange(90)), chance.choice(ENDS)))] = None
    return list(found)


def slips(name: str) -> list[str]:
    """A letter dropped, doubled, and two swapped; each in the middle of the first word."""
    return [name[:2] + name[3:], name[:2] + name[2] + name[2:], name[:1] + name[2] + name[1] + name[3:]]


@pytest.mark.parametrize("count", [20, 100, 101, 3000])
def test_alike_finds_the_name_that_was_misspelt(count: int) -> None:
    known = names(count)
    alike = Alike(known)
    asked = known[:: max(1, count // 100)]
    assert [(slip, alike.to(slip)) for name in asked for slip in slips(name)] == [(slip, name) for name in asked for slip in slips(name)]


@pytest.mark.parametrize("count", [20, 3000])
def test_alike_finds_nothing_where_nothing_is_near(count: int) -> None:
    alike = Alike(names(count))
    assert [alike.to(name) for name in ("up", "kafka_consumergroup_lag", "node_cpu_frequency_hertz", "", "x" * 500)] == [""] * 5


def test_alike_does_not_depend_on_the_order_of_the_names() -> None:
    known = names(500)
    asked = [slip for name in known[:50] for slip in slips(name)]
    assert [Alike(known).to(name) for name in asked] == [Alike(reversed(known)).to(name) for name in asked]


def test_nearest_is_alike_once() -> None:
    assert nearest("shop_request_total", ["shop_requests_total", "shop_errors_total"]) == "shop_requests_total"


def test_alike_of_nothing_finds_nothing() -> None:
    assert Alike(()).to("shop") == ""
