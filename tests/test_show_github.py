"""Findings as workflow commands: one line each, read back by the rules that GitHub documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from project import BUILT, SHOP, Ran, obskit, repository, write
from tools import outside_of_repositories

from obskit import rooms
from obskit.cli.show._words import one_line, printable
from obskit.finding import Finding, Severity
from obskit.origin import Origin
from obskit.settings import Settings
from obskit.workflow import Outcome

IN_TEXT = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
IN_PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


def plain(text: str, escapes: tuple[tuple[str, str], ...]) -> str:
    for written, meant in escapes:
        text = text.replace(written, meant)
    return text


def commands(out: str) -> list[tuple[str, dict[str, str], str]]:
    """Name, properties and text of every command, read as the runner does: up to the second `::`, the escapes one after the other.

    A line that is no command fails: everything on stdout is one.
    """
    found = []
    for line in re.split("[\r\n]+", out.removesuffix("\n")) if out else []:
        start, head, text = line.split("::", 2)
        name, _, properties = head.partition(" ")
        assert (start, name in ("error", "warning", "notice")) == ("", True), line
        pairs = [pair.split("=", 1) for pair in properties.split(",")]
        found.append((name, {name: plain(value, IN_PROPERTY) for name, value in pairs}, plain(text, IN_TEXT)))
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


HOSTILE = (
    "::add-mask::x", "x\n::stop-commands::pause", "x\r\n::error file=a::b", "%0A::error::x", "%250D", "100 %", "a:b,c=d", "##[error]x",
    "x\x85::error::y", "x\u2028::error::y", "\x1b]0;title\x07", "::", "=", "  ::set-output name=a::b", "\ud800",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_one_command_wherever_it_stands(capsys: pytest.CaptureFixture[str], text: str) -> None:
    origin = Origin(f"{text}.py", 1, f'panel "{text}"', f"{text}.py:7")
    finding = Finding(id=text, severity="error", message=text, origin=origin, hint=text, query=f"{text} + 1", span=(0, 1))
    ((name, properties, said),) = shown(capsys, finding)
    assert (name, set(properties)) == ("error", {"file", "line", "title"})
    assert properties["title"] == printable(text)
    assert properties["file"] == printable(f"{text}.py")
    assert said.splitlines()[0] == one_line(text)


def test_message_is_no_longer_than_the_runner_passes_on(capsys: pytest.CaptureFixture[str]) -> None:
    long = "%," * 400
    finding = Finding(id="x", severity="error", message=long, hint=long, query=long, origin=Origin("a.py", 1, long, f"{long}.py:1"))
    ((_, _, text),) = shown(capsys, finding)
    assert len(text) <= 4096


def test_more_findings_than_are_shown_are_all_written_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    severities: tuple[Severity, ...] = ("error", "warning", "info")
    counts = dict(zip(severities, (12, 10, 11), strict=True))
    findings = [Finding(id="x", severity=severity, message=str(n)) for severity, many in counts.items() for n in range(many)]
    rooms.room("obskit.cli.show", "github").show(Outcome(findings=tuple(findings), about="1 file"), quiet=False)
    said = capsys.readouterr()
    assert len(commands(said.out)) == 33
    assert said.err.splitlines()[1] == "GitHub shows the first 10 of 12 errors, 11 notices as annotations; the log above has them all"


def test_findings_that_belong_together_are_one_annotation(capsys: pytest.CaptureFixture[str]) -> None:
    together = ("file", "and {} more in this file")
    findings = [Finding(id="x", severity="error", message=str(number), together=together) for number in range(20)]
    assert [text for _, _, text in shown(capsys, *findings)] == ["0 (and 19 more in this file)"]


def test_columns_are_those_of_the_marked_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"a.py": "x = panel(\n    'sum(up)',\n)\n"})
    finding = Finding(id="x", severity="error", message="m", origin=Origin("a.py", 1), query="sum(up)", span=(4, 6))
    outcome = Outcome(findings=(finding,), about="1 file", settings=Settings(root=tmp_path))
    rooms.room("obskit.cli.show", "github").show(outcome, quiet=True)
    ((_, properties, _),) = commands(capsys.readouterr().out)
    assert (properties["line"], properties["col"], properties["endColumn"]) == ("2", "10", "11")


def test_what_was_looked_at_is_on_standard_error(tmp_path: Path) -> None:
    assert obskit(write(tmp_path, SHOP), "lint", "--format", "github") == Ran(0, "", "3 modules\n")
    assert obskit(tmp_path, "--quiet", "lint", "--format", "github") == Ran(0, "", "")


def test_check_names_each_file_that_differs_and_each_stranger(tmp_path: Path) -> None:
    write(repository(tmp_path), SHOP)
    obskit(tmp_path, "build")
    write(tmp_path, {BUILT[0]: None, BUILT[1]: "old\n", "build/prometheus/rules/left.yaml": "", "build/prometheus/rules/notes.txt": ""})
    ran = obskit(tmp_path, "build", "--check", "--format", "github")
    assert [(name, said["file"], said["title"], text.partition("\n")[0]) for name, said, text in commands(ran.out)] == [
        ("error", BUILT[0], "stale", "missing file (made by dashboards_src/shop.py)"),
        ("error", "build/prometheus/rules/left.yaml", "stale", "foreign file (no module makes it: a build deletes it)"),
        ("error", BUILT[1], "stale", "stale file (made by rules_src/shop.py)"),
        ("warning", "build/prometheus/rules/notes.txt", "stranger", "not a file of obskit's, in a folder that it owns; left alone"),
    ]
    assert (ran.code, ran.err) == (1, "2 files, 3 out of date: run obskit build and commit the result\n")


def test_build_that_wrote_the_files_reports_none(tmp_path: Path) -> None:
    assert obskit(write(tmp_path, SHOP), "build", "--format", "github") == Ran(0, "", "2 files, 2 changed\n")


@pytest.mark.parametrize(("inside", "expected"), [(".", "shop/dashboards_src/a.py"), ("shop", "dashboards_src/a.py")])
def test_files_are_named_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str, expected: str) -> None:
    outside_of_repositories(tmp_path)
    root = write(tmp_path / "shop", {"pyproject.toml": "", "dashboards_src/a.py": "raise ValueError\n"})
    monkeypatch.chdir(tmp_path / inside)
    assert commands(obskit(root, "lint", "--format", "github").out)[0][1]["file"] == expected
