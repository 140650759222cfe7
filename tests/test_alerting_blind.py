"""Whom Grafana tells that a rule got no data or failed, where that is not who is told of the alert."""

from __future__ import annotations

from pathlib import Path

import pytest
from alerting_project import built

NOTIFY = """
from obskit.notify import *
shop = Service("shop", job="shop")
queue = Gauge("queue_length", help="Orders.", service=shop)
ops, team, nobody = (Receiver("ops", Email("ops@example.com")), Receiver("team", Email("team@example.com")), Receiver("nobody"))
"""
ROUTED = 'r = Route(ops, routes=(Route(team, match={"job": "shop"}),))\n'
ALERT = "one = Alert(name='One', expr='queue_length{{job=\"shop\"}} > 5'{})\n"
SAID = '{} of alert "One" is told to {}; the alert is told to team'


def said(root: Path, rules: str) -> list[tuple[str, str]]:
    found = built(root, NOTIFY + rules).found
    return [(finding.severity, finding.message) for finding in found if "is told to" in finding.message]


@pytest.mark.parametrize(
    ("routes", "more", "told"),
    [
        (ROUTED, "", [("info", SAID.format("DatasourceNoData", "ops"))]),
        (ROUTED, ", labels={'job': 'shop'}", []),
        (ROUTED, ", labels={'job': '{{ $labels.job }}'}", []),
        (ROUTED, ", no_data='ok'", []),
        (ROUTED, ", no_data='ok', severity='critical'", [("info", SAID.format("DatasourceError", "ops"))]),
        (ROUTED.replace("Route(ops", "Route(nobody"), "", [("warning", SAID.format("DatasourceNoData", "nobody"))]),
        (ROUTED.replace('"job": "shop"', '"alertname": "One"'), "", [("info", SAID.format("DatasourceNoData", "ops"))]),
        (ROUTED.replace('"job": "shop"', '"severity": "warning"'), ", severity='warning'", []),
        ("r = Route(team)\n", "", []),
        ("", "", []),
    ],
)
def test_who_else_is_told_that_a_rule_is_blind(tmp_path: Path, routes: str, more: str, told: list[tuple[str, str]]) -> None:
    assert said(tmp_path, routes + ALERT.format(more)) == told


def test_rules_that_are_blind_alike_are_told_together(tmp_path: Path) -> None:
    rules = "".join(ALERT.format("").replace("one =", f"a{number} =").replace("'One'", f"'One{number}'") for number in range(9))
    assert {finding.together for finding in built(tmp_path, NOTIFY + ROUTED + rules).found} == {("DatasourceNoData ops", "and {} more")}
