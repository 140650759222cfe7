"""`obskit import` of files with what other products than Prometheus know: told, refused, or left out and listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from imported import built, imported

RULE = "groups: [{name: a, rules: [{alert: A, expr: up == 0}]}]\n"
OBJECT = "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec: {" + RULE.strip() + "}\n"
FIELDS = [
    (RULE, "name: a", "partial_response_strategy: abort", 'field "partial_response_strategy" of group "a"', "Thanos"),
    (OBJECT, "name: a", "partial_response_strategy: warn", 'field "partial_response_strategy" of group "a"', "Thanos"),
    (OBJECT, "name: a", "source_tenants: [x]", 'field "source_tenants" of group "a"', "Mimir"),
    (RULE, "name: a", "source_tenants: [x]", 'field "source_tenants" of group "a"', "Mimir"),
    (RULE, "name: a", "evaluation_delay: 1m", 'field "evaluation_delay" of group "a"', "Mimir"),
    (RULE, "name: a", "align_evaluation_time_on_interval: true", 'field "align_evaluation_time_on_interval" of group "a"', "Mimir"),
    (RULE, "name: a", "concurrency: 2", 'field "concurrency" of group "a"', "VictoriaMetrics"),
    (RULE, "name: a", "type: other", 'field "type" of group "a"', "VictoriaMetrics"),
    (RULE, "alert: A", "debug: true", 'field "debug" of alert "A"', "VictoriaMetrics"),
    (RULE, "groups:", "", "", ""),
    (RULE, "name: a", "partial_response_strategy: ", "", ""),
    (RULE, "name: a", "type: prometheus", "", ""),
    (RULE, "alert: A", "debug: false", "", ""),
]


@pytest.mark.parametrize(("text", "at", "given", "what", "product"), FIELDS)
def test_field_of_another_product_is_refused_or_listed(tmp_path: Path, text: str, at: str, given: str, what: str, product: str) -> None:
    written = text.replace(at, f"{at}, {given}") if given else text
    message = [f"{what} cannot be expressed: {product} alone knows it"] if what else []
    refused = imported(written, str(tmp_path))
    told = [(one.severity, one.message) for one in refused.outcome.findings if one.id in ("rule-file", "rule-import")]
    assert (told, not refused.text) == ([("error", one) for one in message], bool(message))
    made = imported(written, str(tmp_path), leave_out=True)
    assert built(made.text) == [{"name": "a", "rules": [{"alert": "A", "expr": "up == 0"}]}]
    assert [line.removeprefix("# - ") for line in made.text.splitlines() if line.startswith("# - ")] == message


def test_namespace_of_mimir_is_refused(tmp_path: Path) -> None:
    found = imported(f"namespace: x\n{RULE}", str(tmp_path)).outcome.findings
    assert [(one.severity, one.message) for one in found if one.id == "rule-import"] == [
        ("error", 'field "namespace" of the rule file cannot be expressed: Mimir alone knows it')
    ]


def test_rules_in_a_group_of_another_language_are_told_and_not_its_type(tmp_path: Path) -> None:
    found = imported(RULE.replace("name: a", "name: a, type: vlogs"), str(tmp_path)).outcome.findings
    told = [one.message for one in found if one.severity == "error"]
    assert told == ['alert "A" cannot be expressed: its language is not PromQL']


TWICE = """\
groups:
- name: a
  labels: {team: x}
  rules: [{alert: A, expr: up == 0}, {alert: A, expr: up == 1}, {alert: A, expr: up == 1, labels: {team: x, severity: info}}]
- name: b
  rules: [{alert: A, expr: up == 0, labels: {team: x}}]
"""


def test_rules_of_one_name_and_the_same_labels_are_refused_as_a_build_would(tmp_path: Path) -> None:
    made = imported(TWICE, str(tmp_path))
    errors = [(one.id, one.origin and one.origin.line) for one in made.outcome.findings if one.severity == "error"]
    assert (errors, made.text) == ([("duplicate-alert", 4), ("duplicate-alert", 6)], "")


def test_second_rule_of_one_name_and_the_same_labels_is_left_out(tmp_path: Path) -> None:
    made = imported(TWICE, str(tmp_path), leave_out=True)
    (group,) = built(made.text)
    assert [rule.get("labels") for rule in group["rules"]] == [None, {"severity": "info", "team": "x"}]
    assert [line for line in made.text.splitlines() if line.startswith("# - ")] == [
        '# - alert "A" of group "a" is there twice with the same labels',
        '# - alert "A" of group "b" is there twice with the same labels',
    ]


def test_rules_of_one_name_and_the_same_labels_stay_where_the_settings_allow_them(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.obskit.lint]\nlevels = {duplicate-alert = "warning"}\n')
    for leave_out in (False, True):
        made = imported(TWICE, str(tmp_path), leave_out=leave_out)
        assert sum(len(group["rules"]) for group in built(made.text)) == 4


LOGS = "sum(rate({a='b'} |= `c` [5m])) > 1"
EMPTY = [
    (RULE.replace("up == 0", f'"{LOGS}"'), ['no rule of group "a" can be kept']),
    (RULE.replace("expr: up == 0", 'expr: up == 0, labels: {"a.b": c}'), ['no rule of group "a" can be kept']),
    ("groups: [{name: a, rules: []}, {name: b, rules: [{alert: A, expr: up == 0}]}]", ['group "a" has no rules, and is left out']),
]


@pytest.mark.parametrize(("text", "told"), EMPTY)
def test_group_that_is_not_kept_is_told_as_what_it_is(tmp_path: Path, text: str, told: list[str]) -> None:
    found = imported(text, str(tmp_path), leave_out=True).outcome.findings
    assert [one.message for one in found if one.severity == "info" and one.id == "rule-import"] == told


DOCUMENTS = """\
# first
groups:
- name: a
  rules:
  - {alert: A, expr: up == 0}
%s
---
# second
groups: # shared
# b is
- name: b
  rules:
  - {alert: B, expr: up == 0}
# the end
"""


@pytest.mark.parametrize("last", ["", "  # last of a"])
def test_comments_of_a_second_document_stay_in_it(tmp_path: Path, last: str) -> None:
    text = imported(DOCUMENTS % last, str(tmp_path)).text
    shown = [line for line in text.splitlines() if line.startswith("#") or line.endswith("Alert(")]
    of_a = ["# last of a"] if last else []
    assert shown == ["# first", "a = Alert(", *of_a, "# second", "# shared", "# b is", "b = Alert(", "# the end"]
