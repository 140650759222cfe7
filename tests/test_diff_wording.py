"""The three sentences that a reviewer must be able to read of a change, word for word; quotation marks aside."""

from __future__ import annotations

import json
from typing import Any

from compared import ALERT, BOARD, RULES, changed, panel, row, target, words


def plain(lines: list[str]) -> list[str]:
    return [line.replace('"', "") for line in lines]


def test_panel_that_changed_is_told_in_one_sentence() -> None:
    def change(board: dict[str, Any]) -> None:
        moved = board["panels"].pop(2)
        moved["fieldConfig"]["defaults"]["unit"] = "ms"
        moved["targets"][0]["expr"] = moved["targets"][0]["expr"].replace("[5m]", "[1m]")
        board["panels"].append({**moved, "gridPos": {"x": 12, "y": 10, "w": 12, "h": 8}})

    said = "panel P95 latency: unit s → ms; query A: window 5m → 1m; moved to row Latency"
    assert plain(words(BOARD, changed(BOARD, change)))[1:] == [said]


def test_alert_that_changed_is_told_in_one_sentence() -> None:
    def change(rules: dict[str, Any]) -> None:
        alert = rules["groups"][0]["rules"][0]
        alert.update({"expr": alert["expr"].replace("0.1", "0.2"), "for": "5m"})

    assert plain(words(RULES, changed(RULES, change), "shop.yaml"))[1:] == ["alert HighErrorRate: threshold 0.1 → 0.2; for 2m → 5m"]


def test_renamed_label_is_told_in_one_sentence() -> None:
    panels = [panel(number, f"P{number}", target(f"sum by (code) (rate(X{{job=\"j{number}\"}}[5m]))"), y=number) for number in range(7)]
    rules = [{**ALERT, "alert": f"A{number}", "expr": f'sum(rate(X{{code="50{number}"}}[5m])) > 1'} for number in range(2)]
    before = [{**BOARD, "panels": [row(100, "All", 0), *panels]}, {"groups": [{"name": "shop", "rules": rules}]}]
    after = json.loads(json.dumps(before).replace("code", "status_code"))
    assert plain(words(before, after, ".json"))[0] == "signal X: label code renamed to status_code: 7 panels, 2 alerts"
