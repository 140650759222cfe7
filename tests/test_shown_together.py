"""Findings that belong together: shown to people as one, and each of its own for waivers, the baseline and programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from project import obskit, write

ABOUT = ("--select", "alert-runbook,unused-waiver,expired-waiver")


def alerts(root: Path, waived: int = 0, *, number: int = 8, until: str = "") -> Path:
    """A project of so many alerts without a runbook, one of them with a waiver in a comment."""
    lines = ["from obskit.rules import Alert"]
    for at in range(1, number + 1):
        comment = f"  # obskit: ignore[alert-runbook{until}] comes later" if at == waived else ""
        lines.append(f'a{at} = Alert(name="W{at}", expr="up == 0"){comment}')
    return write(root, {"pyproject.toml": "", "rules_src/a.py": "\n".join(lines) + "\n"})


def lines(root: Path, *arguments: str) -> list[str]:
    return [line for line in obskit(root, "lint", *ABOUT, *arguments).out.splitlines() if "hint:" not in line]


TOLD = [
    (0, "", ['2: info: alert "W1" has no runbook (and 7 more in this file) [alert-runbook]']),
    (1, "", ['3: info: alert "W2" has no runbook (and 6 more in this file) [alert-runbook]']),
    (3, "", ['2: info: alert "W1" has no runbook (and 6 more in this file) [alert-runbook]']),
    (3, ", until=2020-01-31", [
        '2: info: alert "W1" has no runbook (and 7 more in this file) [alert-runbook]',
        '4: warning: waiver of "alert-runbook" ended on 2020-01-31 [expired-waiver]',
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("waived", "until", "expected"), TOLD)
def test_waiver_of_one_silences_that_one(tmp_path: Path, waived: int, until: str, expected: list[str]) -> None:
    assert lines(alerts(tmp_path, waived, until=until)) == [f"rules_src/a.py:{line}" for line in expected]


@pytest.mark.parametrize(("number", "shown"), [(3, 3), (4, 1)])
def test_few_are_shown_one_by_one(tmp_path: Path, number: int, shown: int) -> None:
    assert len(lines(alerts(tmp_path, number=number))) == shown


def test_one_more_than_the_baseline_has_is_the_only_one_shown(tmp_path: Path) -> None:
    known = ("--baseline", str(tmp_path / "known.json"))
    lines(alerts(tmp_path), *known, "--write-baseline")
    assert lines(alerts(tmp_path, number=9), *known) == ['rules_src/a.py:10: info: alert "W9" has no runbook [alert-runbook]']


def test_one_less_than_the_baseline_has_is_mended(tmp_path: Path) -> None:
    known = ("--baseline", str(tmp_path / "known.json"))
    lines(alerts(tmp_path), *known, "--write-baseline")
    (told,) = lines(alerts(tmp_path, number=7), *known)
    assert told.endswith("info: 1 finding of the baseline is fixed [baseline]")


def test_programs_are_given_every_one(tmp_path: Path) -> None:
    ran = obskit(alerts(tmp_path), "lint", *ABOUT, "--format", "json")
    assert [one["message"] for one in json.loads(ran.out)["findings"]] == [f'alert "W{at}" has no runbook' for at in range(1, 9)]


def test_files_and_severities_are_not_mixed(tmp_path: Path) -> None:
    text = "from obskit.rules import Alert\n"
    text += "".join(f'a{at} = Alert(name="W{at}", expr="up == 0", severity="{"odd" if at % 2 else "p7"}")\n' for at in range(8))
    write(tmp_path, {"pyproject.toml": "", "rules_src/a.py": text, "rules_src/b.py": text.replace('"W', '"V')})
    told = [line for line in obskit(tmp_path, "lint", "--select", "severity-value").out.splitlines() if "hint:" not in line]
    assert [line.count("(and 3 more in this file)") for line in told] == [1] * 4


def test_build_that_is_repeated_says_the_same(tmp_path: Path) -> None:
    board = 'from obskit.dashboards import *\nb = dashboard("B", uid="b", panels=[stat(f"P{n}", "up", unit="none") for n in range(9)])\n'
    root = write(tmp_path, {"pyproject.toml": "", "dashboards_src/b.py": board})
    obskit(root, "build")
    first, second = obskit(root, "build"), obskit(root, "build")
    assert "nor have 8 other panels" in first.out
    assert first == second
