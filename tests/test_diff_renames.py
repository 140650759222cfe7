"""A name that changed in many queries is told once, with all that it touches."""

from __future__ import annotations

import json
from typing import Any

from compared import BOARD, RULES, changed, compared, words


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
