"""Who would be told in production is told elsewhere in an environment that says so."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from notified import HEAD
from project import obskit, write

DECLARED = (
    HEAD
    + """
team = Receiver("team", Slack(Secret.env("TEAM_SLACK")))
pager = Receiver("pager", PagerDuty(Secret.env("PAGERDUTY_KEY")))
staging = Receiver("staging", Slack(Secret.env("STAGING_SLACK")))
root = Route(team, routes=(Route(pager, match={"severity": "critical"}),))
"""
)
ALERT = """\
from obskit.rules import Alert
down = Alert(name="ShopDown", expr="up == 0", for_="2m", severity="critical", summary="Down.", description="Down.", runbook="https://x/")
"""


def project(root: Path, receivers: str) -> Path:
    toml = f'[tool.obskit]\nformats = ["alertmanager"]\n[tool.obskit.env.staging.receivers]\n{receivers}\n'
    return write(root, {"pyproject.toml": toml, "rules_src/notifications.py": DECLARED, "rules_src/shop.py": ALERT})


def built(root: Path, folder: str) -> tuple[list[str], list[str]]:
    """The receivers there are, and those of the routes."""
    data = yaml.safe_load((root / folder / "alertmanager/alertmanager.yml").read_text("utf-8"))
    return [one["name"] for one in data["receivers"]], [data["route"]["receiver"], data["route"]["routes"][0]["receiver"]]


@pytest.mark.parametrize(
    ("receivers", "there", "told"),
    [
        ('"*" = "staging"', ["staging"], ["staging", "staging"]),
        ('pager = "staging"', ["team", "staging"], ["team", "staging"]),
        ('"*" = "staging"\npager = "pager"', ["pager", "staging"], ["staging", "pager"]),
        ('team = "pager"\npager = "team"', ["team", "pager", "staging"], ["pager", "team"]),
    ],
)
def test_others_are_told_in_an_environment(tmp_path: Path, receivers: str, there: list[str], told: list[str]) -> None:
    project(tmp_path, receivers)
    assert obskit(tmp_path, "build", "--env", "staging").code == 0
    assert obskit(tmp_path, "build").code == 0
    assert built(tmp_path, "build") == (["team", "pager", "staging"], ["team", "pager"])
    assert built(tmp_path, "build/env/staging") == (there, told)


@pytest.mark.parametrize(
    ("receivers", "line", "message", "hint"),
    [
        ('"*" = "stagign"', 4, 'no receiver is called "stagign"', 'did you mean "staging"?'),
        ('pager = "staging"\n"paeger" = "staging"', 5, 'no receiver is called "paeger"', 'did you mean "pager"?'),
        ('team = "xyz"', 4, 'no receiver is called "xyz"', "receivers: team, pager, staging"),
    ],
)
def test_name_that_no_receiver_has_is_told_with_its_line(tmp_path: Path, receivers: str, line: int, message: str, hint: str) -> None:
    done = obskit(project(tmp_path, receivers), "build", "--env", "staging")
    shown = f"pyproject.toml:{line}: error: {message} [environment]\n    in [tool.obskit.env.staging.receivers]\n    hint: {hint}\n"
    assert done.code == 1
    assert done.out.startswith(shown)
    assert not (tmp_path / "build").exists()


def test_one_who_is_told_in_an_environment_alone_is_used(tmp_path: Path) -> None:
    assert obskit(project(tmp_path, '"*" = "staging"'), "lint", "--select", "unused-receiver").out == ""
    done = obskit(project(tmp_path, ""), "lint", "--select", "unused-receiver")
    assert 'no route leads to receiver "staging"' in done.out


def test_routes_are_those_of_the_environment(tmp_path: Path) -> None:
    project(tmp_path, '"*" = "staging"')
    assert "  told: pager (PagerDuty)\n" in obskit(tmp_path, "routes").out
    assert "  told: staging (Slack)\n" in obskit(tmp_path, "routes", "--env", "staging").out
    assert obskit(tmp_path, "routes", "--env", "stagign").code == 2
