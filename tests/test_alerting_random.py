"""Alerts put together at random, always the same ones: what fires in Prometheus fires in Grafana, what fails there fails here."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from alerting_project import built
from engine import Answer, answers
from grafana_expressions import firing
from test_alerting_equivalence import AT, SERIES

COUNT = 250
LEAVES = ("q", "odd", "up", 'q{job="a"}', "sum by (job) (q)", "max(q)", "rate(c_total[1m])", "level:q:sum", "missing",
          "absent(missing)", "vector(2)")  # fmt: skip
NUMBERS = ("0", "1", "2", "-1", "0.5", "1e0", "(2)", "2 * 1", "-(1)", "+Inf", "NaN", "1 - 1")
ARITHMETIC = ("+", "-", "*", "/", "%", "^")
COMPARISONS = (">", "<", ">=", "<=", "==", "!=")
SETS = ("and", "or", "unless")


def vector(chance: random.Random, depth: int) -> str:
    """An expression that yields series."""
    if depth == 0 or chance.random() < 0.2:
        return chance.choice(LEAVES)
    inner, number = vector(chance, depth - 1), chance.choice(NUMBERS)
    sign, compare = chance.choice(ARITHMETIC), chance.choice(COMPARISONS)
    return chance.choice((
        f"{inner} {sign} {number}", f"{number} {sign} {inner}", f"{inner} {compare} {number}", f"{number} {compare} {inner}",
        f"{inner} {compare} bool {number}", f"({inner})", f"-{inner}", f"abs({inner})", f"sum by (job) ({inner})", f"sort({inner})",
        f"{inner} {chance.choice(SETS)} on (job) {vector(chance, depth - 1)}", f"{inner} # why\n{compare} {number}",
    ))  # fmt: skip


@cache
def expressions() -> tuple[str, ...]:
    chance = random.Random(11)
    return tuple(dict.fromkeys(vector(chance, 4) for _ in range(COUNT)))


@cache
def rules(grafana: str) -> list[dict[str, Any]]:
    with TemporaryDirectory() as folder:
        alerts = f"found = [Alert(name=f'a{{at}}', expr=text) for at, text in enumerate({expressions()!r})]\n"
        return list(built(Path(folder), alerts, targets=grafana).rules())


@cache
def in_prometheus() -> list[Answer]:
    return answers([(text, AT) for text in expressions()], SERIES)


@pytest.mark.parametrize("grafana", ["13.0", "11.5"])
def test_random_alert_fires_alike(grafana: str) -> None:
    asked = answers([(rule["data"][0]["model"]["expr"], AT) for rule in rules(grafana)], SERIES)
    different = []
    for text, rule, meant, answer in zip(expressions(), rules(grafana), in_prometheus(), asked, strict=True):
        expected = [frozenset((key, value) for key, value in labels.items() if key != "__name__") for labels, _ in meant.samples]
        alike = len(set(expected)) == len(expected)  # Prometheus refuses alerts of the same labels, and Grafana the query
        same = bool(answer.error) if meant.error or not alike else not answer.error and firing(rule, answer.samples) == set(expected)
        if not same:
            different.append((text, rule["data"][0]["model"]["expr"], meant, answer))
    assert different == []


def test_random_alerts_are_of_all_kinds() -> None:
    kinds = {(rule["condition"], bool(answer.samples)) for rule, answer in zip(rules("13.0"), in_prometheus(), strict=True)}
    assert kinds == {("C", True), ("C", False), ("D", True), ("D", False)}
