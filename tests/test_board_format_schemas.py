"""The schemas of the formats that deliver boards: what they take and refuse, and that both validators agree."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator
from odd_boards import made
from project import SHOP, write

from obskit.artifact import Artifact
from obskit.render.validate import SCHEME, explainer, findings, schema_file

Json = dict[str, Any]
FORMATS = ("share", "resources", "kubernetes")
Change = tuple[str, tuple[Any, ...], Any]
GONE = object()
"""As a value: the member is taken away."""

SHARE: list[Change] = [
    ("share/", ("__inputs", 0, "pluginid"), "x"),
    ("share/", ("__inputs", 0, "pluginId"), GONE),
    ("share/", ("__inputs", 0, "name"), "datasource"),
    ("share/", ("__inputs", 0, "type"), "constant"),
    ("share/", ("__elements",), {"a": {}}),
    ("share/", ("__elements",), []),
    ("share/", ("__requires", 0, "type"), "app"),
    ("share/", ("__requires", 0, "version"), "13"),
    ("share/", ("__requires",), GONE),
    ("share/", ("id",), 1),
    ("share/", ("id",), GONE),
    ("share/", ("titel",), "x"),
    ("share/", ("panels", 1, "fieldConfig", "defaults", "unti"), "s"),
    ("share/", ("schemaVersion",), 41),
]
RESOURCES: list[Change] = [
    ("_folder", ("spec", "titel"), "x"),
    ("_folder", ("spec", "title"), ""),
    ("_folder", ("apiVersion",), "folder.grafana.app/v2"),
    ("_folder", ("metadata", "name"), "x" * 41),
    ("_folder", ("kind",), "Playlist"),
    ("shop-operations", ("apiVersion",), "dashboard.grafana.app/v2"),
    ("shop-operations", ("metadata", "annotations", "grafana.app/folderUrl"), "/x"),
    ("shop-operations", ("metadata", "annotations", "grafana.app/folder"), "a b"),
    ("shop-operations", ("metadata", "uid"), "x"),
    ("shop-operations", ("spec", "id"), 1),
    ("shop-operations", ("spec", "__inputs"), []),
    ("shop-operations", ("status",), {}),
    ("shop-operations", ("spec",), GONE),
]
KUBERNETES: list[Change] = [
    ("prometheus-operator", ("spec", "groups", 0, "rules", 0, "fore"), "5m"),
    ("prometheus-operator", ("spec", "extra"), 1),
    ("prometheus-operator", ("metadata", "name"), "Shop"),
    ("prometheus-operator", ("metadata", "name"), "a_b"),
    ("prometheus-operator", ("metadata", "annotations"), {"grafana_folder": "a/b"}),
    ("prometheus-operator", ("metadata", "labels"), {"a": "b c"}),
    ("prometheus-operator", ("metadata", "namespace"), "a.b"),
    ("prometheus-operator", ("apiVersion",), "v1"),
    ("sidecar", ("metadata", "labels", "grafana_dashboard"), "true"),
    ("sidecar", ("metadata", "labels"), GONE),
    ("sidecar", ("metadata", "annotations", "grafana_folder"), ".hidden"),
    ("sidecar", ("data", "a.txt"), {}),
    ("sidecar", ("data", "shop-operations.json", "titel"), "x"),
    ("sidecar", ("binaryData",), {}),
    ("operator/folders", ("spec", "instanceSelector"), GONE),
    ("operator/folders", ("spec", "parentFolderUID"), "x"),
    ("operator/folders", ("spec", "instanceSelector", "matchLabels"), {}),
    ("operator/dashboards", ("spec", "folder"), "Shop"),
    ("operator/dashboards", ("spec", "json", "titel"), "x"),
    ("operator/dashboards", ("spec", "json"), GONE),
    ("operator/dashboards", ("kind",), "Deployment"),
]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Artifact]:
    return made(write(tmp_path_factory.mktemp("shop"), SHOP), *FORMATS)


@cache
def decider(format_: str) -> Any:
    def get(uri: str) -> Any:
        return json.loads(schema_file(uri.removeprefix(SCHEME)).read_text("utf-8"))

    return jsonschema_rs.validator_for(get(format_), retriever=get)


def verdicts(format_: str, data: object) -> set[bool]:
    return {explainer(format_).is_valid(data), decider(format_).is_valid(data)}


@pytest.mark.parametrize("format_", FORMATS)
def test_schema_is_one(format_: str) -> None:
    Draft202012Validator.check_schema(json.loads(schema_file(format_).read_text("utf-8")))


@pytest.mark.parametrize("format_", FORMATS)
def test_schema_takes_what_the_format_makes(good: dict[str, Artifact], format_: str) -> None:
    mine = [artifact for artifact in good.values() if artifact.format == format_]
    assert mine
    assert {path.path: verdicts(format_, path.data) for path in mine} == {path.path: {True} for path in mine}


CHANGES = {"share": SHARE, "resources": RESOURCES, "kubernetes": KUBERNETES}


@pytest.mark.parametrize(("format_", "change"), [(format_, change) for format_, changes in CHANGES.items() for change in changes])
def test_schema_refuses(good: dict[str, Artifact], format_: str, change: Change) -> None:
    where, place, value = change
    (artifact,) = (each for each in good.values() if each.format == format_ and where in each.path)
    data = copy.deepcopy(artifact.data)
    holder: Any = data
    for key in place[:-1]:
        holder = holder[key]
    if value is GONE:
        del holder[place[-1]]
    else:
        holder[place[-1]] = value
    assert verdicts(format_, data) == {False}


@pytest.mark.parametrize("path", ["grafana/share/shop-operations.json", "kubernetes/sidecar/shop-operations.yaml"])
def test_refused_panel_is_placed_where_it_was_declared(good: dict[str, Artifact], path: str, tmp_path: Path) -> None:
    bad = SHOP["dashboards_src/shop.py"].replace("thresholds=(0.01, 0.05)", 'extra={"options": {"legnd": 1}}')
    artifact = made(write(tmp_path, SHOP, {"dashboards_src/shop.py": bad}), *FORMATS)[path]
    (finding,) = findings([artifact])
    assert finding.origin is not None
    assert (finding.origin.line, finding.origin.where) == (7, 'panel "Error ratio"')
