"""The import dialogs, played: their answers put into a shared file give the provisioned board."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from odd_boards import ENVIRONMENT, made, odd, understood
from project import REPOSITORY, write

from obskit import render
from obskit.render.encode import json_text

Json = dict[str, Any]
ANSWERS = {
    "DS_PROMETHEUS": "X", "DS_TEMPO": "T-1", "DS_LOKI": "L_2", "DS_PROMETHEUS_DATASOURCE_2": "X", "DS_PROMETHEUS_OTHER": "Y",
    "DS_PROMETHEUS_PROM_EU_1": "prom-eu.1",
}  # fmt: skip
"""What the environment `x` has, by the inputs' names; the datasource that a board names itself is chosen again."""


def imported(text: str, answers: Mapping[str, str]) -> str:
    """What Grafana makes of a file: `${NAME}` of an input is replaced in every text, `__inputs` and the like are dropped.

    As in Grafana's dashboard import: found by `\\$\\{.+?\\}`, replaced once, and an input without an answer is an error.
    """
    file = json.loads(text)
    values = {"${" + one["name"] + "}": one["value"] if one["type"] == "constant" else answers[one["name"]] for one in file["__inputs"]}

    def put(value: Any) -> Any:
        if isinstance(value, str):
            return re.sub(r"\$\{.+?\}", lambda found: values.get(found[0], found[0]), value)
        if isinstance(value, dict):
            return {key: put(item) for key, item in value.items()}
        return [put(item) for item in value] if isinstance(value, list) else value

    return json_text({key: put(value) for key, value in file.items() if not key.startswith("__") and key != "id"})


def imported_by_13(text: str, answers: Mapping[str, str]) -> Json:
    """What the dialog of Grafana 13 makes of a file, which looks for `${NAME}` in known places only.

    As in its `applyV1Inputs`: datasources of annotations, panels (also in rows), targets and query variables become
    `{uid, type}` of the answer; a constant is what its query stood for, with one option; a datasource variable has the answer's name.
    """
    file = json.loads(text)
    inputs = {"${" + one["name"] + "}": one for one in file["__inputs"]}

    def sourced(part: Json) -> Json:
        one = inputs.get((part.get("datasource") or {}).get("uid", ""))
        return {**part, "datasource": {"uid": answers[one["name"]], "type": one["pluginId"]}} if one else part

    def panel(part: Json) -> Json:
        lists = {"panels": panel, "targets": sourced}
        return {**sourced(part), **{key: [put(item) for item in part[key]] for key, put in lists.items() if key in part}}

    def variable(part: Json) -> Json:
        if part["type"] == "constant" and part["query"] in inputs:
            chosen = {"text": inputs[part["query"]]["value"], "value": inputs[part["query"]]["value"]}
            current, options = part.get("current", {}), part.get("options") or [{}]
            return {**part, "query": chosen["value"], "current": {**current, **chosen}, "options": [{**options[0], **chosen}]}
        if part["type"] == "datasource" and (one := inputs.get(str(part.get("current", {}).get("value")))):
            return {**part, "current": {"text": answers[one["name"]], "value": answers[one["name"]]}}
        return sourced(part) if part["type"] == "query" else part

    made = {key: value for key, value in file.items() if not key.startswith("__") and key != "id"}
    made["panels"] = [panel(part) for part in made["panels"]]
    made["templating"] = {"list": [variable(part) for part in made["templating"]["list"]]}
    return {**made, "annotations": {"list": [sourced(part) for part in made["annotations"]["list"]]}}


DOCS = '[tool.obskit.docs]\nurl = "https://git.example.com/docs"\n'
"""The shipped boards link to the runbook pages of their alerts."""


def pairs(root: Path) -> dict[str, tuple[str, str]]:
    """uid to the file that is handed out and the board that the environment `x` provisions."""
    shared = {path.rpartition("/")[2]: artifact.text for path, artifact in made(root, "share").items()}
    provisioned = {path.rpartition("/")[2]: artifact.text for path, artifact in made(root, "dashboards", env="x").items()}
    assert shared.keys() == provisioned.keys()
    return {name.removesuffix(".json"): (shared[name], provisioned[name]) for name in shared}


@pytest.fixture(scope="module")
def odd_pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    return pairs(odd(tmp_path_factory.mktemp("odd")))


@pytest.fixture(scope="module")
def shipped_pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    root = tmp_path_factory.mktemp("shipped")
    for folder in ("dashboards_src", "rules_src"):
        write(root, {path.relative_to(REPOSITORY).as_posix(): path.read_text("utf-8") for path in (REPOSITORY / folder).rglob("*.py")})
    return pairs(write(root, {"pyproject.toml": "[tool.obskit]\n" + DOCS + ENVIRONMENT}))


@pytest.mark.parametrize("uid", ["texts", "kinds", "sources", "repeated"])
def test_odd_board_imports_as_it_is_provisioned(odd_pairs: dict[str, tuple[str, str]], uid: str) -> None:
    shared, provisioned = odd_pairs[uid]
    assert imported(shared, ANSWERS) == provisioned


def test_shipped_boards_import_as_they_are_provisioned(shipped_pairs: dict[str, tuple[str, str]]) -> None:
    assert len(shipped_pairs) == 5
    assert {uid: imported(shared, ANSWERS) for uid, (shared, _) in shipped_pairs.items()} == {
        uid: provisioned for uid, (_, provisioned) in shipped_pairs.items()
    }


def test_dialog_of_grafana_13_gives_the_provisioned_board(
    odd_pairs: dict[str, tuple[str, str]], shipped_pairs: dict[str, tuple[str, str]]
) -> None:
    same = {uid: both for uid, both in {**odd_pairs, **shipped_pairs}.items() if uid not in ("sources", "repeated", "filtered")}
    assert len(same) == 7
    for shared, provisioned in same.values():
        assert imported_by_13(shared, ANSWERS) == json.loads(provisioned)


def test_dialog_of_grafana_13_leaves_no_placeholder(odd_pairs: dict[str, tuple[str, str]]) -> None:
    for uid, (shared, _) in odd_pairs.items():
        names = [one["name"] for one in json.loads(shared)["__inputs"]]
        made = json_text(imported_by_13(shared, ANSWERS))
        assert (uid, [name for name in names if "${" + name + "}" in made]) == (uid, [])


def test_what_only_one_dialog_fills_in_keeps_its_variable(odd_pairs: dict[str, tuple[str, str]]) -> None:
    shared, provisioned = odd_pairs["filtered"]
    for board in (json.loads(imported(shared, ANSWERS)), imported_by_13(shared, ANSWERS)):
        source, filters = board["templating"]["list"]
        assert (source["current"], filters["datasource"]["uid"]) == ({"text": "X", "value": "X"}, "${datasource}")
        assert board["panels"] == json.loads(provisioned)["panels"]


EACH = """\
from obskit.dashboards import dashboard, timeseries
from obskit.dashboards.targets import PrometheusTarget
from obskit.dashboards.variables import Variable

each = PrometheusTarget("up", datasource={"type": "prometheus", "uid": "${each}"})
ALL = {"text": ["All"], "value": ["$__all"]}
several = Variable("each", {"type": "datasource", "name": "each", "query": "prometheus", "multi": True, "includeAll": True, "current": ALL})
board = dashboard("Each", uid="each", variables=[several], panels=[timeseries("$each", each, repeat="each"), timeseries("One", "up")])
"""


def test_datasources_of_which_several_are_chosen_are_not_asked_for(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "", "dashboards_src/each.py": EACH})
    text = made(tmp_path, "share")["grafana/share/each.json"].text
    assert [(one["name"], one["label"]) for one in json.loads(text)["__inputs"]] == [("DS_PROMETHEUS", "Prometheus")]
    for board in (json.loads(imported(text, ANSWERS)), imported_by_13(text, ANSWERS)):
        uids = [(panel["datasource"]["uid"], panel["targets"][0]["datasource"]["uid"]) for panel in board["panels"]]
        (variable,) = board["templating"]["list"]
        assert (uids, variable["current"]["value"]) == ([("${each}", "${each}"), ("X", "X")], ["$__all"])


def test_panels_repeated_by_the_datasource_that_is_asked_for_ask_each(odd_pairs: dict[str, tuple[str, str]]) -> None:
    for board in (json.loads(imported(odd_pairs["repeated"][0], ANSWERS)), imported_by_13(odd_pairs["repeated"][0], ANSWERS)):
        (variable,) = (one for one in board["templating"]["list"] if one["name"] == "datasource")
        assert (board["panels"][0]["datasource"]["uid"], variable["current"]["value"]) == ("${datasource}", "X")


def test_every_input_is_used_and_every_placeholder_asked_for(odd_pairs: dict[str, tuple[str, str]]) -> None:
    for shared, _ in odd_pairs.values():
        file = json.loads(shared)
        asked = {one["name"] for one in file.pop("__inputs")}
        written = set(re.findall(r"\$\{((?:DS|VAR)_[A-Z0-9_]+)\}", json_text(file)))
        assert written - {"DS_FOO", "DS_PROMETHEUS_DATASOURCE", "VAR_CLUSTER"} == asked


def test_literal_placeholder_of_an_author_survives(odd_pairs: dict[str, tuple[str, str]]) -> None:
    (words,) = (panel for panel in json.loads(imported(odd_pairs["sources"][0], ANSWERS))["panels"] if panel.get("title") == "Words")
    assert words["options"]["content"].startswith("literally ${DS_PROMETHEUS_DATASOURCE}, ${DS_FOO}, ${datasource}, ${VAR_CLUSTER} ")


def test_constant_is_asked_for_with_its_value(odd_pairs: dict[str, tuple[str, str]]) -> None:
    asked = [one for one in json.loads(odd_pairs["sources"][0])["__inputs"] if one["type"] == "constant"]
    assert asked == [
        {"name": "VAR_CLUSTER_2", "label": "cluster", "description": "", "type": "constant", "value": "eu-1"},
        {"name": "VAR_EMPTY", "label": "empty", "description": "", "type": "constant", "value": ""},
    ]


def test_constant_may_be_answered_otherwise(odd_pairs: dict[str, tuple[str, str]]) -> None:
    file = json.loads(odd_pairs["sources"][0])
    for one in file["__inputs"]:
        if one["name"] == "VAR_CLUSTER_2":
            one["value"] = "us-2"
    made = json.loads(imported(json_text(file), ANSWERS))
    (cluster,) = (variable for variable in made["templating"]["list"] if variable["name"] == "cluster")
    chosen = {"text": "us-2", "value": "us-2"}
    assert (cluster["query"], cluster["current"], cluster["options"]) == ("us-2", chosen, [{"selected": True, **chosen}])


def test_what_every_grafana_has_is_not_asked_for(odd_pairs: dict[str, tuple[str, str]]) -> None:
    text = odd_pairs["sources"][0]
    assert {'"uid": "-- Mixed --"', '"uid": "-- Dashboard --"', '"uid": "__expr__"'} <= set(re.findall(r'"uid": "[^"]+"', text))
    assert {one.get("pluginId") for one in json.loads(text)["__inputs"]} == {"prometheus", "loki", None}


def test_requirements_name_grafana_and_each_plugin_once(odd_pairs: dict[str, tuple[str, str]]) -> None:
    required = [(one["type"], one["id"], one["name"], one["version"]) for one in json.loads(odd_pairs["repeated"][0])["__requires"]]
    assert required == [
        ("grafana", "grafana", "Grafana", "13.0.0"), ("panel", "my-panel", "my-panel", ""),
        ("datasource", "prometheus", "Prometheus", "1.0.0"), ("datasource", "tempo", "Tempo", "1.0.0"),
        ("panel", "timeseries", "Time series", ""),
    ]  # fmt: skip


def test_requirements_count_panels_of_collapsed_rows(odd_pairs: dict[str, tuple[str, str]]) -> None:
    panels = {one["id"] for one in json.loads(odd_pairs["kinds"][0])["__requires"] if one["type"] == "panel"}
    assert panels == {
        "stat", "gauge", "bargauge", "piechart", "table", "timeseries", "heatmap", "histogram", "state-timeline", "logs", "traces",
        "nodeGraph", "text", "alertlist",
    }  # fmt: skip


def test_environment_asks_for_datasources_all_the_same(tmp_path: Path) -> None:
    odd(tmp_path)
    assert {path: one.text for path, one in made(tmp_path, "share", env="x").items()} == {
        path: one.text for path, one in made(tmp_path, "share").items()
    }


def test_no_other_format_holds_what_only_the_dialog_resolves(tmp_path: Path) -> None:
    odd(tmp_path)
    for env in ("", "x"):
        for path, artifact in made(tmp_path, "dashboards", "resources", "kubernetes", env=env).items():
            written = set(re.findall(r"\$\{(?:DS|VAR)_\w+", artifact.text)) - {"${DS_FOO", "${DS_PROMETHEUS_DATASOURCE", "${VAR_CLUSTER"}
            assert (path, written, "__inputs" in artifact.text, "__requires" in artifact.text) == (path, set(), False, False)


def test_library_panel_is_told_of(tmp_path: Path) -> None:
    analysed = understood(odd(tmp_path), "share")
    found = list(render.findings(analysed, render.formats(analysed.project.settings), ()))
    assert [(one.id, one.severity, one.message, one.origin.path if one.origin else "") for one in found] == [
        (
            "delivery", "warning",
            'library panel "Everyone\'s panel" is not in the file that is handed out: who imports "sources" must have it',
            "dashboards_src/sources.py",
        )
    ]  # fmt: skip
