"""The project's own notifications: every alert reaches somebody, as amtool has it too."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from functools import cache
from pathlib import Path

import pytest
from amtool import check, readable, told

from obskit import analysis, lint, render, source
from obskit.analysis import Analysed
from obskit.analysis.alerted import Alerted, alerted
from obskit.notify import gather
from obskit.notify.carried import Carried
from obskit.notify.routing import reached, silenced, silencing
from obskit.render.alerting._notifications import documents
from obskit.render.alerting._notifications import findings as grafana_findings
from obskit.render.validate import findings as refused
from obskit.settings import load

ROOT = Path(__file__).parent.parent
BILLING, GUARD = "quality-billing", "secure-pr-guard"


@cache
def analysed() -> Analysed:
    return analysis.run(source.load(dataclasses.replace(load(ROOT), formats=("alertmanager",))))


@cache
def alerts() -> tuple[Alerted, ...]:
    return tuple(alerted(analysed()))


def possible(carried: Carried) -> list[dict[str, str]]:
    """Label sets that the alert may have: with and without what it may lack, with each value or with any one."""
    choices = []
    for name, values in carried.values.items():
        some = sorted(values) if values is not None else ["anything"]
        choices.append([(name, value) for value in (some if name in carried.sure else ["", *some])])
    return [{name: value for name, value in chosen if value} for chosen in itertools.product(*choices)]


def test_shipped_notifications_are_built_without_a_finding() -> None:
    enabled = render.formats(analysed().project.settings)
    artifacts = render.run(analysed(), enabled)
    found = [*lint.run(analysed(), today=datetime.date.today()), *render.findings(analysed(), enabled, artifacts), *refused(artifacts)]
    assert [artifact.path for artifact in artifacts] == ["alertmanager/alertmanager.yml"]
    assert [finding.message for finding in (*found, *grafana_findings(analysed()))] == []


def test_shipped_notifications_are_files_of_grafana_too() -> None:
    folder = "grafana/provisioning/alerting"
    assert [one.path for one in documents(analysed())] == [f"{folder}/{name}.yaml" for name in ("contact-points", "policies", "mute-times")]


def test_every_shipped_alert_reaches_whom_amtool_tells(tmp_path: Path) -> None:
    (artifact,) = render.run(analysed(), render.formats(analysed().project.settings))
    config = readable(artifact.text, tmp_path / "alertmanager.yml")
    check(config)
    found = gather(analysed().project.notifications)
    assert found.root is not None
    tellers = {receiver.name for receiver in found.receivers if receiver.integrations}
    for alert in alerts():
        foreseen = reached(found.root, alert.carried)
        names = [end.receiver.name for end in foreseen if end.receiver]
        assert [end.verdict for end in foreseen] == ["surely"], alert.name
        for labels in possible(alert.carried)[:6]:
            assert told(config, labels) == names, labels
        assert set(names) <= tellers
    assert len(alerts()) >= 30


EXPECTED = {
    ("critical", "job", BILLING): "on-call",
    ("critical", "job", GUARD): "on-call",
    ("critical", "service", GUARD): "on-call",
    ("warning", "job", BILLING): BILLING,
    ("warning", "job", GUARD): GUARD,
    ("warning", "service", GUARD): GUARD,
    ("info", "job", BILLING): "digest",
    ("info", "job", GUARD): "digest",
}


@pytest.mark.parametrize("alert", alerts(), ids=lambda alert: str(alert.name))
def test_shipped_alert_goes_by_severity_and_service(alert: Alerted) -> None:
    found = gather(analysed().project.notifications)
    assert found.root is not None
    (severity,) = alert.carried.of("severity") or ()
    (owner,) = ((label, value) for label in ("job", "service") for value in alert.carried.of(label) or () if value)
    (end,) = reached(found.root, alert.carried)
    assert end.receiver is not None
    assert end.receiver.name == EXPECTED[(severity, *owner)]
    assert bool(end.mute) is (severity != "critical")


def test_system_down_keeps_the_rest_of_its_job_quiet() -> None:
    found = gather(analysed().project.notifications)
    prepared = silencing(found.inhibitions, ((alert.name, alert.carried) for alert in alerts()))
    quiet = {alert.name for alert in alerts() if any(silenced(alert.carried, prepared))}
    down = "QualityBillingSystemDown"
    assert quiet == {alert.name for alert in alerts() if alert.carried.of("job") == frozenset((BILLING,))} - {down}


def test_staging_tells_nobody_on_call(tmp_path: Path) -> None:
    settings = dataclasses.replace(load(ROOT), formats=("alertmanager",)).built_for("staging")
    (artifact,) = render.run(analysis.run(source.load(settings)), render.formats(settings))
    config = readable(artifact.text, tmp_path / "alertmanager.yml")
    assert told(config, {"severity": "critical", "job": BILLING}) == ["digest"]
    assert "DINGTALK" not in artifact.text
