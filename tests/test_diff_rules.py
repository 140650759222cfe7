"""What changed in rule files, in words."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from compared import ALERT, BOARD, RECORD, RULES, changed, compared, of_rules, words

Change = Callable[[dict[str, Any]], object]


def alert(**members: Any) -> Change:
    return lambda rules: rules["groups"][0]["rules"][0].update(members)


def note(**members: Any) -> Change:
    return lambda rules: rules["groups"][0]["rules"][0]["annotations"].update(members)


def expr(text: str) -> Change:
    return alert(expr=text)


RATIO = str(ALERT["expr"])
CASES: dict[str, tuple[Change, str]] = {
    "threshold": (expr(RATIO.replace("0.1", "0.2")), "threshold 0.1 → 0.2"),
    "window": (expr(RATIO.replace("5m", "1m")), "window 5m → 1m"),
    "comparison": (expr(RATIO.replace(">", ">=")), "comparison > → >="),
    "for": (alert(**{"for": "5m"}), "for 2m → 5m"),
    "for gone": (lambda rules: rules["groups"][0]["rules"][0].pop("for"), "for removed (was 2m)"),
    "keep firing": (alert(keep_firing_for="10m"), "keep_firing_for added: 10m"),
    "severity": (alert(labels={"severity": "ticket"}), "severity page → ticket"),
    "label": (alert(labels={"severity": "page", "team": "shop"}), 'label "team" added: shop'),
    "summary": (note(summary="Errors"), 'summary "Too many errors" → Errors'),
    "description": (note(description="It fails."), 'description added: "It fails."'),
    "runbook": (note(runbook_url="https://example.com"), "runbook added: https://example.com"),
    "annotation": (note(grafana="x"), 'annotation "grafana" added: x'),
    "panel link": (note(__panelId__="7"), 'panel link shop, panel 2 → shop, panel 7'),
    "panel link gone": (alert(annotations={"summary": "Too many errors"}), "panel link removed (was shop, panel 2)"),
    "unknown": (alert(mystery={"a": 1}), "mystery.a added: 1"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_alert_change_is_told(case: str) -> None:
    change, said = CASES[case]
    assert of_rules(change) == [f'alert "HighErrorRate": {said}']


def test_edits_of_one_alert_stand_on_one_line() -> None:
    assert of_rules(alert(expr=RATIO.replace("0.1", "0.2"), **{"for": "5m"})) == ['alert "HighErrorRate": threshold 0.1 → 0.2; for 2m → 5m']


def test_renamed_alert_is_told() -> None:
    assert of_rules(alert(alert="ErrorRateHigh")) == ['alert "HighErrorRate" renamed to "ErrorRateHigh"']


def test_added_alert_is_told_in_full() -> None:
    added = {"alert": "Down", "expr": "up == 0", "for": "1m", "labels": {"severity": "page"}}
    told = ['alert "Down" added in group "shop": for 1m; severity page', "query:", "+ up == 0"]
    assert of_rules(lambda rules: rules["groups"][0]["rules"].append(added)) == told


def test_removed_record_is_told() -> None:
    assert of_rules(lambda rules: rules["groups"][0]["rules"].pop()) == ['record "job:shop:rate5m" removed from group "shop"']


GROUP: dict[str, tuple[Change, list[str]]] = {
    "interval": (lambda rules: rules["groups"][0].update(interval="1m"), ['group "shop": interval added: 1m']),
    "label": (lambda rules: rules["groups"][0].update(labels={"a": "b"}), ['group "shop": label "a" added: b']),
    "unknown": (lambda rules: rules["groups"][0].update(mystery=1), ['group "shop": mystery added: 1']),
    "name": (lambda rules: rules["groups"][0].update(name="store"), ['group "shop" renamed to "store"']),
    "order": (
        lambda rules: rules["groups"][0]["rules"].reverse(),
        ['group "shop": order of rules HighErrorRate, job:shop:rate5m → job:shop:rate5m, HighErrorRate'],
    ),
    "added": (
        lambda rules: rules["groups"].append({"name": "new", "interval": "1m", "rules": []}),
        ['group "new" added: interval added: 1m'],
    ),
    "file": (lambda rules: rules.update(namespace="x"), ["namespace added: x"]),
}


@pytest.mark.parametrize("case", GROUP)
def test_group_change_is_told(case: str) -> None:
    change, told = GROUP[case]
    assert of_rules(change) == told


def test_rule_moved_to_another_group_is_told() -> None:
    def change(rules: dict[str, Any]) -> None:
        rules["groups"].append({"name": "slow", "rules": [rules["groups"][0]["rules"].pop()]})

    assert of_rules(change) == ['group "slow" added', 'record "job:shop:rate5m": moved to group "slow"']


def test_rule_moved_to_another_file_is_told_once() -> None:
    files = [{"groups": [{"name": "a", "rules": [ALERT]}]}, {"groups": [{"name": "b", "rules": [RECORD]}]}]
    moved = [{"groups": [{"name": "a", "rules": [ALERT, RECORD]}]}, {"groups": [{"name": "b", "rules": []}]}]
    assert words(files, moved, "r.yaml") == ["rules 0r.yaml", 'record "job:shop:rate5m": moved here from 1r.yaml']


SAME: dict[str, Change] = {
    "duration": alert(**{"for": "120s"}),
    "layout": expr("sum(rate( shop_total{ code =~ '5..' } [300s] ))\n/ sum(rate(shop_total[5m])) > .1"),
    "empty": alert(keep_firing_for="0s"),
    "key order": lambda rules: rules["groups"][0]["rules"].__setitem__(0, dict(reversed(list(ALERT.items())))),
    "number": alert(labels={"severity": "page"}),
}


@pytest.mark.parametrize("case", SAME)
def test_what_means_the_same_is_no_difference(case: str) -> None:
    assert not compared(RULES, changed(RULES, SAME[case]), "shop.yaml")


def test_rule_object_is_read_through_its_wrapping() -> None:
    def wrapped(version: str, rules: dict[str, Any]) -> dict[str, Any]:
        about = {"name": "shop", "resourceVersion": version, "generation": int(version)}
        return {"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule", "metadata": about, "spec": rules}

    assert words(wrapped("1", RULES), wrapped("2", changed(RULES, alert(**{"for": "5m"}))))[1:] == ['alert "HighErrorRate": for 2m → 5m']
    gone = ["apiVersion removed (was monitoring.coreos.com/v1)", "kind removed (was PrometheusRule)", "metadata.name removed (was shop)"]
    assert words(wrapped("1", RULES), RULES)[1:] == gone


def test_link_to_a_panel_that_only_got_another_id_is_no_difference() -> None:
    board = changed(BOARD, lambda board: board["panels"][1].update(id=77))
    rules = changed(RULES, note(__panelId__="77"))
    assert not compared([BOARD, RULES], [board, rules], ".json")


def test_link_to_another_panel_is_told_by_its_title() -> None:
    board = changed(BOARD, lambda board: board.update(refresh="5s"))
    told = words([BOARD, RULES], [board, changed(RULES, note(__panelId__="3"))], ".json")
    assert told[-1] == 'alert "HighErrorRate": panel link shop/"Requests" → shop/"P95 latency"'


def test_alerts_of_one_name_are_told_apart_by_their_labels() -> None:
    other = {**copy.deepcopy(ALERT), "labels": {"severity": "ticket"}, "for": "1h"}
    rules = {"groups": [{"name": "shop", "rules": [ALERT, other]}]}
    swapped = {"groups": [{"name": "shop", "rules": [{**other, "for": "2h"}, ALERT]}]}
    assert words(rules, swapped, "shop.yaml")[1:] == ['alert "HighErrorRate": for 1h → 2h']
