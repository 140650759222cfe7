"""What is told of a whole: LogQL once for a project, alerts that no rule test names when rules and tests are given together."""

from __future__ import annotations

import json
from pathlib import Path

from project import obskit, write

RULES = """\
groups:
  - name: shop
    rules:
      - {alert: Tested, expr: up == 0, for: 5m}
      - {alert: Forgotten, expr: up == 0, for: 5m}
"""
TESTS = """\
rule_files: [rules.yaml]
tests:
  - alert_rule_test:
      - {eval_time: 10m, alertname: Tested}
"""


def said(root: Path, check: str, *command: str) -> list[tuple[str, int | None]]:
    """Message and line of the findings of one id."""
    ran = obskit(root, *command, "--format", "json")
    return [(found["message"], found["line"]) for found in json.loads(ran.out)["findings"] if found["id"] == check]


def test_alert_without_a_test_is_told_beside_tests(tmp_path: Path) -> None:
    write(tmp_path, {"rules.yaml": RULES, "tests.yaml": TESTS})
    assert said(tmp_path, "untested-alert", "validate", str(tmp_path)) == [('no test expects anything of alert "Forgotten"', 5)]


def test_alerts_are_not_told_without_any_test(tmp_path: Path) -> None:
    write(tmp_path, {"rules.yaml": RULES})
    assert said(tmp_path, "untested-alert", "validate", str(tmp_path)) == []


def test_logql_is_told_once_however_many_queries_there_are(tmp_path: Path) -> None:
    panels = ", ".join(f"logs('Log {number}', logql('{{job=\"shop\"}}'))" for number in range(3))
    board = f"from obskit.dashboards import *\nboard = dashboard('Shop', uid='shop', panels=[{panels}])\n"
    write(tmp_path, {"pyproject.toml": "", "dashboards_src/shop.py": board})
    assert [message for message, _ in said(tmp_path, "logql-unchecked", "lint")] == ["3 queries are LogQL, which is not checked"]
