"""Foreign provisioning files of Grafana: datasources, dashboard providers, alerting."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from foreign import SETTINGS, changed, gathered, said, shown

from obskit.source.files import Gathering, read

SOURCES: dict[str, Any] = {
    "apiVersion": 1,
    "deleteDatasources": [{"name": "Old", "orgId": 1}],
    "datasources": [
        {"name": "Main", "type": "prometheus", "access": "proxy", "orgId": "$ORG", "uid": "main", "isDefault": True, "jsonData": {}},
        {"name": "Traces", "type": "tempo", "uid": "$TEMPO_UID", "editable": "${EDITABLE}", "url": "http://$HOST:3200"},
    ],
}
PROVIDERS: dict[str, Any] = {
    "apiVersion": 1,
    "providers": [
        {
            "name": "all", "orgId": 1, "folder": "", "type": "file", "disableDeletion": False, "updateIntervalSeconds": 30,
            "options": {"path": "/dashboards", "foldersFromFilesStructure": True},
        }
    ],
}  # fmt: skip
ALERTS: dict[str, Any] = {
    "apiVersion": 1,
    "groups": [
        {
            "orgId": 1, "name": "shop", "folder": "Shop", "interval": "60s",
            "rules": [
                {
                    "uid": "shop-errors", "title": "Errors", "condition": "C", "for": "5m", "noDataState": "NoData",
                    "execErrState": "Error",
                    "dashboardUid": "shop", "panelId": 3, "labels": {"severity": "page"}, "annotations": {"summary": "{{ $values.B }}"},
                    "data": [
                        {
                            "refId": "A", "datasourceUid": "main", "relativeTimeRange": {"from": 600, "to": 0},
                            "model": {"expr": "sum(rate(x[$__rate_interval]))", "datasource": {"type": "prometheus", "uid": "main"}},
                        },
                        {"refId": "B", "datasourceUid": "__expr__", "model": {"type": "reduce", "expression": "A"}},
                        {"refId": "C", "datasourceUid": "__expr__", "model": {"type": "threshold", "expression": "$B", "conditions": []}},
                        {"refId": "D", "datasourceUid": "__expr__", "model": {"type": "math", "expression": "$A + ${B}"}},
                        {
                            "refId": "E", "datasourceUid": "-100",
                            "model": {"type": "classic_conditions", "conditions": [{"query": {"params": ["A"]}}]},
                        },
                    ],
                },
                {"uid": "shop-record", "title": "Record", "record": {"metric": "x", "from": "A"}, "data": [
                    {"refId": "A", "datasourceUid": "main", "model": {"expr": "sum(x)"}},
                ]},
            ],
        }
    ],
    "contactPoints": [{"orgId": 1, "name": "team", "receivers": [{"uid": "a", "type": "webhook", "settings": {}}]}],
    "policies": [{"receiver": "team", "routes": []}],
    "templates": [{"name": "t", "template": ""}],
    "muteTimes": [{"name": "night", "time_intervals": []}],
}  # fmt: skip
RULE = ("groups", 0, "rules", 0)


def found(data: Any) -> list[str]:
    return [one.partition(": ")[2].partition(" [")[0] for one in said(json.dumps(data))]


@pytest.mark.parametrize("data", [SOURCES, PROVIDERS, ALERTS, {"datasources": None, "deleteDatasources": []}, {"providers": []}])
def test_good_file_has_no_finding(data: Any) -> None:
    assert found(data) == []


def put(base: Any, *path: Any) -> Any:
    """A copy of `base` with the last of `path` at the place before it."""
    *place, value = path
    holder, key = tuple(place[:-1]), place[-1]
    return changed(copy.deepcopy(base), holder, lambda part: {**part, key: value} if isinstance(part, dict) else [*part, value])


def less(base: Any, *place: Any) -> Any:
    return changed(base, place[:-1], lambda part: {key: value for key, value in part.items() if key != place[-1]})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (less(SOURCES, "datasources", 0, "name"), "error: a datasource has no name"),
        (less(SOURCES, "datasources", 0, "type"), 'error: datasource "Main" has no type'),
        (put(SOURCES, "datasources", 0, "access", "browse"), 'warning: datasource "Main" has the access "browse"'),
        (put(SOURCES, "datasources", 0, "uid", "a b"), 'error: the uid "a b" of datasource "Main" is not a uid'),
        (put(SOURCES, "datasources", 0, "urll", "x"), 'warning: datasource "Main" has no field "urll"'),
        (
            put(SOURCES, "datasources", 0, "isDefault", "yes"),
            'error: field "isDefault" of datasource "Main" must be true or false, not text',
        ),
        (put(SOURCES, "datasources", 1, "name", "Main"), ""),
        (put(SOURCES, "datasources", 2, {"name": "Main", "type": "loki", "orgId": 2}), ""),
        (put(SOURCES, "datasources", 2, {"name": "Traces", "type": "loki"}), 'error: two datasources have the name "Traces"'),
        (
            put(SOURCES, "datasources", 2, {"name": "L", "type": "loki", "uid": "main", "orgId": "$ORG"}),
            'error: two datasources have the uid "main"',
        ),
        (
            put(SOURCES, "datasources", 2, {"name": "L", "type": "loki", "isDefault": True, "orgId": "$ORG"}),
            'error: datasource "L" is the default beside "Main"',
        ),
        (put(SOURCES, "datasources", 2, 7), "error: an item of datasources must be an object, not a number"),
        (put(PROVIDERS, "providers", 0, "type", "git"), 'error: provider "all" has the type "git"'),
        (put(PROVIDERS, "providers", 0, "options", {}), 'error: provider "all" says no path'),
        (put(PROVIDERS, "providers", 0, "folder", "Shop"), 'error: provider "all" names a folder and takes folders from the files'),
        (
            put(PROVIDERS, "providers", 0, "updateIntervalSeconds", "often"),
            'error: field "updateIntervalSeconds" of provider "all" must be a whole',
        ),
        (put(PROVIDERS, "providers", 1, PROVIDERS["providers"][0]), 'warning: two providers have the name "all"'),
        (less(ALERTS, "groups", 0, "name"), "error: a group has no name"),
        (less(ALERTS, "groups", 0, "folder"), 'error: group "shop" has no folder'),
        (less(ALERTS, "groups", 0, "interval"), 'error: group "shop" has no interval'),
        (put(ALERTS, "groups", 0, "interval", "15s"), 'error: interval of group "shop" is no multiple of 10s'),
        (put(ALERTS, "groups", 0, "interval", "a minute"), 'error: interval of group "shop" "a minute" is not a duration'),
        (less(ALERTS, *RULE, "uid"), 'error: rule "Errors" has no uid'),
        (less(ALERTS, *RULE, "title"), 'error: rule 1 of group "shop" has no title'),
        (less(ALERTS, *RULE, "condition"), 'error: rule "Errors" has no condition'),
        (less(ALERTS, *RULE, "data"), 'error: rule "Errors" has no data'),
        (put(ALERTS, *RULE, "uid", "a" * 41), 'error: the uid "aaaa'),
        (put(ALERTS, *RULE, "uid", "shop-record"), 'error: rule "Record" has the uid "shop-record" of another rule'),
        (put(ALERTS, *RULE, "condition", "Z"), 'error: the condition "Z" of rule "Errors" is none of its queries'),
        (put(ALERTS, *RULE, "noDataState", "Error"), 'error: noDataState of rule "Errors" is "Error"'),
        (put(ALERTS, *RULE, "execErrState", "NoData"), 'error: execErrState of rule "Errors" is "NoData"'),
        (put(ALERTS, *RULE, "for", "90s"), 'warning: for of rule "Errors" is no multiple of the interval 1m of its group'),
        (put(ALERTS, *RULE, "for", "soon"), 'error: for of rule "Errors" "soon" is not a duration'),
        (put(ALERTS, *RULE, "titel", "x"), 'warning: rule "Errors" has no field "titel"'),
        (less(ALERTS, *RULE, "dashboardUid"), 'error: rule "Errors" names a panel and no dashboard'),
        (less(ALERTS, *RULE, "data", 0, "refId"), 'error: a query of rule "Errors" has no refId'),
        (less(ALERTS, *RULE, "data", 0, "datasourceUid"), 'error: query "A" of rule "Errors" has no datasourceUid'),
        (
            put(ALERTS, *RULE, "data", 0, "datasourceUid", "${DS_MAIN}"),
            'warning: query "A" of rule "Errors" asks the datasource "${DS_MAIN}"',
        ),
        (put(ALERTS, *RULE, "data", 1, "refId", "A"), 'error: rule "Errors" has two queries "A"'),
        (
            put(ALERTS, *RULE, "data", 1, "model", {"type": "reduce", "expression": "Q"}),
            'error: expression "B" of rule "Errors" asks for "Q"',
        ),
        (put(ALERTS, *RULE, "data", 1, "model", {"type": "reduce"}), 'error: expression "B" of rule "Errors" asks for nothing'),
        (
            put(ALERTS, *RULE, "data", 1, "model", {"type": "redce", "expression": "A"}),
            'error: expression "B" of rule "Errors" has the type "redce"',
        ),
        (
            put(ALERTS, *RULE, "data", 1, "model", {"type": "reduce", "expression": "C"}),
            'error: the expressions of rule "Errors" go in a circle: B → C → B',
        ),
        (
            put(ALERTS, *RULE, "data", 3, "model", {"type": "math", "expression": "$A + $Q"}),
            'error: expression "D" of rule "Errors" asks for "Q"',
        ),
        (put(ALERTS, *RULE, "data", 0, "model", "expr", "x > 5"), 'warning: query "A" of rule "Errors" compares, and so does "C"'),
        (put(ALERTS, *RULE, "data", 0, "model", "expr", "x > bool 5"), ""),
        (put(ALERTS, *RULE, "data", 0, "model", "expr", ["x"]), 'error: the expr of query "A" must be text, not a list'),
        (less(ALERTS, "contactPoints", 0, "name"), "error: a contact point has no name"),
        (less(ALERTS, "contactPoints", 0, "receivers", 0, "uid"), 'error: a receiver of contact point "team" has no uid'),
        (less(ALERTS, "policies", 0, "receiver"), "error: a notification policy has no receiver"),
    ],
)
def test_fault_is_told(data: Any, message: str) -> None:
    texts = found(data)
    assert any(text.startswith(message) for text in texts) if message else texts == []


def test_fault_has_its_line() -> None:
    data = put(ALERTS, *RULE, "condition", "Z")
    text = json.dumps(data, indent=1)
    (finding,) = gathered(text).findings
    assert finding.origin is not None
    assert text.split("\n")[finding.origin.line - 1].strip() == '"condition": "Z",'


def test_expressions_that_are_shared_are_no_circle() -> None:
    data = [
        {"refId": f"R{number}", "datasourceUid": "__expr__", "model": {"type": "math", "expression": f"$R{number + 1} + $R{number + 1}"}}
        for number in range(60)
    ]
    data.append({"refId": "R60", "datasourceUid": "main", "model": {"expr": "up"}})
    assert found(put(put(ALERTS, *RULE, "data", data), *RULE, "condition", "R0")) == []


def test_queries_of_alert_rules_are_checked() -> None:
    assert [(extra.text, extra.owner) for extra in gathered(json.dumps(ALERTS)).extras] == [
        ("sum(rate(x[$__rate_interval]))", "a.yaml"), ("sum(x)", "a.yaml")
    ]  # fmt: skip


@pytest.mark.parametrize("model", [{"expr": "x", "datasource": {"type": "loki"}}, {"expr": "x", "queryType": "range"}, {"rawSql": "x"}])
def test_query_in_another_language_is_not_checked(model: Any) -> None:
    assert len(gathered(json.dumps(put(ALERTS, *RULE, "data", 0, "model", model))).extras) == 1


def test_uid_of_a_rule_in_another_file_is_taken() -> None:
    gathering = Gathering(SETTINGS)
    for name in ("a.yaml", "b.yaml"):
        gathering.add(read(json.dumps(ALERTS).encode(), name), name)
    assert [shown(one) for one in gathering.gathered.findings] == [
        f'1: error: rule "{title}" has the uid "{uid}" of another rule [alerting-file]'
        for title, uid in (("Errors", "shop-errors"), ("Record", "shop-record"))
    ]
