"""Findings as workflow commands: one line each, read back by the rules that GitHub documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from project import BUILT, SHOP, Ran, obskit, write

from obskit import rooms
from obskit.finding import Finding
from obskit.origin import Origin
from obskit.workflow import Outcome

COMMAND = re.compile(r"::(?P<name>\w+) (?P<properties>[^:]*)::(?P<text>.*)")
ESCAPES = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}


def plain(text: str) -> str:
    return re.sub("%[0-9A-F]{2}", lambda match: ESCAPES[match[0]], text)


def commands(out: str) -> list[tuple[str, dict[str, str], str]]:
    """Name, properties and text of every command; a line that is none fails."""
    found = []
    for line in out.splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        pairs = [pair.partition("=") for pair in match["properties"].split(",")]
        found.append((match["name"], {name: plain(value) for name, _, value in pairs}, plain(match["text"])))
    return found


def shown(capsys: pytest.CaptureFixture[str], *findings: Finding) -> list[tuple[str, dict[str, str], str]]:
    rooms.room("obskit.cli.show", "github").show(Outcome(findings=findings, about="1 file"), quiet=False)
    return commands(capsys.readouterr().out)


ODD = "100 % a:b, c::d\x1b[31m %0A done"
FINDINGS = [
    # (finding, command, properties, text)
    (Finding(id="a-check", severity="error", message="m", origin=Origin("a.py", 3)), "error", {"file": "a.py", "line": "3"}, "m"),
    (Finding(id="a-check", severity="warning", message="m", origin=Origin("a.py")), "warning", {"file": "a.py"}, "m"),
    (Finding(id="a-check", severity="info", message="m"), "notice", {}, "m"),
    (Finding(id="a-check", severity="info", message=ODD, origin=Origin("a,b:c%d.py", 1)), "notice", {"file": "a,b:c%d.py", "line": "1"},
     "100 % a:b, c::d�[31m %0A done"),
    (Finding(id="a-check", severity="error", message="m", hint="do\r\nit", query="sum(x)\n+ y", span=(9, 10)), "error", {},
     "m\n+ y\n  ^\nhint: do it"),
    (Finding(id="a-check", severity="error", message="m", origin=Origin("a.py", 3, 'panel "P"', "b.py:7")), "error",
     {"file": "a.py", "line": "3"}, 'm\nin panel "P", called from b.py:7'),
]  # fmt: skip


@pytest.mark.parametrize(("finding", "name", "properties", "text"), FINDINGS)
def test_finding_is_one_command(
    capsys: pytest.CaptureFixture[str], finding: Finding, name: str, properties: dict[str, str], text: str
) -> None:
    assert shown(capsys, finding) == [(name, {**properties, "title": "a-check"}, text)]


def test_what_was_looked_at_is_on_standard_error(tmp_path: Path) -> None:
    assert obskit(write(tmp_path, SHOP), "lint", "--format", "github") == Ran(0, "", "3 modules\n")
    assert obskit(tmp_path, "--quiet", "lint", "--format", "github") == Ran(0, "", "")


def test_check_names_each_file_that_differs_and_each_stranger(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    obskit(tmp_path, "build")
    write(tmp_path, {BUILT[0]: None, BUILT[1]: "old\n", "build/prometheus/rules/left.yaml": "", "build/prometheus/rules/notes.txt": ""})
    ran = obskit(tmp_path, "build", "--check", "--format", "github")
    assert [(name, said["file"], said["title"], text.partition("\n")[0]) for name, said, text in commands(ran.out)] == [
        ("error", BUILT[0], "stale", "missing file (made by dashboards_src/shop.py)"),
        ("error", "build/prometheus/rules/left.yaml", "stale", "foreign file (no module makes it)"),
        ("error", BUILT[1], "stale", "stale file (made by rules_src/shop.py)"),
        ("warning", "build/prometheus/rules/notes.txt", "stranger", "not a file of obskit's, in a folder that it owns; left alone"),
    ]
    assert (ran.code, ran.err) == (1, "2 files, 3 out of date: run obskit build and commit the result\n")


def test_build_that_wrote_the_files_reports_none(tmp_path: Path) -> None:
    assert obskit(write(tmp_path, SHOP), "build", "--format", "github") == Ran(0, "", "2 files, 2 changed\n")


@pytest.mark.parametrize(("inside", "expected"), [(".", "shop/dashboards_src/a.py"), ("shop", "dashboards_src/a.py")])
def test_files_are_named_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str, expected: str) -> None:
    root = write(tmp_path / "shop", {"pyproject.toml": "", "dashboards_src/a.py": "raise ValueError\n"})
    monkeypatch.chdir(tmp_path / inside)
    assert commands(obskit(root, "lint", "--format", "github").out)[0][1]["file"] == expected
