"""What an environment's datasources replace on a board, and which variables stay."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from obskit.render.pinning import pinned, values

Json = dict[str, Any]
VARIABLES: list[Json] = [
    {"type": "datasource", "name": "datasource", "query": "prometheus"},
    {"type": "datasource", "name": "tempo", "query": "tempo"},
    {"type": "custom", "name": "env", "query": "a,b"},
]


def board(**members: Any) -> Json:
    return {"title": "Board", "templating": {"list": copy.deepcopy(VARIABLES)}, "panels": [members]}


def names(made: Json) -> list[str]:
    return [variable["name"] for variable in made["templating"]["list"]]


@pytest.mark.parametrize("written", ["$datasource", "${datasource}", "${datasource:raw}", "[[datasource]]", "[[datasource:text]]"])
def test_reference_is_told_however_it_is_written(written: str) -> None:
    made = pinned(board(datasource={"type": "prometheus", "uid": written}), {"datasource": "X"})
    assert (made["panels"][0]["datasource"], names(made)) == ({"type": "prometheus", "uid": "X"}, ["tempo", "env"])


@pytest.mark.parametrize("written", ["prom", "a ${datasource}", "${env}", "${datasource}${datasource}", "$datasources", "-- Mixed --"])
def test_what_is_no_reference_stays(written: str) -> None:
    given = board(datasource={"type": "prometheus", "uid": written})
    assert pinned(given, {"datasource": "X"})["panels"] == given["panels"]


@pytest.mark.parametrize(
    "member",
    [
        {"targets": [{"datasource": {"uid": "${datasource}"}}]},
        {"panels": [{"datasource": {"uid": "${datasource}"}}]},
        {"options": {"datasource": "${datasource}"}},
    ],
)
def test_reference_is_told_wherever_it_stands(member: Json) -> None:
    made = pinned(board(**member), {"datasource": "X"})
    assert ("datasource}" in str(made), "'X'" in str(made), names(made)) == (False, True, ["tempo", "env"])


@pytest.mark.parametrize(
    "member",
    [
        {"title": "of ${datasource:text}"}, {"links": [{"url": "?${datasource:queryparam}"}]},
        {"links": [{"internal": {"datasourceUid": "${datasource}"}}]},
    ],
)  # fmt: skip
def test_variable_that_is_named_stays_with_its_value(member: Json) -> None:
    made = pinned(board(**member), {"datasource": "X", "tempo": "T"})
    assert names(made) == ["datasource", "env"]
    assert made["templating"]["list"][0]["current"] == {"text": "X", "value": "X"}


SOURCE, ASKED = {"type": "prometheus", "uid": "${datasource}"}, {"type": "prometheus", "uid": "X"}
REPEATED: list[tuple[str, Json]] = [
    ("panel", {"type": "timeseries", "repeat": "datasource", "datasource": SOURCE}),
    ("row", {"type": "row", "repeat": "datasource", "panels": [{"datasource": SOURCE, "targets": [{"datasource": SOURCE}]}]}),
    ("panel in a row", {"type": "row", "panels": [{"repeat": "datasource", "datasource": SOURCE}]}),
]


@pytest.mark.parametrize("panel", [row[1] for row in REPEATED], ids=[row[0] for row in REPEATED])
def test_what_is_repeated_by_a_datasource_asks_each(panel: Json) -> None:
    given = board(**panel)
    given["panels"].append({"title": "Beside", "datasource": SOURCE})
    made = pinned(given, {"datasource": "X", "tempo": "T"})
    assert (made["panels"], names(made)) == (given["panels"], ["datasource", "env"])
    assert made["templating"]["list"][0]["current"] == {"text": "X", "value": "X"}


def several(**members: Any) -> Json:
    """A board whose `datasource` has these members."""
    given = board(datasource=SOURCE, targets=[{"datasource": {"type": "tempo", "uid": "$tempo"}}])
    given["templating"]["list"][0].update(members)
    return given


ALL, TWO, ONE = ({"text": value, "value": value} for value in (["$__all"], ["A", "B"], ["X"]))


@pytest.mark.parametrize(
    ("members", "starts"),
    [
        ({"multi": True}, ONE),
        ({"multi": True, "includeAll": True}, ONE),
        ({"multi": True, "current": {}}, ONE),
        ({"multi": True, "current": TWO}, TWO),
        ({"multi": True, "includeAll": True, "current": ALL}, ALL),
    ],
)
def test_datasources_of_which_several_are_chosen_stay_a_choice(members: Json, starts: Json) -> None:
    made = pinned(several(**members), {"datasource": "X", "tempo": "T"})
    (panel,) = made["panels"]
    assert (panel["datasource"], panel["targets"][0]["datasource"]["uid"], names(made)) == (SOURCE, "T", ["datasource", "env"])
    assert made["templating"]["list"][0]["current"] == starts


def test_all_of_a_variable_that_panels_repeat_by_stays_all() -> None:
    given = several(includeAll=True, current={"text": "All", "value": "$__all"})
    assert pinned(given, {"datasource": "X"})["panels"][0]["datasource"] == ASKED
    given["panels"][0]["repeat"] = "datasource"
    made = pinned(given, {"datasource": "X"})
    assert (made["panels"], made["templating"]) == (given["panels"], given["templating"])


def test_board_is_left_as_it_is() -> None:
    given = board(datasource={"uid": "${datasource}"}, targets=[{"datasource": {"uid": "${tempo}"}}])
    before = copy.deepcopy(given)
    pinned(given, {"datasource": "X", "tempo": "T"})
    assert given == before


def test_variable_s_own_name_goes_before_its_kind() -> None:
    given = {"templating": {"list": [*VARIABLES, {"type": "datasource", "name": "other", "query": "prometheus"}]}}
    assert values(given, {"prometheus": "X", "other": "Y"}) == {"datasource": "X", "other": "Y"}
