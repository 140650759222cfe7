"""Rows whose ids are made of their titles, and value mappings: what changed in words."""

from __future__ import annotations

from typing import Any

import pytest
from compared import BOARD, changed, of_board, panel, row, target, words


def test_renamed_row_with_an_id_of_its_title_moves_nobody() -> None:
    assert of_board(lambda board: board["panels"][0].update(title="Load", id=77)) == ['row "Traffic" renamed to "Load"']


def test_renamed_rows_that_begin_and_end_alike_are_known_by_all_they_hold() -> None:
    def board(*titles: str) -> dict[str, Any]:
        panels = []
        for at, (title, middle) in enumerate(zip(titles, ("Cost", "Load"), strict=True)):
            held = [panel(10 * at + number, name, target(name)) for number, name in enumerate(("Rate", middle, "Errors"), 1)]
            panels += [row(ord(title) + 100, title, 9 * at), *held]
        return {**BOARD, "panels": panels}

    assert words(board("A", "B"), board("C", "D")) == ['board "Shop" (shop)', 'row "A" renamed to "C"', 'row "B" renamed to "D"']


def test_row_that_comes_before_another_does_not_take_it() -> None:
    told = of_board(lambda board: board["panels"].insert(3, row(7, "More", 9)))
    assert [line for line in told if "moved to row" in line or "moved out" in line] == []


@pytest.mark.parametrize(("key", "value", "told"), [
    ("text", "Gone", "value 0 shown as Down → Gone"),
    ("color", "orange", "colour of value 0 red → orange"),
])  # fmt: skip
def test_value_mapping_is_told_by_its_value(key: str, value: str, told: str) -> None:
    def mapped(board: dict[str, Any], **more: str) -> None:
        options = {"0": {"text": "Down", "color": "red", "index": 0, **more}}
        board["panels"][1]["fieldConfig"] = {"defaults": {"mappings": [{"type": "value", "options": options}]}}

    before = changed(BOARD, mapped)
    after = changed(before, lambda board: mapped(board, **{key: value}))
    assert words(before, after) == ['board "Shop" (shop)', f'panel "Requests": {told}']


def in_row(board: dict[str, Any]) -> None:
    """The row's panel becomes one of its own, the row is closed."""
    board["panels"][3].update(collapsed=True, panels=[board["panels"].pop(4)])


COLLAPSED = changed(BOARD, lambda board: board["panels"][3].update(collapsed=True))
"""A closed row, behind which a panel stands."""


def test_panel_behind_a_closed_row_stands_in_none() -> None:
    inside = changed(BOARD, in_row)
    assert words(COLLAPSED, inside)[1:] == ['panel "Slowest": moved to row "Latency"']
    assert words(inside, COLLAPSED)[1:] == ['panel "Slowest": moved out of its row']


def test_panel_of_an_open_row_is_in_it_when_that_is_closed_with_it() -> None:
    assert words(BOARD, changed(BOARD, in_row))[1:] == ['row "Latency": collapsed false → true']


def test_row_that_is_closed_without_its_panels_loses_them() -> None:
    told = ['row "Latency": collapsed false → true', 'panel "Slowest": moved out of its row']
    assert words(BOARD, COLLAPSED)[1:] == told


def test_panel_that_comes_behind_a_closed_row_comes_in_no_row() -> None:
    told = words(COLLAPSED, changed(COLLAPSED, lambda board: board["panels"].append(panel(9, "New", target("up"), y=30))))
    assert 'panel "New" added: timeseries; unit s' in told[1]


def test_rows_without_a_title_hold_their_own_panels() -> None:
    untitled = changed(BOARD, lambda board: [board["panels"][number].update(title="") for number in (0, 3)])

    def moved(board: dict[str, Any]) -> None:
        board["panels"].insert(3, board["panels"].pop())

    assert words(untitled, changed(untitled, moved))[1:] == ['panel "Slowest": moved to row "row without a title"']
