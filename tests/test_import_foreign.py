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
