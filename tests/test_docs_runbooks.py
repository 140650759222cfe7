"""Runbooks of several alerts, and of alerts that others keep quiet."""

from __future__ import annotations

from pathlib import Path

import pytest
from notified import notified

from obskit.analysis import Analysed
from obskit.artifact import Artifact
from obskit.render.docs import artifacts
from obskit.render.validate import findings as refused

ALERTS = """
from obskit.rules import Alert
slow = Alert(name="Shop Slow", expr="up > 2", severity="warning", summary="s", description="d")
down = Alert(name="Shop Down", expr="up == 0", severity="critical", summary="s", description="d")
"""
QUIET = ALERTS + """
root = Route(Receiver("ops", Email("a@example.com")))
inhibit = Inhibit(source={"alertname": "Shop Down"}, target={"alertname": "Shop Slow"})
"""
SAID = "Nobody, while `Shop Down` fires."
HALF = "Nobody in Alertmanager, while `Shop Down` fires."


def pages(analysed: Analysed) -> dict[str, Artifact]:
    found = list(artifacts(analysed))
    assert [finding.message for finding in refused(found)] == []
    return {one.path.removeprefix("build/").removeprefix("docs/"): one for one in found}


@pytest.mark.parametrize(
    ("formats", "said"),
    [
        ('"docs"', []),
        ('"alerting", "docs"', []),
        ('"alertmanager", "docs"', [SAID]),
        ('"alertmanager", "alerting", "docs"', [HALF]),
    ],
)
def test_inhibition_is_told_where_it_holds(tmp_path: Path, formats: str, said: list[str]) -> None:
    page = pages(notified(tmp_path, QUIET, f"formats = [{formats}]\n"))["runbooks/shop-slow.md"].text
    assert [line for line in page.splitlines() if line.startswith("Nobody")] == said


def test_alerts_whose_names_share_a_page_are_all_named(tmp_path: Path) -> None:
    other = ALERTS.replace("Shop Slow", "shop-down")
    made = pages(notified(tmp_path, other, 'formats = ["docs"]\n'))
    assert [line for line in made["runbooks/shop-down.md"].text.splitlines() if line.startswith("#") and not line.startswith("###")] == [
        "# shop-down, Shop Down", "## 1 of 2: shop-down, warning", "## 2 of 2: Shop Down, critical",
    ]  # fmt: skip
    rows = [line.split(" | ")[0] for line in made["README.md"].text.splitlines() if "runbooks/" in line]
    assert rows == ["| [shop-down](runbooks/shop-down.md)", "| [Shop Down](runbooks/shop-down.md)"]


def test_alerts_of_one_name_are_told_apart_by_severity_alone(tmp_path: Path) -> None:
    other = ALERTS.replace("Shop Slow", "Shop Down")
    page = pages(notified(tmp_path, other, 'formats = ["docs"]\n'))["runbooks/shop-down.md"].text
    assert [line for line in page.splitlines() if line.startswith("#") and not line.startswith("###")] == [
        "# Shop Down", "## 1 of 2: warning", "## 2 of 2: critical",
    ]  # fmt: skip
