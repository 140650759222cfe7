"""Dashboards of version 2: each change is told once, and where a panel stands as the layout says it."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from compared import words
from test_diff_command import V2


def element(number: int, title: str, **options: Any) -> dict[str, Any]:
    made: dict[str, Any] = copy.deepcopy(V2["spec"]["elements"]["panel-1"])
    made["spec"].update(id=number, title=title)
    made["spec"]["data"]["spec"]["queryOptions"] = options
    return made


def grid(*numbers: int) -> dict[str, Any]:
    shown = [{"x": 0, "y": 0, "width": 12, "height": 8, "element": {"kind": "ElementReference", "name": f"panel-{one}"}} for one in numbers]
    return {"kind": "GridLayout", "spec": {"items": [{"kind": "GridLayoutItem", "spec": spec} for spec in shown]}}


def tab(title: str, *numbers: int, **more: Any) -> dict[str, Any]:
    return {"kind": "TabsLayoutTab", "spec": {"title": title, "layout": grid(*numbers), **more}}


def tabs(*given: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "TabsLayout", "spec": {"tabs": [*given]}}


def board(layout: dict[str, Any], *elements: dict[str, Any]) -> dict[str, Any]:
    named = {f"panel-{one['spec']['id']}": one for one in elements}
    return {**V2, "spec": {**V2["spec"], "elements": named, "layout": layout}}


ONE, TWO, THREE = element(1, "Requests"), element(2, "Errors"), element(3, "Latency")
FIRST, SECOND = tab("First", 1, conditionalRendering={"a": 1}), tab("Second", 2, 3)
LOST = 'panel "Requests": shown in the layout true → false; moved out of its row'
CHANGES = [
    # (before, after, the lines that are told)
    (board(grid(1), element(1, "A", maxDataPoints=5)), board(grid(1), element(1, "A", maxDataPoints=6)),
     ['panel "A": data points at most 5 → 6']),
    (board(grid(1), element(1, "A", maxDataPoints=100)), board(grid(1), element(1, "A", maxDataPoints=1000)),
     ['panel "A": data points at most added: 1000']),
    (board(grid(1), element(1, "A")), board(grid(1), element(1, "A", maxDataPoints=100)),
     ["elements.panel-1.data points at most added: 100"]),
    (board(tabs(FIRST, SECOND), ONE, TWO, THREE), board(tabs(SECOND, FIRST), ONE, TWO, THREE), ['row "Second": moved to the start']),
    (board(tabs(FIRST, SECOND), ONE, TWO, THREE), board(tabs(SECOND), ONE, TWO, THREE), [LOST, 'row "First" removed']),
    (board(tabs(FIRST, SECOND), ONE, TWO, THREE), board(tabs(SECOND), TWO, THREE),
     ['row "First" removed', 'panel "Requests" removed from row "First"']),
    (board(tabs(FIRST, SECOND), ONE, TWO, THREE), board(tabs(SECOND, tab("First", 1, conditionalRendering={"a": 2})), ONE, TWO, THREE),
     ["layout.spec.tabs[1].spec.conditionalRendering.a 1 → 2", 'row "Second": moved to the start']),
    (board(tabs(tab("First", 1, 2), tab("Second", 3)), ONE, TWO, THREE), board(tabs(tab("First", 1), SECOND), ONE, TWO, THREE),
     ['panel "Errors": moved to row "Second"']),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "told"), CHANGES)
def test_change_of_a_dashboard_of_version_2_is_told_once(before: Any, after: Any, told: list[str]) -> None:
    assert words(before, after)[1:] == told
