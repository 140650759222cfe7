"""What a foreign file is taken for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from foreign import V2, checked, gathered, said

from obskit.source.files import kind_of

CLASSIC = {"title": "t", "schemaVersion": 39, "panels": []}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (CLASSIC, "dashboard"),
        ({"rows": [], "title": "old"}, "dashboard"),
        ({"title": "no panels", "time": {}, "templating": {}}, "dashboard"),
        ({"__inputs": [], "panels": []}, "dashboard"),
        ({"dashboard": CLASSIC, "meta": {"slug": "t"}}, "dashboard"),
        ({"dashboard": CLASSIC, "overwrite": True}, "dashboard"),
        ({"dashboard": {"title": "empty"}}, "dashboard"),
        ({"apiVersion": "dashboard.grafana.app/v1", "kind": "Dashboard", "metadata": {}, "spec": CLASSIC}, "dashboard"),
        ({"apiVersion": "dashboard.grafana.app/v0alpha1", "spec": CLASSIC}, "dashboard"),
        (V2, "dashboard-v2"),
        ({"apiVersion": "dashboard.grafana.app/v2alpha1", "spec": 1}, "dashboard-v2"),
        (V2["spec"], "dashboard-v2"),
        ({"groups": []}, "rules"),
        ({"groups": None}, "rules"),
        ({"namespace": "n", "groups": [{"name": "a", "rules": []}]}, "rules"),
        ({"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule", "spec": {}}, "rule-object"),
        ({"tests": []}, "tests"),
        ({"rule_files": ["a"], "evaluation_interval": "1m"}, "tests"),
        ({"rule_files": ["a"], "global": {}}, ""),
        ({"apiVersion": 1, "groups": [{"folder": "f", "rules": []}]}, "alerting"),
        ({"groups": [{"name": "g", "rules": [{"data": []}]}]}, "alerting"),
        ({"contactPoints": []}, "alerting"),
        ({"apiVersion": 1, "datasources": []}, "datasources"),
        ({"providers": []}, "providers"),
        ({"apiVersion": "apps/v1", "kind": "Deployment", "spec": {}}, ""),
        ({"apiVersion": "v1", "groups": []}, ""),
        ({"services": {}}, ""),
        ({"title": "a book", "time": 3}, ""),
        ({}, ""),
        ([], ""),
        (None, ""),
        ("x", ""),
    ],
)
def test_kind_is_told_from_the_keys(data: Any, kind: str) -> None:
    assert kind_of(data) == kind


EMPTY = "apiVersion: v1\nkind: ConfigMap\ndata: {a: b}\n"


@pytest.mark.parametrize("text", ["", "# nothing\n", "a: 1\n", "[1]", "---\na: 1\n---\nb: 2\n", EMPTY])
def test_file_of_no_known_kind_is_told_once(text: str) -> None:
    assert said(text) == ['0: warning: "a.yaml" is not recognised, so nothing in it is checked [not-recognised]']


def test_file_with_one_known_document_is_recognised() -> None:
    rule = "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec: {groups: []}\n"
    assert said(f"---\nkind: Service\n---\n{rule}---\n") == []


def test_second_document_of_a_rule_file_is_not_read() -> None:
    text = "groups: []\n---\ngroups:\n- name: a\n  rules: [{alert: X}]\n"
    assert said(text) == ["3: warning: Prometheus reads the first document of a rule file, and this is another [rule-file]"]


RULE = "groups:\n- name: a\n  rules:\n  - alert: X\n    expr: up ==\n"


def test_rules_in_a_config_map_are_checked_at_their_lines() -> None:
    inner = "".join(f"    {line}\n" for line in RULE.splitlines())
    found = checked(f"apiVersion: v1\nkind: ConfigMap\ndata:\n  other: x\n  a.yaml: |\n{inner}")
    (finding,) = (one for one in found if one.id == "promql-syntax")
    assert finding.origin is not None
    assert (finding.origin.path, finding.origin.line) == ("a.yaml", 10)


def test_dashboard_in_a_config_map_is_checked() -> None:
    text = json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "data": {"b.json": json.dumps(CLASSIC), "c.json": "{"}})
    found = gathered(text)
    assert [board.title for board in found.boards] == ["t"]
    assert [finding.id for finding in found.findings] == ["file-syntax"]


def test_dashboard_of_the_operator_is_checked() -> None:
    text = json.dumps({"apiVersion": "grafana.integreatly.org/v1beta1", "kind": "GrafanaDashboard", "spec": {"json": json.dumps(CLASSIC)}})
    assert [board.title for board in gathered(text).boards] == ["t"]


def test_items_of_a_list_are_opened_and_keep_their_lines() -> None:
    text = """\
apiVersion: v1
kind: List
items:
- apiVersion: monitoring.coreos.com/v1
  kind: PrometheusRule
  spec:
    groups:
    - name: a
      nam: b
- apiVersion: v1
  kind: ConfigMap
  data:
    a.yaml: |
      groups:
      - name: c
        nam: d
- 5
"""
    assert [one.partition(" [")[0] for one in said(text)] == [
        '9: error: group "a" has no field "nam"',
        '16: error: group "c" has no field "nam"',
    ]


def test_list_of_unknown_items_is_not_recognised() -> None:
    assert [one.id for one in checked("apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod}, 1]\n")] == ["not-recognised"]
