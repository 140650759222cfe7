"""`obskit diff A B`: two folders or two files of any origin, and the ways to ask that cannot be answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from compared import BOARD, RULES, changed
from project import Ran, obskit

from obskit.model import Json

V2: Json = {
    "apiVersion": "dashboard.grafana.app/v2",
    "kind": "Dashboard",
    "metadata": {"name": "shop"},
    "spec": {
        "title": "Shop",
        "elements": {
            "panel-1": {
                "kind": "Panel",
                "spec": {
                    "id": 1,
                    "title": "Requests",
                    "data": {"kind": "QueryGroup", "spec": {"queries": [{"kind": "PanelQuery", "spec": {
                        "refId": "A", "hidden": False, "query": {
                            "kind": "DataQuery", "group": "prometheus", "datasource": {"name": "p"}, "spec": {"expr": "rate(a[5m])"}}}}]}},
                    "vizConfig": {"kind": "VizConfig", "group": "timeseries", "spec": {"fieldConfig": {"defaults": {"unit": "s"}}}},
                },
            }
        },
        "layout": {"kind": "GridLayout", "spec": {"items": [{"kind": "GridLayoutItem", "spec": {
            "x": 0, "y": 0, "width": 12, "height": 8, "element": {"kind": "ElementReference", "name": "panel-1"}}}]}},
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(path: str, *documents: Any) -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text("\n---\n".join(one if isinstance(one, str) else json.dumps(one) for one in documents))
    return path


def louder(rules: dict[str, Any]) -> None:
    rules["groups"][0]["rules"][0]["for"] = "9m"


def test_folders_are_compared_without_a_project(tmp_path: Path) -> None:
    put("a/deep/shop.json", BOARD), put("b/deep/shop.json", changed(BOARD, lambda board: board.update(refresh="5s")))
    put("a/rules.yaml", RULES), put("b/rules.yaml", changed(RULES, louder))
    out = 'board "Shop" (shop, folder deep)\n    refresh 30s → 5s\n\nrules rules.yaml\n    alert "HighErrorRate": for 2m → 9m\n'
    assert obskit(tmp_path, "diff", "a", "b") == Ran(1, out, "1 board, 1 alert changed\n")


def test_folder_is_the_same_as_itself(tmp_path: Path) -> None:
    put("a/shop.json", BOARD)
    assert obskit(tmp_path, "diff", "a", "a") == Ran(0, "", "no difference\n")


def test_moved_board_keeps_its_identity(tmp_path: Path) -> None:
    put("a/one/shop.json", BOARD), put("b/two/shop.json", BOARD)
    assert obskit(tmp_path, "diff", "a", "b") == Ran(1, 'board "Shop" (shop, folder two)\n    folder one → two\n', "1 board changed\n")


def test_files_that_are_named_are_two_states_of_one(tmp_path: Path) -> None:
    one, two = put("one.json", BOARD), put("two.json", changed(BOARD, lambda board: board.update(uid="other", title="Other")))
    out = 'board "Shop" renamed to "Other" (other)\n    uid shop → other\n'
    assert obskit(tmp_path, "diff", one, two) == Ran(1, out, "1 board changed\n")


def test_rule_files_that_are_named_are_two_states_of_one(tmp_path: Path) -> None:
    one, two = put("one.yaml", RULES), put("two.yml", changed(RULES, louder))
    assert obskit(tmp_path, "diff", one, two).out == 'rules two.yml\n    alert "HighErrorRate": for 2m → 9m\n'


def test_board_that_took_the_place_of_another_is_none_of_its_states(tmp_path: Path) -> None:
    put("a/one.json", BOARD), put("b/two.json", {**BOARD, "uid": "two", "title": "Two", "panels": []})
    out = 'board "Two" added (two): 2 variables\n\nboard "Shop" removed (shop): 2 rows, 3 panels, 2 variables\n'
    assert obskit(tmp_path, "diff", "a", "b") == Ran(1, out, "2 boards changed\n")


def test_rule_file_with_another_name_is_known_by_its_rules(tmp_path: Path) -> None:
    put("a/one.yaml", RULES), put("b/two.yaml", changed(RULES, louder))
    out = 'rules two.yaml\n    file one.yaml → two.yaml\n    alert "HighErrorRate": for 2m → 9m\n'
    assert obskit(tmp_path, "diff", "a", "b") == Ran(1, out, "1 alert changed\n")


def test_rule_file_of_other_rules_is_another_one(tmp_path: Path) -> None:
    other = {"groups": [{"name": "x", "rules": [{"record": "a:b", "expr": "c"}]}]}
    put("a/one.yaml", RULES), put("b/two.yaml", other)
    assert obskit(tmp_path, "diff", "a", "b").out.splitlines()[0] == "rules two.yaml added: 1 record"


def test_files_of_other_kinds_are_passed_over(tmp_path: Path) -> None:
    put("a/values.yaml", "image: {tag: 1}"), put("b/values.yaml", "image: {tag: 2}")
    put("a/notes.txt", "x"), put("b/package.json", {"name": "x"})
    assert obskit(tmp_path, "diff", "a", "b") == Ran(0, "", "no difference\n")


@pytest.mark.parametrize("text", ["{", "", "\x00", "[" * 5000, '{"panels": [], "panels": NaN}'])
def test_unreadable_file_is_a_finding(tmp_path: Path, text: str) -> None:
    put("a/shop.json", BOARD), put("b/shop.json", BOARD), put("b/bad.json", text)
    ran = obskit(tmp_path, "diff", "a", "b")
    assert ran.code == 1
    assert ran.out.startswith("b/bad.json")
    assert "as far as it can be told" in ran.err


def test_missing_path_cannot_be_asked(tmp_path: Path) -> None:
    put("a/shop.json", BOARD)
    ran = obskit(tmp_path, "diff", "a", "missing")
    assert (ran.code, ran.out) == (2, "")
    assert '"missing" does not exist' in ran.err


def test_folder_and_file_cannot_be_compared(tmp_path: Path) -> None:
    put("a/shop.json", BOARD)
    assert (obskit(tmp_path, "diff", "a", "a/shop.json").code, obskit(tmp_path, "diff", "a/shop.json", "a").code) == (2, 2)


def test_three_sides_are_a_wrong_call(tmp_path: Path) -> None:
    assert obskit(tmp_path, "diff", "a", "b", "c").code == 2


def test_quiet_says_nothing_of_no_difference(tmp_path: Path) -> None:
    put("a/shop.json", BOARD)
    assert obskit(tmp_path, "--quiet", "diff", "a", "a") == Ran(0, "", "")


def test_resource_of_version_2_is_read(tmp_path: Path) -> None:
    def change(document: dict[str, Any]) -> None:
        spec = document["spec"]["elements"]["panel-1"]["spec"]
        spec["vizConfig"]["spec"]["fieldConfig"]["defaults"]["unit"] = "ms"
        spec["data"]["spec"]["queries"][0]["spec"]["query"]["spec"]["expr"] = "rate(a[1m])"

    one, two = put("one.json", V2), put("two.json", changed(V2, change))
    out = 'board "Shop" (shop)\n    panel "Requests": unit s → ms; query A: window 5m → 1m\n'
    assert obskit(tmp_path, "diff", one, two) == Ran(1, out, "1 board changed\n")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (("spec", "mystery"), "mystery added: 1"),
        (("spec", "elements", "panel-1", "spec", "mystery"), "elements.panel-1.spec.mystery added: 1"),
        (("spec", "layout", "spec", "items", 0, "spec", "mystery"), "layout.spec.items[0].spec.mystery added: 1"),
        (("metadata", "labels"), "metadata.labels added: 1"),
    ],
)
def test_what_nobody_reads_of_version_2_is_told(tmp_path: Path, path: tuple[str | int, ...], said: str) -> None:
    def change(document: Any) -> None:
        for key in path[:-1]:
            document = document[key]
        document[path[-1]] = 1

    one, two = put("one.json", V2), put("two.json", changed(V2, change))
    assert obskit(tmp_path, "diff", one, two).out.splitlines()[1:] == [f"    {said}"]


def test_dashboard_in_other_wrappings_is_the_same(tmp_path: Path) -> None:
    wrapped = {"dashboard": {**BOARD, "id": 7, "version": 4}, "meta": {"version": 4}}
    assert obskit(tmp_path, "diff", put("one.json", BOARD), put("two.json", wrapped)) == Ran(0, "", "no difference\n")


def test_old_form_is_compared_with_the_new_one(tmp_path: Path) -> None:
    axes = [{"format": "s"}, {"format": "short"}]
    graph = {"id": 1, "type": "graph", "title": "A", "span": 12, "targets": [{"refId": "A", "expr": "a"}], "yaxes": axes}
    old = {"title": "Old", "uid": "old", "schemaVersion": 14, "rows": [{"title": "Row", "panels": [graph]}]}
    one = put("one.json", old)
    two = put("two.json", changed(old, lambda board: board["rows"][0]["panels"][0]["yaxes"][0].update(format="ms")))
    assert obskit(tmp_path, "diff", one, two).out == 'board "Old" (old)\n    panel "A": unit s → ms\n'


def test_json_says_everything(tmp_path: Path) -> None:
    one, two = put("one.yaml", RULES), put("two.yaml", changed(RULES, louder))
    ran = obskit(tmp_path, "diff", one, two, "--format", "json")
    told = json.loads(ran.out)
    assert (ran.code, ran.err, told["exit_code"], told["complete"], told["counts"]) == (1, "1 alert changed\n", 1, True, {"alert": 1})
    (part,) = told["changes"][0]["parts"]
    words = {"what": "for", "before": "2m", "after": "9m", "words": "for 2m → 9m"}
    assert part["edits"] == [{**words, "within": "", "block": False, "raw": False}]


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    one = put("one.json", BOARD)
    two = put("two.json", changed(BOARD, lambda board: board["panels"][1].update(title="\x1b[31mred\n\x07", description="\x1b]0;x\x07")))
    assert not {character for character in obskit(tmp_path, "diff", one, two).out if not character.isprintable()} - {"\n"}


@pytest.mark.parametrize("wrapped", ["resource", "answer"])
def test_folder_that_a_document_names_is_compared(tmp_path: Path, wrapped: str) -> None:
    def document(folder: str) -> Json:
        if wrapped == "answer":
            return {"meta": {"folderTitle": folder}, "dashboard": BOARD}
        about = {"name": "shop", "annotations": {"grafana.app/folder": folder}}
        return {"apiVersion": "dashboard.grafana.app/v1", "kind": "Dashboard", "metadata": about, "spec": BOARD}

    put("a/shop.json", document("one")), put("b/shop.json", document("two"))
    assert obskit(tmp_path, "diff", "a", "b") == Ran(1, 'board "Shop" (shop, folder two)\n    folder one → two\n', "1 board changed\n")


@pytest.mark.parametrize("other", [{"message": "Unauthorized"}, [BOARD], {"tests": []}, "text", {"dashboard": "x"}])
@pytest.mark.parametrize("turned", [False, True])
def test_file_that_is_not_recognised_is_neither_removed_nor_new(tmp_path: Path, other: Any, turned: bool) -> None:
    files = [put("one.json", BOARD), put("two.json", json.dumps(other))]
    ran = obskit(tmp_path, "diff", *(reversed(files) if turned else files))
    out = 'two.json: error: "two.json" is not recognised, so nothing is told of it [not-recognised]\n    hint: '
    assert (ran.code, ran.out[: len(out)], ran.err) == (1, out, "no difference, as far as it can be told: 1 finding\n")


def test_file_of_a_folder_that_is_not_recognised_any_more_is_said(tmp_path: Path) -> None:
    put("a/shop.json", BOARD), put("b/shop.json", {"message": "Unauthorized"})
    ran = obskit(tmp_path, "diff", "a", "b")
    assert 'error: "b/shop.json" is not recognised, so nothing is told of it' in ran.out
    assert "not complete: what is told as removed may only not have been read" in ran.out


@pytest.mark.parametrize("sides", [("",), ("", "b"), ("a", "")])
def test_side_that_is_empty_cannot_be_asked(tmp_path: Path, sides: tuple[str, ...]) -> None:
    ran = obskit(tmp_path, "diff", *sides)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("obskit: error: a side is empty, as a variable is that nobody set: obskit diff [REV | A B]\n")
