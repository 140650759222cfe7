"""The schema of alerting files: what it accepts and refuses, and that both validators agree."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from obskit.artifact import Artifact
from obskit.origin import Origin
from obskit.render.validate import findings, schema_file

SCHEMA = json.loads(schema_file("alerting").read_text("utf-8"))
EXPRESSION = {"type": "__expr__", "uid": "__expr__"}
ASKED = {
    "refId": "A",
    "relativeTimeRange": {"from": 600, "to": 0},
    "datasourceUid": "prom",
    "model": {
        "refId": "A", "datasource": {"type": "prometheus", "uid": "prom"}, "editorMode": "code", "expr": "up", "instant": True,
        "range": False, "intervalMs": 1000, "maxDataPoints": 43200,
    },
}  # fmt: skip
TRACED = {
    **ASKED,
    "queryType": "traceql",
    "model": {
        "refId": "A", "datasource": {"type": "tempo", "uid": "t"}, "queryType": "traceql", "query": "{ } | rate()", "filters": [],
        "metricsQueryType": "instant", "tableType": "traces",
    },
}  # fmt: skip
REDUCED = {
    "refId": "B",
    "datasourceUid": "__expr__",
    "model": {"refId": "B", "datasource": EXPRESSION, "type": "reduce", "expression": "A", "reducer": "last"},
}
MATH = {"refId": "C", "datasourceUid": "__expr__", "model": {"refId": "C", "datasource": EXPRESSION, "type": "math", "expression": "$B"}}
THRESHOLD = {
    "refId": "C",
    "datasourceUid": "__expr__",
    "model": {
        "refId": "C", "datasource": EXPRESSION, "type": "threshold", "expression": "B",
        "conditions": [{"evaluator": {"type": "gt", "params": [0.5]}}],
    },
}  # fmt: skip
ALERT = {
    "uid": "x-1", "title": "X", "condition": "C", "data": [ASKED, REDUCED, THRESHOLD], "dashboardUid": "shop", "panelId": 7,
    "noDataState": "OK", "execErrState": "KeepLast", "for": "1m30s", "keepFiringFor": "5m", "missing_series_evals_to_resolve": 1,
    "annotations": {"__panelId__": "7"}, "labels": {"severity": "info"},
}  # fmt: skip
SPANS = {**ALERT, "uid": "x-2", "data": [TRACED, REDUCED, MATH, THRESHOLD]}
RECORD = {
    "uid": "x-3", "title": "a:b", "condition": "A", "data": [ASKED], "labels": {"a": "b"},
    "record": {"metric": "a:b", "from": "A", "targetDatasourceUid": "prom"},
}  # fmt: skip
GROUP = {"orgId": 1, "name": "g", "folder": "Shop", "interval": "1m", "rules": [ALERT, SPANS, RECORD]}
GOOD: dict[str, Any] = {"apiVersion": 1, "groups": [GROUP]}
OTHERS: list[dict[str, Any]] = [
    {"apiVersion": 1, "contactPoints": [
        {"orgId": 1, "name": "mail", "receivers": [{"uid": "mail-1", "type": "email", "settings": {"addresses": "a@example.com"}}]}]},
    {"apiVersion": 1, "policies": [{"orgId": 1, "receiver": "mail", "group_by": ["alertname"]}]},
    {"apiVersion": 1, "muteTimes": [{"orgId": 1, "name": "night", "time_intervals": [{"weekdays": ["saturday"]}]}]},
]  # fmt: skip
RULE = ("groups", 0, "rules", 0)
MODEL = (*RULE, "data", 0, "model")


def changed(*path: Any, value: Any) -> dict[str, Any]:
    """The good file with one member set."""
    data = copy.deepcopy(GOOD)
    place: Any = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return data


BAD = [
    {},
    {"apiVersion": 1},
    {"apiVersion": 2, "groups": [GROUP]},
    {**GOOD, "policies": [{"receiver": "mail"}]},
    changed("groups", value=[]),
    changed("group", value=1),
    changed("groups", 0, "folder", value=""),
    changed("groups", 0, "folderUid", value="x"),
    changed("groups", 0, "interval", value="60"),
    changed("groups", 0, "limit", value=1),
    changed("groups", 0, "rules", value=[]),
    changed(*RULE, "uid", value="x" * 41),
    changed(*RULE, "uid", value="a b"),
    changed(*RULE, "title", value=""),
    changed(*RULE, "data", value=[]),
    changed(*RULE, "noDataState", value="Ok"),
    changed(*RULE, "execErrState", value="NoData"),
    changed(*RULE, "keep_firing_for", value="5m"),
    changed(*RULE, "isPaused", value=False),
    changed(*RULE, "panelId", value="7"),
    changed(*RULE, "labels", "a-b", value="c"),
    changed(*RULE, "labels", "n", value=1),
    changed(*RULE, "record", value={"metric": "a:b", "from": "A"}),
    changed(*MODEL, "instant", value=False),
    changed(*MODEL, "legendFormat", value="x"),
    changed(*RULE, "data", 0, "relativeTimeRange", "from", value=0),
    changed(*RULE, "data", 0, "datasourceUid", value="${datasource}"),
    changed(*RULE, "data", 1, "model", "reducer", value="mean"),
    changed(*RULE, "data", 2, "model", "type", value="thresholds"),
    changed(*RULE, "data", 2, "model", "conditions", 0, "evaluator", "type", value="ge"),
    changed(*RULE, "data", 2, "model", "conditions", 0, "evaluator", "params", value=[]),
    changed("groups", 0, "rules", 1, "data", 0, "model", "metricsQueryType", value="range"),
    changed("groups", 0, "rules", 2, "record", "metric", value="a b"),
    changed("groups", 0, "rules", 2, "record", "targetDatasource", value="x"),
    changed("groups", 0, "rules", 2, "for", value="1m"),
]


def test_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("data", [GOOD, *OTHERS, *BAD])
def test_both_validators_agree(data: dict[str, Any]) -> None:
    verdicts = {Draft202012Validator(SCHEMA).is_valid(data), jsonschema_rs.validator_for(SCHEMA).is_valid(data)}
    assert verdicts == {data is GOOD or data in OTHERS}


@pytest.mark.parametrize("key", ["uid", "title", "condition", "data", "noDataState", "execErrState", "for"])
def test_rule_says_everything(key: str) -> None:
    rule = {name: value for name, value in ALERT.items() if name != key}
    assert not jsonschema_rs.validator_for(SCHEMA).is_valid(changed(*RULE, value=rule))


@pytest.mark.parametrize("key", ["dashboardUid", "panelId"])
def test_panel_and_dashboard_stand_together(key: str) -> None:
    rule = {name: value for name, value in ALERT.items() if name != key}
    assert not jsonschema_rs.validator_for(SCHEMA).is_valid(changed(*RULE, value=rule))


def test_refused_rule_is_placed_where_it_was_declared() -> None:
    origin = Origin("rules_src/shop.py", 7)
    data = changed(*RULE, "fore", value="5m")
    artifact = Artifact(path="grafana/provisioning/alerting/shop.yaml", text="", format="alerting", data=data, origins={RULE: origin})
    (finding,) = findings([artifact])
    assert (finding.origin, "fore" in finding.message) == (origin, True)
