"""The schema of provisioning files: what it accepts and refuses, and that both validators agree."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from jsonschema import Draft202012Validator

from obskit.artifact import Artifact
from obskit.origin import Origin
from obskit.render.validate import findings, schema_file

SCHEMA = json.loads(schema_file("provisioning").read_text("utf-8"))
STORY = Path(__file__).parent / "golden/provisioning/build/grafana/provisioning"
FOLDERS: dict[str, Any] = yaml.safe_load((STORY / "dashboards/obskit.yaml").read_text("utf-8"))
SOURCES: dict[str, Any] = yaml.safe_load((STORY / "datasources/obskit.yaml").read_text("utf-8"))
PROMETHEUS, LOKI, TEMPO = (("datasources", index) for index in range(3))


def changed(good: dict[str, Any], *path: Any, value: Any = None, without: bool = False) -> dict[str, Any]:
    """A good file with one member set, or taken away."""
    data = copy.deepcopy(good)
    place: Any = data
    for key in path[:-1]:
        place = place[key]
    if without:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return data


BAD = [
    {},
    changed(FOLDERS, "apiVersion", value=2),
    changed(FOLDERS, "provider", value=[]),
    changed(FOLDERS, "providers", value=[]),
    changed(FOLDERS, "providers", 0, "folders", value="x"),
    changed(FOLDERS, "providers", 0, "folder", value="a $ b"),
    changed(FOLDERS, "providers", 0, "type", value="files"),
    changed(FOLDERS, "providers", 0, "options", "path", value="boards"),
    changed(FOLDERS, "providers", 0, "options", "foldersFromFileStructure", value=True),
    changed(FOLDERS, "providers", 0, "options", without=True),
    changed(SOURCES, "prune", value="yes"),
    changed(SOURCES, "datasources", value=[]),
    changed(SOURCES, *PROMETHEUS, "uid", value="a b"),
    changed(SOURCES, *PROMETHEUS, "uuid", value="a"),
    changed(SOURCES, *PROMETHEUS, "url", value="http://$HOST"),
    changed(SOURCES, *PROMETHEUS, "url", value="prometheus:9090"),
    changed(SOURCES, *PROMETHEUS, "type", value="promethues"),
    changed(SOURCES, *PROMETHEUS, "basicAuthUser", without=True),
    changed(SOURCES, *PROMETHEUS, "jsonData", "timeIntervall", value="15s"),
    changed(SOURCES, *PROMETHEUS, "jsonData", "timeInterval", value="15"),
    changed(SOURCES, *PROMETHEUS, "jsonData", "nodeGraph", value={"enabled": True}),
    changed(SOURCES, *PROMETHEUS, "jsonData", "exemplarTraceIdDestinations", 0, "datasourceUID", value="a"),
    changed(SOURCES, *PROMETHEUS, "jsonData", "exemplarTraceIdDestinations", 0, "url", value="https://x"),
    changed(SOURCES, *PROMETHEUS, "secureJsonData", "basicAuthPassword", value="hunter2"),
    changed(SOURCES, *PROMETHEUS, "secureJsonData", "password", value="$__env{X}"),
    changed(SOURCES, *PROMETHEUS, "secureJsonData", "httpHeaderValue1", value="$X"),
    changed(SOURCES, *LOKI, "jsonData", "maxLines", value="500"),
    changed(SOURCES, *LOKI, "jsonData", "derivedFields", 0, "matcherType", value="regexp"),
    changed(SOURCES, *LOKI, "jsonData", "derivedFields", 0, "url", value="${__value.raw}"),
    changed(SOURCES, *TEMPO, "jsonData", "tracesToLogs", value={}),
    changed(SOURCES, *TEMPO, "jsonData", "tracesToLogsV2", "spanStartTimeShift", value="2 s"),
    changed(SOURCES, *TEMPO, "jsonData", "tracesToLogsV2", "tags", value=[]),
    changed(SOURCES, *TEMPO, "jsonData", "tracesToMetrics", "queries", 0, "expr", value="up"),
    changed(SOURCES, *TEMPO, "jsonData", "serviceMap", "datasourceUid", without=True),
    changed(SOURCES, *TEMPO, "jsonData", "streamingEnabled", "logs", value=True),
]


def test_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(("data", "good"), [(FOLDERS, True), (SOURCES, True), *((data, False) for data in BAD)])
def test_both_validators_agree(data: dict[str, Any], good: bool) -> None:
    assert {Draft202012Validator(SCHEMA).is_valid(data), jsonschema_rs.validator_for(SCHEMA).is_valid(data)} == {good}


def test_refused_datasource_is_placed_where_it_was_declared() -> None:
    origin = Origin("rules_src/datasources.py", 7)
    data = changed(SOURCES, *LOKI, "jsonData", "maxLine", value=5)
    (finding,) = findings([Artifact(path="x.yaml", text="", format="provisioning", data=data, origins={LOKI: origin})])
    assert (finding.origin, "maxLine" in finding.message) == (origin, True)
