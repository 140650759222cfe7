"""A name that changed in many queries is told once, with all that it touches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from compared import BOARD, RULES, changed, compared, panel, target, words
from project import obskit


def replaced(old: str, new: str, document: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(document).replace(old, new))
    return made


def test_renamed_label_is_told_once() -> None:
    told = words([BOARD, RULES], [replaced("code", "status", BOARD), replaced("code", "status", RULES)], ".json")
    assert told == [
        'signals shop_seconds_bucket, shop_total: label "code" renamed to "status": 2 panels, 1 alert, 1 record',
        "in Shop, 1.json",
    ]


def test_renamed_metric_is_told_once() -> None:
    told = words([BOARD, RULES], [replaced("shop_total", "store_total", BOARD), replaced("shop_total", "store_total", RULES)], ".json")
    assert told == ['metric "shop_total" renamed to "store_total": 1 panel, 1 alert, 1 record, 1 variable', "in Shop, 1.json"]


def test_other_edits_stay_beside_a_rename() -> None:
    rules = changed(replaced("code", "status", RULES), lambda rules: rules["groups"][0]["rules"][0].update({"for": "9m"}))
    assert words(RULES, rules, "shop.yaml")[2:] == ["rules shop.yaml", 'alert "HighErrorRate": for 2m → 9m']


def test_rename_of_one_query_is_told_there() -> None:
    def change(board: dict[str, Any]) -> None:
        board["panels"][4]["targets"][0]["expr"] = "topk(5, shop_slowest)"

    assert words(BOARD, changed(BOARD, change))[1:] == ['panel "Slowest": query A: metric shop_slow → shop_slowest']


def test_labels_that_only_groupings_name_are_replaced() -> None:
    def change(board: dict[str, Any]) -> None:
        for number in (1, 2):
            board["panels"][number]["targets"][0]["expr"] = "sum by (pod) (a)"

    before = changed(BOARD, lambda board: [board["panels"][number]["targets"][0].update(expr="sum by (job) (a)") for number in (1, 2)])
    assert words(before, changed(before, change)) == ['signal a: label "job" replaced by "pod": 2 panels', "in Shop"]


def test_legend_and_template_follow_a_renamed_label() -> None:
    rules = changed(RULES, lambda rules: rules["groups"][0]["rules"][0]["annotations"].update(summary="{{ $labels.code }} fails"))
    assert words(rules, replaced("code", "status", rules), "shop.yaml") == [
        'signal shop_total: label "code" renamed to "status": 1 alert, 1 record',
        "in shop.yaml",
    ]


def test_variable_that_lists_a_renamed_label_is_counted() -> None:
    board = changed(BOARD, lambda board: board["templating"]["list"][1].update(query="label_values(shop_total, code)"))
    told = words(board, replaced("code", "status", board))
    assert told[0] == 'signals shop_seconds_bucket, shop_total: label "code" renamed to "status": 2 panels, 1 variable'


def test_renamed_span_attribute_is_told_once() -> None:
    def asking(name: str) -> dict[str, Any]:
        def change(board: dict[str, Any]) -> None:
            for number in (1, 2):
                source = {"type": "tempo", "uid": "t"}
                text = f'{{ span.{name} = "x" }} | rate() by (span.{name})'
                board["panels"][number]["targets"] = [{"refId": "A", "datasource": source, "queryType": "traceql", "query": text}]

        return changed(BOARD, change)

    assert words(asking("a"), asking("b")) == ['span attribute "a" renamed to "b": 2 panels', "in Shop"]


def test_counts_hold_what_is_told_as_renames() -> None:
    found = compared([BOARD, RULES], [replaced("code", "status", BOARD), replaced("code", "status", RULES)], ".json")
    assert dict(found.counts) == {"board": 1, "alert": 1, "record": 1}


def asking(*metrics: str) -> dict[str, Any]:
    """A board with a panel for each metric."""
    return {**BOARD, "panels": [panel(number, f"P{number}", target(f"rate({name}[5m])")) for number, name in enumerate(metrics, 1)]}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("aaab", "bbab", ['panel "P1": query A: metric a → b', 'panel "P2": query A: metric a → b']),
        ("aaac", "bbac", ['panel "P1": query A: metric a → b', 'panel "P2": query A: metric a → b']),
        ("aabb", "bbbb", ['panel "P1": query A: metric a → b', 'panel "P2": query A: metric a → b']),
        ("aabb", "bbaa", [f'panel "P{at}": query A: metric {was}' for at, was in enumerate(("a → b", "a → b", "b → a", "b → a"), 1)]),
        ("aacc", "bbcc", ['metric "a" renamed to "b": 2 panels', "in Shop"]),
    ],
)
def test_metric_is_renamed_only_where_one_goes_and_the_other_comes(before: str, after: str, told: list[str]) -> None:
    found = words(asking(*before), asking(*after))
    assert [line for line in found if not line.startswith("board")] == told


def test_metric_that_an_unchanged_file_still_asks_is_not_renamed(tmp_path: Path) -> None:
    for side, metrics in (("a", "xx"), ("b", "yy")):
        (tmp_path / side).mkdir()
        (tmp_path / side / "shop.json").write_text(json.dumps(asking(*metrics)))
        (tmp_path / side / "other.json").write_text(json.dumps({**asking("x"), "uid": "other", "title": "Other"}))
    assert "renamed" not in obskit(tmp_path, "diff", f"{tmp_path}/a", f"{tmp_path}/b").out
    for side in ("a", "b"):
        (tmp_path / side / "other.json").write_text(json.dumps({**asking("z"), "uid": "other", "title": "Other"}))
    assert 'metric "x" renamed to "y": 2 panels' in obskit(tmp_path, "diff", f"{tmp_path}/a", f"{tmp_path}/b").out


def test_label_that_stays_beside_the_new_one_is_replaced() -> None:
    before, after = (
        changed(BOARD, lambda board, one=one, two=two: [
            board["panels"][number]["targets"][0].update(expr=f'sum(rate(a{{{label}="x"}}[5m]))')
            for number, label in ((1, one), (2, one), (4, two))
        ])
        for one, two in (("code", "code"), ("status", "code"))
    )  # fmt: skip
    assert words(before, after)[0] == 'signal a: label "code" replaced by "status": 2 panels'


@pytest.mark.parametrize(("left", "word"), [("a", "replaced by"), ("c", "renamed to")])
def test_span_attribute_that_is_still_asked_is_replaced(left: str, word: str) -> None:
    def change(board: dict[str, Any], *attributes: str) -> None:
        for number, name in zip((1, 2, 4), attributes, strict=True):
            source = {"type": "tempo", "uid": "t"}
            text = f'{{ span.{name} = "x" }} | rate()'
            board["panels"][number]["targets"] = [{"refId": "A", "datasource": source, "queryType": "traceql", "query": text}]

    before, after = (changed(BOARD, lambda board, one=one: change(board, one, one, left)) for one in "ab")
    assert words(before, after)[0] == f'span attribute "a" {word} "b": 2 panels'
