"""What changed on a dashboard, in words: a row of the table is a change and what a reviewer reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from compared import BOARD, PROMETHEUS, changed, compared, of_board, panel, row, target, words

Change = Callable[[dict[str, Any]], object]


def p95(key: str, value: Any) -> Change:
    """The panel "P95 latency" with one member set; `a.b` is a member of a member."""

    def change(board: dict[str, Any]) -> None:
        part = board["panels"][2]
        *outer, last = key.split(".")
        for name in outer:
            part = part[int(name)] if isinstance(part, list) else part.setdefault(name, {})
        if isinstance(part, list):
            part[int(last)] = value
        else:
            part[last] = value

    return change


def on_board(**members: Any) -> Change:
    return lambda board: board.update(members)


STEPS = [{"color": "green", "value": None}, {"color": "red", "value": 1}]
HIGHER = [{"color": "green", "value": None}, {"color": "red", "value": 2}]
PANEL: dict[str, tuple[Change, str]] = {
    "title": (p95("title", "P95"), 'panel "P95 latency" renamed to "P95"'),
    "unit": (p95("fieldConfig.defaults.unit", "ms"), "unit s → ms"),
    "decimals": (p95("fieldConfig.defaults.decimals", 2), "decimals added: 2"),
    "description": (p95("description", "How slow."), 'description added: "How slow."'),
    "kind": (p95("type", "stat"), "shown as timeseries → stat"),
    "legend": (p95("options.legend", {"showLegend": False}), "legend shown true → false"),
    "tooltip": (p95("options.tooltip", {"mode": "multi"}), "tooltip single → multi"),
    "option": (p95("options.barWidth", 0.5), "options.barWidth added: 0.5"),
    "draw": (p95("fieldConfig.defaults.custom", {"lineWidth": 3}), "line width added: 3"),
    "thresholds": (p95("fieldConfig.defaults.thresholds", {"steps": STEPS}), "thresholds added: base green, 1 red"),
    "override": (
        p95("fieldConfig.overrides", [{"matcher": {"id": "byName", "options": "p95"}, "properties": [{"id": "unit", "value": "ms"}]}]),
        'override "p95" added: {"unit": "ms"}',
    ),
    "transformation": (
        p95("transformations", [{"id": "organize", "options": {"a": 1}}]),
        'transformation "organize" added: {"options": {"a": 1}}',
    ),
    "link": (p95("links", [{"title": "Runbook", "url": "https://example.com"}]), 'link "Runbook" added: {"url": "https://example.com"}'),
    "interval": (p95("interval", "1m"), "minimum interval added: 1m"),
    "data points": (p95("maxDataPoints", 100), "data points at most added: 100"),
    "repeat": (p95("repeat", "job"), "repeated for each value of variable added: job"),
    "unknown": (p95("mystery", {"deep": [1]}), "mystery.deep added: [1]"),
    "datasource": (p95("datasource", {"type": "prometheus", "uid": "other"}), "datasource prometheus ${datasource} → prometheus other"),
    "query datasource": (
        p95("targets.0.datasource", {"type": "prometheus", "uid": "b"}),
        "query A: datasource prometheus ${datasource} → prometheus b",
    ),
    "query legend": (p95("targets.0.legendFormat", "p95"), "query A: legend added: p95"),
    "query moment": (p95("targets.0.instant", True), "query A: asks for a range → one moment and a range"),
    "query hidden": (p95("targets.0.hide", True), "query A: hidden false → true"),
    "query unknown": (p95("targets.0.mystery", 1), "query A: mystery added: 1"),
    "size": (p95("gridPos", {"x": 12, "y": 1, "w": 6, "h": 8}), "size 12 by 8 → 6 by 8"),
    "place": (p95("gridPos", {"x": 11, "y": 1, "w": 12, "h": 8}), "position x 12, y 1 → x 11, y 1"),
}


@pytest.mark.parametrize("case", PANEL)
def test_panel_change_is_told(case: str) -> None:
    change, said = PANEL[case]
    told = of_board(change)
    assert told in ([f'panel "P95 latency": {said}'], [said]), told


def test_changed_thresholds_show_their_numbers() -> None:
    boards = [changed(BOARD, p95("fieldConfig.defaults.thresholds", {"steps": steps})) for steps in (STEPS, HIGHER)]
    assert words(*boards)[1:] == ['panel "P95 latency": thresholds 1 → 2']


def test_added_query_is_told_in_full() -> None:
    assert of_board(lambda board: board["panels"][2]["targets"].append(target("up", "B"))) == ['panel "P95 latency":', "query B:", "+ up"]


def test_query_in_an_unread_language_is_told_in_full() -> None:
    boards = [changed(BOARD, p95("targets.0", {"refId": "A", "datasource": {"type": "loki", "uid": "l"}, "expr": text})) for text in "ab"]
    assert words(*boards)[1:] == ['panel "P95 latency":', "query A:", "- a", "+ b"]


def test_panel_moved_to_another_row_is_told() -> None:
    def change(board: dict[str, Any]) -> None:
        moved = board["panels"].pop(2)
        board["panels"].append({**moved, "gridPos": {"x": 12, "y": 10, "w": 12, "h": 8}})

    assert of_board(change) == ['panel "P95 latency": moved to row "Latency"']


def test_panel_with_another_id_keeps_its_identity_by_title() -> None:
    def change(board: dict[str, Any]) -> None:
        for number, one in enumerate(board["panels"]):
            one["id"] = 100 + number
        board["panels"][2]["fieldConfig"]["defaults"]["unit"] = "ms"

    assert of_board(change) == ['panel "P95 latency": unit s → ms']


def test_panel_with_another_title_id_and_quantile_is_still_the_same() -> None:
    def change(board: dict[str, Any]) -> None:
        board["panels"][2].update(id=77, title="P99 latency")
        board["panels"][2]["targets"][0]["expr"] = board["panels"][2]["targets"][0]["expr"].replace("0.95", "0.99")

    assert of_board(change) == ['panel "P95 latency" renamed to "P99 latency": query A: quantile 0.95 → 0.99']


def test_panel_of_other_metrics_is_another_one() -> None:
    def change(board: dict[str, Any]) -> None:
        board["panels"][2] = panel(77, "Queue", target("shop_queue"), x=12)

    told = of_board(change)
    assert told[0].startswith('panel "Queue" added')
    assert told[-1] == 'panel "P95 latency" removed from row "Traffic"'


def test_swapped_panels_are_told() -> None:
    def change(board: dict[str, Any]) -> None:
        first, second = board["panels"][1:3]
        first["gridPos"], second["gridPos"] = second["gridPos"], first["gridPos"]

    assert of_board(change) == ["1 other panel pushed to another place", 'panel "P95 latency": moved to the start of row "Traffic"']


def test_added_panel_is_told_and_pushes_others() -> None:
    def change(board: dict[str, Any]) -> None:
        board["panels"][3]["gridPos"]["y"], board["panels"][4]["gridPos"]["y"] = 17, 18
        board["panels"].insert(3, panel(9, "New", target("up"), y=9))

    told = ["2 other panels pushed to another place", 'panel "New" added in row "Traffic": timeseries; unit s', "query A:", "+ up"]
    assert of_board(change) == told


def test_removed_panel_is_told() -> None:
    assert of_board(lambda board: board["panels"].pop()) == ['panel "Slowest" removed from row "Latency"']


def test_renamed_row_moves_nobody() -> None:
    assert of_board(lambda board: board["panels"][3].update(title="Slow")) == ['row "Latency" renamed to "Slow"']


def test_collapsed_row_keeps_its_panels() -> None:
    def change(board: dict[str, Any]) -> None:
        inner = board["panels"].pop()
        board["panels"][3].update(collapsed=True, panels=[inner])

    assert of_board(change) == ['row "Latency": collapsed false → true']


def test_added_row_is_told() -> None:
    assert of_board(lambda board: board["panels"].append(row(7, "More", 18))) == ['row "More" added']


OWN: dict[str, tuple[Change, list[str]]] = {
    "folderless title": (on_board(title="Store"), []),
    "description": (on_board(description="All of it"), ['description added: "All of it"']),
    "tags": (on_board(tags=["store"]), ["tag shop removed", "tag store added"]),
    "time": (on_board(time={"from": "now-1h", "to": "now"}), ["time range now-6h to now → now-1h to now"]),
    "refresh": (on_board(refresh="1m"), ["refresh 30s → 1m"]),
    "tooltip": (on_board(graphTooltip=1), ["tooltip of each panel → crosshair on all panels"]),
    "editable": (on_board(editable=False), ["editable true → false"]),
    "links": (on_board(links=[]), ['link "Docs" removed (was {"url": "https://example.com/docs"})']),
    "schema": (on_board(schemaVersion=41), ["schemaVersion 42 → 41"]),
    "unknown": (on_board(mystery={"a": {"b": 1}}), ["mystery.a.b added: 1"]),
}


@pytest.mark.parametrize("case", OWN)
def test_board_change_is_told(case: str) -> None:
    change, told = OWN[case]
    assert of_board(change) == told


def test_renamed_board_is_told_in_its_heading() -> None:
    assert words(BOARD, changed(BOARD, on_board(title="Store"))) == ['board "Shop" renamed to "Store" (shop)']


def variable(number: int, **members: Any) -> Change:
    return lambda board: board["templating"]["list"][number].update(members)


MEMBERS: dict[str, tuple[Change, list[str]]] = {
    "variable query": (variable(1, query='label_values(shop_total{a="1"}, job)'), ['variable "job": matcher added: a="1"']),
    "variable label": (variable(1, query="label_values(shop_total, code)"), ['variable "job": label whose values are listed job → code']),
    "variable metric": (variable(1, query="label_values(up, job)"), ['variable "job": metric shop_total → up']),
    "several": (variable(1, multi=True), ['variable "job": several values false → true']),
    "refresh": (variable(1, refresh=1), ['variable "job": asked again on time range change → on load']),
    "unknown": (variable(1, mystery=1), ['variable "job": mystery added: 1']),
    "rename": (variable(1, name="task"), ['variable "job" renamed to "task"']),
    "removed": (lambda board: board["templating"]["list"].pop(), ['variable "job" removed']),
    "order": (lambda board: board["templating"]["list"].reverse(), ["variables: order datasource, job → job, datasource"]),
    "added": (
        lambda board: board["templating"]["list"].append({"type": "custom", "name": "c", "query": "a,b"}),
        ['variable "c" added: custom', "query:", "+ a,b"],
    ),
    "annotation": (
        lambda board: board["annotations"]["list"][0].update(expr="changes(shop_started[1m]) > 0"),
        ['annotation "Deploys": window 5m → 1m'],
    ),
    "annotation off": (lambda board: board["annotations"]["list"][0].update(enable=False), ['annotation "Deploys": shown true → false']),
    "annotation gone": (lambda board: board["annotations"]["list"].clear(), ['annotation "Deploys" removed']),
}  # fmt: skip


@pytest.mark.parametrize("case", MEMBERS)
def test_member_change_is_told(case: str) -> None:
    change, told = MEMBERS[case]
    assert of_board(change) == told


SAME: dict[str, Change] = {
    "ids": lambda board: [one.update(id=one["id"] + 40) for one in board["panels"]],
    "saved": on_board(id=4, version=9, iteration=77, gnetId=None),
    "key order": lambda board: board.update(dict(reversed(list(board.items())))),
    "defaults": p95("transparent", False),
    "null": p95("description", None),
    "option default": p95("options.legend", {"showLegend": True}),
    "plugin version": p95("pluginVersion", "13.1.0"),
    "query layout": p95("targets.0.expr", 'histogram_quantile( 0.95, sum( rate(shop_seconds_bucket{ code =~ "2.."}[300s]) ) by (le) )'),
    "query mode": p95("targets.0.editorMode", "builder"),
    "variable text": variable(1, definition="label_values(shop_total, job)"),
    "numbers": p95("fieldConfig.defaults.custom", {"lineWidth": 1.0}),
}


@pytest.mark.parametrize("case", SAME)
def test_what_means_the_same_is_no_difference(case: str) -> None:
    assert not compared(BOARD, changed(BOARD, SAME[case]))


def test_board_keeps_its_identity_by_uid() -> None:
    others = [{**BOARD, "uid": f"b{number}", "title": "Shop"} for number in range(3)]
    told = words(others, [others[2], {**others[0], "refresh": "5s"}, others[1]])
    assert told == ['board "Shop" (b0)', "refresh 30s → 5s"]


def test_added_board_is_told_with_its_panels() -> None:
    told = words([{**BOARD, "uid": "x", "title": "Other"}], [{**BOARD, "uid": "x", "title": "Other"}, BOARD])
    assert told[0] == 'board "Shop" added (shop): 2 rows, 3 panels, 2 variables'
    assert told[1:] == [
        'row "Traffic" added',
        'panel "Requests" added in row "Traffic"',
        'panel "P95 latency" added in row "Traffic"',
        'row "Latency" added',
        'panel "Slowest" added in row "Latency"',
    ]


def test_removed_board_is_told() -> None:
    assert words([BOARD, {**BOARD, "uid": "x", "title": "X", "panels": []}], [BOARD]) == ['board "X" removed (x): 2 variables']


def test_datasource_of_panel_and_queries_is_told_once() -> None:
    def change(board: dict[str, Any]) -> None:
        board["panels"][2]["datasource"] = board["panels"][2]["targets"][0]["datasource"] = {**PROMETHEUS, "uid": "other"}

    assert of_board(change) == ['panel "P95 latency": datasource prometheus ${datasource} → prometheus other']
