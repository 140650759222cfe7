"""Foreign rule files: everything that Prometheus refuses is told, at its line, and nothing else is an error."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from foreign import checked, gathered, said, shown

from obskit.finding import Finding

GOOD = """\
groups:
  - name: shop
    interval: 1m
    limit: 10
    rules:
      - alert: ShopDown
        expr: |
          up{job="shop"}
            == 0
        for: 1h30m
        keep_firing_for: 5m
        labels: {severity: critical, level: 1.0, on: true, none: }
        annotations:
          summary: "{{ $labels.job }} is down: {{ $value | humanize }}"
      - record: job:up:sum
        expr: sum by (job) (up)
        labels: {a: b}
      - record: one
        expr: 1
  - name: empty
  - name: more
    rules: []
"""


def rule(text: str, group: str = "") -> str:
    """A file with one rule, whose first line is the fifth."""
    first, *rest = text.strip().splitlines()
    body = "\n".join([f"  - {first}", *(f"    {line}" for line in rest)])
    return f"groups:\n- name: a\n{group or '  limit: 0'}\n  rules:\n{body}\n"


BAD = [
    ("unknown field of a file", "group: []\ngroups: []\n", '1: the rule file has no field "group"'),
    ("groups of another type", "groups: x\n", '1: field "groups" of the rule file must be a list, not text'),
    ("group of another type", "groups: [x]\n", "1: an item of groups must be an object, not text"),
    ("no group name", "groups:\n- rules: []\n", "2: a group has no name"),
    ("empty group name", 'groups:\n- name: ""\n', "2: a group has no name"),
    ("repeated group", "groups:\n- name: a\n- name: a\n", '3: group "a" is there twice in rule file "a.yaml"'),
    ("repeated key", "groups: []\ngroups: []\n", '2: the key "groups" is there twice in one object'),
    ("unknown field of a group", rule("record: a\nexpr: up", "  intervall: 1m"), '3: group "a" has no field "intervall"'),
    ("bad interval", rule("record: a\nexpr: up", "  interval: 1 minute"), '3: field "interval" of group "a" "1 minute" is not a duration'),
    ("interval without unit", rule("record: a\nexpr: up", "  interval: 5"), '3: field "interval" of group "a" "5" is not a duration'),
    (
        "limit of another type",
        rule("record: a\nexpr: up", "  limit: many"),
        '3: field "limit" of group "a" must be a whole number, not text',
    ),
    ("rules of another type", "groups:\n- name: a\n  rules: {}\n", '3: field "rules" of group "a" must be a list, not an object'),
    ("neither record nor alert", rule("expr: up"), '5: rule 1 of group "a" has neither record nor alert'),
    ("empty alert", rule('alert: ""\nexpr: up'), '5: rule 1 of group "a" has neither record nor alert'),
    ("both record and alert", rule("alert: a\nrecord: b\nexpr: up"), '6: rule 1 of group "a" has both record and alert'),
    ("unknown field of a rule", rule("alert: a\nexpr: up\nannotation: {}"), '7: alert "a" has no field "annotation"'),
    ("no expression", rule("alert: a"), '5: alert "a" has no expression'),
    ("regex with braces and a bar", rule("alert: a\nexpr: 'rate(x{c=~\"5[0-9]{2}|429\"}[5m]) >'"), '6: ">" has nothing on its right'),
    ("word in a comment", rule("alert: a\nexpr: 'up > # default 5'"), '6: ">" has nothing on its right'),
    ("empty expression", rule('alert: a\nexpr: " "'), '6: alert "a" has no expression'),
    ("expression of another type", rule("alert: a\nexpr: [up]"), '6: field "expr" of alert "a" must be text, not a list'),
    ("expression that does not parse", rule("alert: a\nexpr: up =="), '6: "==" has nothing on its right'),
    (
        "record with annotations",
        rule("record: a\nexpr: up\nannotations: {a: b}"),
        '7: record "a" has the field "annotations", which only alerts have',
    ),
    ("record with for", rule("record: a\nexpr: up\nfor: 5m"), '7: record "a" has the field "for", which only alerts have'),
    (
        "record with keep_firing_for",
        rule("record: a\nexpr: up\nkeep_firing_for: 5m"),
        '7: record "a" has the field "keep_firing_for", which only alerts have',
    ),
    ("record with braces", rule("record: a{b='c'}\nexpr: up"), "5: record \"a{b='c'}\" has braces in its name"),
    ("record of an old Prometheus", rule("record: a-b\nexpr: up"), '5: "a-b" is not a metric name'),
    ("label name of an old Prometheus", rule("record: a\nexpr: up\nlabels: {a-b: c}"), '7: label of record "a": "a-b" is not a label name'),
    (
        "annotation name of an old Prometheus",
        rule("alert: a\nexpr: up\nannotations: {a-b: c}"),
        '7: annotation of alert "a": "a-b" is not a label name',
    ),
    ("empty label name", rule('record: a\nexpr: up\nlabels: {"": c}'), '7: label of record "a" has an empty name'),
    ("label __name__", rule("record: a\nexpr: up\nlabels: {__name__: c}"), '7: record "a" sets the label "__name__"'),
    (
        "label of another type",
        rule("record: a\nexpr: up\nlabels: {a: [b]}"),
        '7: "a" in field "labels" of record "a" must be text, not a list',
    ),
    (
        "labels of another type",
        rule("record: a\nexpr: up\nlabels: x"),
        '7: field "labels" of record "a" must be an object of texts, not text',
    ),
    ("bad for", rule("alert: a\nexpr: up\nfor: 30m1h"), '7: field "for" of alert "a" "30m1h" is not a duration'),
    (
        "bad keep_firing_for",
        rule("alert: a\nexpr: up\nkeep_firing_for: -5m"),
        '7: field "keep_firing_for" of alert "a" "-5m" is not a duration',
    ),
    ("template that does not parse", rule('alert: a\nexpr: up\nannotations: {s: "{{ $value }"}'), '6: annotation "s" of alert "a": '),
    ("template with a strange function", rule('alert: a\nexpr: up\nannotations: {s: "{{ foo }}"}'), '6: annotation "s" of alert "a": '),
    ("template in a label", rule('alert: a\nexpr: up\nlabels: {s: "{{ $foo }}"}'), '6: label "s" of alert "a": '),
]


REFUSED = ("annotation-template", "duplicate-group", "file-syntax", "promql-syntax", "rule-file")
"""Findings that mean that Prometheus does not load the file."""


def errors(text: str, prometheus: str = "2.42") -> list[Finding]:
    return [one for one in checked(text, prometheus=prometheus) if one.severity == "error" and one.id in REFUSED]


@pytest.mark.parametrize(("text", "wanted"), [(text, wanted) for _, text, wanted in BAD], ids=[name for name, _, _ in BAD])
def test_what_prometheus_refuses_is_one_error(text: str, wanted: str) -> None:
    (finding,) = errors(text)
    assert shown(finding).replace(" error:", "").startswith(wanted)


def promtool(path: Path) -> bool:
    """Whether the real promtool takes the rule file."""
    tool = shutil.which("promtool")
    if tool is None:
        (pytest.fail if os.environ.get("OBSKIT_REQUIRE_TOOLS") else pytest.skip)("promtool is not installed")
    return subprocess.run([str(tool), "check", "rules", str(path)], capture_output=True, timeout=60, check=False).returncode == 0


@pytest.mark.parametrize("text", [text for _, text, _ in BAD], ids=[name for name, _, _ in BAD])
def test_what_is_an_error_is_refused_by_promtool(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yaml").write_text(text)
    assert not promtool(tmp_path / "a.yaml")


def test_good_file_is_taken_by_promtool(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD)
    assert promtool(tmp_path / "a.yaml")


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "groups:\n",
        "groups: []\n",
        rule('alert: "a b"\nexpr: up\nfor: 0\nlabels: null\nannotations:'),
        rule("record: a\nexpr: up\nfor:"),
        rule("alert: a\nexpr: vector(1) > 0"),
        rule("alert: a\nexpr: up", "  query_offset: 1m\n  labels: {a: b}"),
        rule("alert: a\nexpr: up", "  limit: 1e3"),
        '{"groups": [{"name": "a", "rules": [{"alert": "A", "expr": "up", "labels": {"a": 1, "b": true}}]}]}',
    ],
)
def test_good_file_has_no_error(text: str) -> None:
    assert [shown(one) for one in checked(text) if one.severity == "error"] == []


def test_labels_keep_the_text_that_is_written() -> None:
    (file,) = gathered(GOOD).rule_files
    assert file.groups[0].rules[0].json["labels"] == {"severity": "critical", "level": "1.0", "on": "true", "none": ""}


def test_rules_have_the_lines_of_their_expressions() -> None:
    (file,) = gathered(GOOD).rule_files
    assert [rule.origin and rule.origin.line for _, rule in file.rules()] == [7, 16, 19]


@pytest.mark.parametrize("text", [rule("record: a-b\nexpr: up"), rule("record: a\nexpr: up\nlabels: {a-b: c}")])
def test_name_that_only_prometheus_3_takes_is_a_warning_there(text: str) -> None:
    assert [one.split(": ")[1] for one in said(text, prometheus="3.0")] == ["warning"]


@pytest.mark.parametrize(
    ("text", "product"),
    [
        (rule("alert: a\nexpr: up", "  partial_response_strategy: warn"), "Thanos"),
        (rule("alert: a\nexpr: up", "  source_tenants: [a]"), "Mimir"),
        (rule("alert: a\nexpr: up", "  concurrency: 2"), "VictoriaMetrics"),
        ("namespace: x\ngroups: []\n", "Mimir"),
    ],
)
def test_field_of_another_product_is_a_warning_that_names_it(text: str, product: str) -> None:
    (found,) = said(text)
    assert f"is known to {product} alone" in found
    assert ": warning: " in found


@pytest.mark.parametrize(("expr", "name"), [('rate({a="b"} |= "x" [1m]) > 0', "LogQL"), ("rollup_rate(up[1m]) > 0", "MetricsQL")])
def test_rules_in_another_language_are_told_once_and_not_checked(expr: str, name: str) -> None:
    text = "groups:\n- name: a\n  rules:\n" + "".join(f"  - alert: A{number}\n    expr: '{expr}'\n" for number in range(2))
    found = [shown(one) for one in checked(text) if one.severity == "error" or one.id == "rule-file"]
    assert found == [f"1: info: 2 rules are in {name}, which is not checked [rule-file]"]


OBJECT = """\
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: shop}
spec:
  groups:
    - name: shop
      partial_response_strategy: warn
      rules:
        - alert: ShopDown
          expr: 1
          fro: 5m
"""


def test_rules_of_a_kubernetes_object_are_checked() -> None:
    assert said(OBJECT) == ['11: error: alert "ShopDown" has no field "fro" [rule-file]']


def test_kubernetes_object_without_spec_is_an_error() -> None:
    assert said("apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\n") == ["1: error: the PrometheusRule has no spec [rule-file]"]


def test_hint_names_the_field_that_is_meant() -> None:
    assert gathered(OBJECT).findings[0].hint == 'did you mean "for"?'
