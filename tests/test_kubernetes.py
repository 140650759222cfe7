"""The kubernetes format: objects that a cluster takes, and that hold what the other formats write."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kubernetes_models import kept, refused
from odd_boards import HOSTILE, made, odd, understood
from project import BOARD, RULES, SHOP, obskit, write
from ruamel.yaml import YAML
from test_shipped import ROOT
from tools import run_tool

from obskit import render
from obskit.naming import is_object_name, object_name
from obskit.render.encode import json_line, yaml_around
from obskit.render.kubernetes.prometheus_operator import name as rule_name
from obskit.render.kubernetes.sidecar import directory

Json = dict[str, Any]
SETTINGS = """\
[tool.obskit]
[tool.obskit.kubernetes]
namespace = "monitoring"
labels = { release = "kube-prometheus", "example.com/team" = "shop" }
instances = { dashboards = "main" }
[tool.obskit.env.x]
datasources = { prometheus = "X", tempo = "T", loki = "L" }
labels = { env = "x" }
"""


def read(text: str) -> Any:
    """What two YAML libraries read, which must be the same."""
    first = YAML(typ="safe", pure=True).load(text)
    assert yaml.safe_load(text) == first
    return first


def objects(root: Path, env: str = "") -> dict[str, Json]:
    """The objects by path below the format's own folder."""
    return {path.removeprefix("kubernetes/"): read(artifact.text) for path, artifact in made(root, "kubernetes", env=env).items()}


def test_folders_are_by_who_takes_the_objects(tmp_path: Path) -> None:
    assert {path: one["kind"] for path, one in objects(write(tmp_path, SHOP)).items()} == {
        "grafana-operator/dashboards/shop-operations.yaml": "GrafanaDashboard",
        "grafana-operator/folders/shop.yaml": "GrafanaFolder",
        "prometheus-operator/shop.yaml": "PrometheusRule",
        "sidecar/shop-operations.yaml": "ConfigMap",
    }


def test_settings_reach_every_object(tmp_path: Path) -> None:
    made = objects(write(tmp_path, SHOP, {"pyproject.toml": SETTINGS}))
    labels = {"release": "kube-prometheus", "example.com/team": "shop"}
    assert {path.partition("/")[0]: one["metadata"]["labels"] for path, one in made.items()} == {
        "grafana-operator": labels, "prometheus-operator": labels, "sidecar": {**labels, "grafana_dashboard": "1"},
    }  # fmt: skip
    assert {one["metadata"]["namespace"] for one in made.values()} == {"monitoring"}
    selectors = [one["spec"]["instanceSelector"] for path, one in made.items() if path.startswith("grafana-operator/")]
    assert selectors == [{"matchLabels": {"dashboards": "main"}}] * 2


def test_dashboard_of_the_operator_refers_to_its_folder(tmp_path: Path) -> None:
    made = objects(write(tmp_path, SHOP, {"dashboards_src/shop.py": BOARD.replace('folder="Shop"', 'folder="Platform / Shop"')}))
    folders = {one["spec"]["title"]: one for path, one in made.items() if path.startswith("grafana-operator/folders/")}
    assert folders["Shop"]["spec"]["parentFolderRef"] == folders["Platform"]["metadata"]["name"] == folders["Platform"]["spec"]["uid"]
    (board,) = (one for path, one in made.items() if path.startswith("grafana-operator/dashboards/"))
    assert (board["spec"]["uid"], board["spec"]["folderRef"]) == ("shop-operations", folders["Shop"]["metadata"]["name"])


def test_board_in_general_names_no_folder(tmp_path: Path) -> None:
    made = objects(write(tmp_path, SHOP, {"dashboards_src/shop.py": BOARD.replace('folder="Shop", ', "")}))
    assert "grafana-operator/folders/shop.yaml" not in made
    assert "folderRef" not in made["grafana-operator/dashboards/shop-operations.yaml"]["spec"]
    assert "annotations" not in made["sidecar/shop-operations.yaml"]["metadata"]


@pytest.mark.parametrize("env", ["", "x"])
def test_objects_hold_the_provisioned_boards(tmp_path: Path, env: str) -> None:
    odd(tmp_path)
    boards = {path.rpartition("/")[2]: json.loads(one.text) for path, one in made(tmp_path, "dashboards", env=env).items()}
    there = objects(tmp_path, env)
    configs = {key: json.loads(text) for one in there.values() if one["kind"] == "ConfigMap" for key, text in one["data"].items()}
    specs = [one["spec"] for one in there.values() if one["kind"] == "GrafanaDashboard"]
    dashboards = {f"{spec['uid']}.json": json.loads(spec["json"]) for spec in specs}
    assert configs == dashboards == boards


@pytest.mark.parametrize("env", ["", "x"])
def test_objects_hold_the_rule_files(tmp_path: Path, env: str) -> None:
    for root in (odd(tmp_path), *([ROOT] if not env else [])):
        files = {path.rpartition("/")[2]: read(one.text) for path, one in made(root, "rules", env=env).items()}
        rules = {path.rpartition("/")[2]: one["spec"] for path, one in objects(root, env).items() if one["kind"] == "PrometheusRule"}
        assert rules == files != {}


def test_hostile_texts_come_back_from_rules(tmp_path: Path) -> None:
    (rules,) = (one for one in objects(odd(tmp_path)).values() if one["kind"] == "PrometheusRule")
    group = next(group for group in rules["spec"]["groups"] if group["name"] == "odd")
    assert [rule["annotations"]["summary"] for rule in group["rules"]] == list(HOSTILE)
    assert [rule["annotations"]["description"] for rule in group["rules"]] == [text * 2 for text in HOSTILE]
    assert [rule["labels"]["odd"] for rule in group["rules"]] == list(HOSTILE)


def test_environment_s_labels_are_on_its_alerts(tmp_path: Path) -> None:
    write(tmp_path, SHOP, {"pyproject.toml": SETTINGS})
    rules = objects(tmp_path, "x")["prometheus-operator/shop.yaml"]
    assert rules["spec"]["groups"][0]["rules"][0]["labels"] == {"severity": "critical", "env": "x"}
    assert rules["metadata"]["namespace"] == "monitoring"


def test_promtool_accepts_the_spec_of_every_rule(tmp_path: Path) -> None:
    files = []
    for path, one in objects(ROOT).items():
        if one["kind"] == "PrometheusRule":
            files.append(tmp_path / path.replace("/", "-"))
            files[-1].write_text(yaml.safe_dump(one["spec"]), "utf-8")
    said = run_tool("promtool", "check", "rules", *map(str, files))
    assert sum(int(number) for number in re.findall(r"SUCCESS: (\d+) rules found", said)) > 40


def test_operator_s_own_model_keeps_every_rule(tmp_path: Path) -> None:
    rules = [one for root in (odd(tmp_path), ROOT) for one in objects(root).values() if one["kind"] == "PrometheusRule"]
    assert len(rules) > 5
    assert [one["metadata"]["name"] for one in rules if kept(one) != one] == []
    rules[0]["spec"]["groups"][0]["rules"][0]["fro"] = "5m"
    assert kept(rules[0]) != rules[0]


@pytest.mark.parametrize("env", ["", "x"])
def test_published_schema_takes_every_config_map(tmp_path: Path, env: str) -> None:
    maps = [one for one in objects(odd(tmp_path), env).values() if one["kind"] == "ConfigMap"]
    assert len(maps) > 3
    assert [said for one in maps if (said := refused(one))] == []
    assert "datta" in refused({**maps[0], "datta": {}})


def test_object_too_large_is_an_error(tmp_path: Path) -> None:
    large = BOARD.replace("panels=[", 'panels=[__import__("obskit.dashboards").dashboards.text("Words", "数" * 349_525),')
    write(tmp_path, SHOP, {"dashboards_src/shop.py": large})
    analysed = understood(tmp_path, "kubernetes")
    formats = render.formats(analysed.project.settings)
    found = list(render.findings(analysed, formats, render.run(analysed, formats)))
    assert [(one.id, one.severity, re.sub(r"1,05\d,\d{3}", "1,05…", one.message)) for one in found] == [
        ("delivery", "error", f'"kubernetes/{path}/shop-operations.yaml" has 1,05… bytes: Kubernetes keeps objects of up to 1,048,576')
        for path in ("grafana-operator/dashboards", "sidecar")
    ]
    assert {one.origin.path for one in found if one.origin} == {"dashboards_src/shop.py"}


def test_rule_file_s_object_has_a_name_of_its_own() -> None:
    files = ["shop", "slo.burn_rate", "slo_burn.rate", "a_b", "a.b", "Shop", "SHOP", "a_", "_a", "数", "x" * 63, "x" * 64, "x" * 65]
    names = {file: rule_name(file) for file in files}
    assert (names["shop"], names["slo.burn_rate"], names["slo_burn.rate"]) == ("shop", "slo.burn-rate", "slo-burn.rate")
    assert [file for file, name in names.items() if not is_object_name(name) or len(name) > 63] == []
    assert len(set(names.values())) == len(files)


@given(st.text(max_size=80))
def test_object_name_is_one_of_at_most_63_characters(text: str) -> None:
    made = object_name(text)
    assert (is_object_name(made), len(made) <= 63, object_name(made)) == (True, True, made)


@pytest.mark.parametrize(
    ("folder", "made"),
    [("Shop", "Shop"), ("CI/CD", "CI-CD"), ("A / B", "A - B"), ("/etc", "-etc"), ("../x", "-x"), (".hidden", "hidden"), ("数据", "数据")],
)
def test_sidecar_s_directory_is_one_and_not_hidden(folder: str, made: str) -> None:
    assert directory(folder) == made


@pytest.mark.parametrize("folder", ["..", ".", "...", " . "])
def test_sidecar_s_directory_is_never_nothing(folder: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", directory(folder))


@settings(max_examples=60)
@given(st.text(), st.sampled_from(["json", "1e3.json", "yes", "-a.json", "0.json"]))
@example("".join(HOSTILE), "a.json")
def test_embedded_json_reads_back(text: str, key: str) -> None:
    written = yaml_around({"kind": "X", "data": {key: ""}}, json_line({"a": [text]}), "a comment")
    assert json.loads(read(written)["data"][key]) == {"a": [text]}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('namespace = "Monitoring"', 'tool.obskit.kubernetes.namespace is "Monitoring"'),
        ('namespace = "a.b"', 'tool.obskit.kubernetes.namespace is "a.b"'),
        ('labels = { "a b" = "c" }', 'tool.obskit.kubernetes.labels: "a b" is not the key of a label'),
        ('labels = { a = "b c" }', 'tool.obskit.kubernetes.labels.a is "b c"'),
        ('instances = { a = "-" }', 'tool.obskit.kubernetes.instances.a is "-"'),
    ],
)
def test_settings_that_no_cluster_takes_are_refused(tmp_path: Path, table: str, said: str) -> None:
    write(tmp_path, SHOP, {"pyproject.toml": f"[tool.obskit.kubernetes]\n{table}\n"})
    done = obskit(tmp_path, "build")
    assert (done.code, said in done.err) == (2, True)


def test_rules_of_nobody_make_no_object(tmp_path: Path) -> None:
    assert RULES
    there = objects(write(tmp_path, SHOP, {"rules_src/shop.py": RULES.replace("high_errors = Alert", "_high_errors = Alert")}))
    assert [path for path in there if path.startswith("prometheus-operator/")] == []
