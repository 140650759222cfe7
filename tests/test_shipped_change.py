"""One threshold changed in the project itself: every form that holds it changes together, and nothing else does."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from project import REPOSITORY, obskit, tree

RULE = "prometheus/rules/quality_billing.yaml"
MANAGED = "grafana/provisioning/alerting/quality_billing.yaml"
OBJECT = "kubernetes/prometheus-operator/quality_billing.yaml"
PAGE = "docs/runbooks/QualityBillingHighErrorRate.md"


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A copy of the project with one threshold raised from 10 % to 20 %, built."""
    for folder in ("dashboards_src", "rules_src", "build"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    module = tmp_path / "rules_src/quality_billing.py"
    text = module.read_text("utf-8")
    module.write_text(text.replace('max_error_ratio", 0.10', 'max_error_ratio", 0.20'), "utf-8")
    assert module.read_text("utf-8") != text
    done = obskit(tmp_path, "build")
    assert done.code == 0, done.out + done.err
    return tmp_path


def test_changed_threshold_changes_every_form_of_the_alert_and_nothing_else(ours: Path) -> None:
    before, after = tree(REPOSITORY / "build"), tree(ours / "build")
    assert before.keys() == after.keys()
    changed = {path for path in after if before[path] != after[path]}
    boards = {path for path in changed if path.endswith(("quality-billing-operations.json", "quality-billing-operations.yaml"))}
    assert changed - boards == {RULE, MANAGED, OBJECT, PAGE, "docs/README.md"}


def test_changed_threshold_is_the_same_in_every_form(ours: Path) -> None:
    built = ours / "build"
    (rule,) = (rule for rule in _rules(built / RULE) if rule.get("alert") == "QualityBillingHighErrorRate")
    (managed,) = (rule for rule in _rules(built / MANAGED) if rule["title"] == "QualityBillingHighErrorRate")
    (threshold,) = (step["model"] for step in managed["data"] if step["model"].get("type") == "threshold")
    assert rule["expr"].split()[-1] == "0.2"
    assert threshold["conditions"][0]["evaluator"]["params"] == [0.2]
    assert "| fires | above 0.2 (20 %), for 2m |" in (built / PAGE).read_text("utf-8")


def test_changed_threshold_is_told(ours: Path) -> None:
    done = obskit(None, "diff", str(REPOSITORY / "build/prometheus"), str(ours / "build/prometheus"))
    assert (done.code, [line.strip() for line in done.out.splitlines() if line.strip()][1:]) == (1, [
        'alert "QualityBillingHighErrorRate":',
        "threshold 0.1 → 0.2",
        'summary "Over 10 % of the API\'s requests fail" → "Over 20 % of the API\'s requests fail"',
    ])  # fmt: skip


def _rules(path: Path) -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(path.read_text("utf-8"))["groups"] for rule in group["rules"]]
