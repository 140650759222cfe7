"""The project's own dashboards and rules: built without a finding, and accepted by what is not ours."""

from __future__ import annotations

import datetime
import json
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from official_model import dropped, encoded, require_model
from tools import run_tool

from obskit import analysis, lint, render, source
from obskit.artifact import Artifact
from obskit.model import Board
from obskit.promql import canonical, parse
from obskit.render.validate import findings as refused
from obskit.settings import load
from obskit.source import Project

ROOT = Path(__file__).parent.parent
BOARDS = {
    "secure-pr-guard-cost": ("Secure PR Guard", "1m", "now-6h"),
    "quality-billing-executive": ("Quality Billing", "30s", "now-7d"),
    "quality-billing-operations": ("Quality Billing", "15s", "now-4h"),
    "quality-billing-quality-analytics": ("Quality Billing", "30s", "now-24h"),
    "quality-billing-financial": ("Quality Billing", "30s", "now-30d"),
}
"""uid to folder, refresh, and how far back it looks."""

API = "quality_billing_api_requests_total"
ALERTS = {
    "QualityBillingHighErrorRate": (
        "2m", "critical",
        f'sum by (job) (rate({API}{{job="quality-billing",status_code=~"5.."}}[5m]))'
        f' / (sum by (job) (rate({API}{{job="quality-billing"}}[5m])) > 0) > 0.10',
    ),
    "QualityBillingLowQualityScore": ("10m", "warning", 'avg by (job) (quality_billing_quality_score{job="quality-billing"}) < 0.70'),
    "QualityBillingHighResponseTime": (
        "5m", "warning",
        'histogram_quantile(0.95,'
        ' sum by (le, job) (rate(quality_billing_api_response_time_seconds_bucket{job="quality-billing"}[5m]))) > 2',
    ),
    "QualityBillingNoActiveUsers": (
        "30m", "warning",
        'sum by (job) (quality_billing_current_active_users{job="quality-billing"}) == 0'
        ' or absent(quality_billing_current_active_users{job="quality-billing"})',
    ),
    "QualityBillingSystemDown": ("1m", "critical", 'up{job="quality-billing"} == 0 or absent(up{job="quality-billing"})'),
}  # fmt: skip
"""The five documented alerts: name to `for`, severity, expression."""


@cache
def project() -> Project:
    return source.load(load(ROOT))


@cache
def artifacts() -> tuple[Artifact, ...]:
    settings = project().settings
    return render.run(analysis.run(project()), render.formats(settings))


def boards() -> tuple[Board, ...]:
    return project().boards


def test_shipped_project_has_no_finding() -> None:
    found = lint.run(analysis.run(project()), today=datetime.date.today())
    assert [finding.message for finding in (*project().findings, *found, *refused(artifacts()))] == []


def test_shipped_project_has_the_documented_boards() -> None:
    found = {board.uid: (board.folder, board.json["refresh"], board.json["time"]["from"]) for board in boards()}
    assert found == BOARDS


@pytest.mark.parametrize("uid", BOARDS)
def test_shipped_board_loses_nothing_in_the_official_model(uid: str) -> None:
    require_model()
    (artifact,) = (each for each in artifacts() if each.path.endswith(f"/{uid}.json") and each.format == "dashboards")
    assert dropped(json.loads(artifact.text)) == []


@pytest.mark.parametrize("uid", BOARDS)
def test_shipped_board_is_no_larger_than_the_official_model_s_output(uid: str) -> None:
    (artifact,) = (each for each in artifacts() if each.path.endswith(f"/{uid}.json") and each.format == "dashboards")
    assert len(artifact.text) <= len(json.dumps(encoded(json.loads(artifact.text)), indent=2, ensure_ascii=False))


@pytest.mark.parametrize("uid", BOARDS)
def test_shipped_board_s_panels_all_say_what_they_show(uid: str) -> None:
    (board,) = (each for each in boards() if each.uid == uid)
    assert [panel.name for panel in board.panels if not panel.is_row and not panel.json.get("description")] == []


def test_shipped_queries_all_parse() -> None:
    assert [asked.text for asked in analysis.run(project()).queries if asked.parsed.problem is not None] == []


@pytest.mark.parametrize("name", ALERTS)
def test_shipped_alert_is_the_documented_one(name: str) -> None:
    wait, severity, expr = ALERTS[name]
    (rule,) = (rule for file in project().rule_files for _, rule in file.rules() if rule.name == name)
    said = (rule.json["for"], rule.json["labels"]["severity"], canonical(parse(rule.expr)).split())
    assert said == (wait, severity, canonical(parse(expr)).split())


def test_shipped_rules_are_accepted_by_promtool(tmp_path: Path) -> None:
    made = [artifact for artifact in artifacts() if artifact.format == "rules"]
    files = []
    for artifact in made:
        files.append(tmp_path / Path(artifact.path).name)
        files[-1].write_text(artifact.text, "utf-8")
    said = run_tool("promtool", "check", "rules", *map(str, files))
    rules = sum(len(group["rules"]) for artifact in made for group in yaml.safe_load(artifact.text)["groups"])
    assert sum(int(number) for number in re.findall(r"SUCCESS: (\d+) rules found", said)) == rules > 40


def test_shipped_output_is_what_is_in_build() -> None:
    there = {path.relative_to(ROOT / "build").as_posix(): path.read_text("utf-8") for path in (ROOT / "build").rglob("*") if path.is_file()}
    assert there == {artifact.path: artifact.text for artifact in artifacts()}


def test_shipped_environment_builds_without_a_finding() -> None:
    settings = load(ROOT).built_for("staging")
    project = source.load(settings)
    analysed = analysis.run(project)
    enabled = render.formats(settings)
    made = render.run(analysed, enabled)
    found = [*project.findings, *lint.run(analysed, today=datetime.date.today()), *render.findings(analysed, enabled, made), *refused(made)]
    assert [finding.message for finding in found if finding.severity != "info"] == []
    assert {board.folder for board in project.boards} == {"Staging Secure PR Guard", "Staging Quality Billing"}
