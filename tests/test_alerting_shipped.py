"""The project's own alerts as Grafana keeps them: how each is split, its states, and that our own reader finds nothing wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from grafana_files import loaded
from project import obskit

from obskit import analysis, render, source
from obskit.artifact import Artifact
from obskit.render.validate import findings as refused
from obskit.settings import Environment, load

ROOT = Path(__file__).parent.parent
UIDS = {"prometheus": "prometheus", "tempo": "tempo"}
ALERTS = {
    # name: (evaluator and number, or whole; nothing there; failure; how far back)
    "QualityBillingHighErrorRate": ("gt 0.1", "OK", "Error", 600),
    "QualityBillingLowQualityScore": ("lt 0.7", "NoData", "KeepLast", 600),
    "QualityBillingHighResponseTime": ("gt 2", "OK", "KeepLast", 600),
    "QualityBillingNoActiveUsers": ("whole", "OK", "KeepLast", 600),
    "QualityBillingSystemDown": ("whole", "OK", "Error", 600),
    "QualityBillingUnusualTraffic": ("whole", "OK", "KeepLast", 600),
    "QualityBillingTrafficOffMedian": ("whole", "OK", "KeepLast", 86400),
    "QualityBillingDiskFullSoon": ("whole", "OK", "KeepLast", 21600),
    "QualityBillingErrorBudgetBurn1h": ("whole", "OK", "Error", 600),
    "QualityBillingErrorBudgetBurn6h": ("whole", "OK", "Error", 600),
    "QualityBillingErrorBudgetBurn1d": ("whole", "OK", "KeepLast", 600),
    "QualityBillingErrorBudgetBurn3d": ("whole", "OK", "KeepLast", 600),
    "QualityBillingLatencyBudgetBurn1h": ("whole", "OK", "Error", 600),
    "QualityBillingLatencyBudgetBurn6h": ("whole", "OK", "Error", 600),
    "QualityBillingLatencyBudgetBurn1d": ("whole", "OK", "KeepLast", 600),
    "QualityBillingLatencyBudgetBurn3d": ("whole", "OK", "KeepLast", 600),
    "SecurePrGuardLatencyObjectiveMissed": ("lt 0.95", "OK", "KeepLast", 600),
    "SecurePrGuardHighLatency": ("gt 3", "OK", "KeepLast", 600),
    "SecurePrGuardHighErrorRatio": ("gt 0.05", "OK", "Error", 600),
    "SecurePrGuardExpensiveOperation": ("gt 0.01", "OK", "KeepLast", 3600),
    "SecurePrGuardHighMeanCost": ("gte 0.003", "OK", "KeepLast", 3600),
    "SecurePrGuardCostObjectiveMissed": ("lt 0.95", "OK", "KeepLast", 3600),
    "SecurePrGuardLowSuccessRate": ("lt 0.95", "OK", "KeepLast", 3600),
    "SecurePrGuardTelemetryLoss": ("gt 0", "NoData", "KeepLast", 900),
    "SecurePrGuardHourlyBudget": ("gt 0.056", "OK", "KeepLast", 3600),
    "SecurePrGuardDailyBudgetForecast": ("whole", "OK", "KeepLast", 82800),
    "SecurePrGuardCostSpike": ("whole", "OK", "KeepLast", 608400),
    "SecurePrGuardSpanLatencyObjectiveMissed": ("lt 0.95", "OK", "KeepLast", 600),
    "SecurePrGuardSpanHighLatency": ("gt 3", "OK", "KeepLast", 600),
    "SecurePrGuardSpanHighErrorRatio": ("gt 0.05", "OK", "Error", 600),
}


@cache
def made() -> tuple[analysis.Analysed, tuple[Artifact, ...]]:
    settings = load(ROOT)
    environment = Environment(name="test", datasources=UIDS)
    project = source.load(replace(settings, formats=(*settings.formats, "alerting"), environment=environment))
    analysed = analysis.run(project)
    return analysed, render.run(analysed, render.formats(project.settings))


def files() -> Iterator[Artifact]:
    return (artifact for artifact in made()[1] if artifact.format == "alerting")


def rules() -> Iterator[tuple[Artifact, dict[str, Any]]]:
    """Every group with its file."""
    for artifact in files():
        data: Any = artifact.data
        yield from ((artifact, group) for group in data.get("groups", ()))


def alerts() -> dict[str, dict[str, Any]]:
    return {rule["title"]: rule for _, group in rules() for rule in group["rules"] if "record" not in rule}


def split(rule: dict[str, Any]) -> str:
    evaluator = rule["data"][-1]["model"]["conditions"][0]["evaluator"]
    return f"{evaluator['type']} {evaluator['params'][0]}" if rule["condition"] == "C" else "whole"


def test_each_alert_is_split_as_an_expert_would() -> None:
    found = {
        title: (split(rule), rule["noDataState"], rule["execErrState"], rule["data"][0]["relativeTimeRange"]["from"])
        for title, rule in alerts().items()
    }
    assert found == ALERTS


def test_only_what_is_to_be_known_is_told() -> None:
    analysed, artifacts = made()
    said = list(render.findings(analysed, render.formats(analysed.project.settings), artifacts))
    assert sorted((finding.severity, finding.message) for finding in said) == [
        ("info", 'DatasourceNoData of alert "QualityBillingLowQualityScore" is told to on-call; the alert is told to quality-billing'),
        ("info", 'DatasourceNoData of alert "SecurePrGuardTelemetryLoss" is told to on-call; the alert is told to secure-pr-guard'),
        ("info", "what rules record, Grafana writes back to Prometheus"),
    ]
    assert list(refused(artifacts)) == []


def test_every_rule_of_prometheus_is_there() -> None:
    declared = sorted(rule.name for file in made()[0].project.rule_files for _, rule in file.rules())
    assert sorted(rule["title"] for _, group in rules() for rule in group["rules"]) == declared


def test_alerts_stand_beside_their_boards() -> None:
    boards = {board.uid: board.folder for board in made()[0].project.boards}
    pairs = {(group["folder"], boards[rule["dashboardUid"]]) for _, group in rules() for rule in group["rules"] if "record" not in rule}
    assert pairs == {("Quality Billing", "Quality Billing"), ("Secure PR Guard", "Secure PR Guard")}


@pytest.mark.parametrize("title", ALERTS)
def test_link_leads_to_a_panel_that_exists(title: str) -> None:
    boards = {board.uid: {panel.id for panel in board.panels} for board in made()[0].project.boards}
    rule = alerts()[title]
    assert rule["panelId"] in boards[rule["dashboardUid"]]


def test_second_yaml_library_reads_the_same() -> None:
    assert [loaded(artifact.text) for artifact in files()] == [artifact.data for artifact in files()]


def test_our_own_reader_finds_nothing_wrong(tmp_path: Path) -> None:
    for artifact in files():
        (tmp_path / artifact.path.rsplit("/", 1)[1]).write_text(artifact.text, encoding="utf-8")
    done = obskit(None, "validate", str(tmp_path))
    assert (done.code, done.out) == (0, "")
