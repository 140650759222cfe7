"""The line on a terminal of a build that takes long: it comes late, goes away, and is nowhere else."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from project import BOARD, ENTRY, REPOSITORY, SHOP, write

pty = pytest.importorskip("pty")
SLOW = "import time\nprint('spoken')\ntime.sleep(1.7)\nprint('and again')\n" + BOARD


def run(root: Path, *arguments: str, terminal: bool = True) -> tuple[int, bytes, bytes]:
    """The exit code, stdout, and what stderr was given, which is a terminal or a pipe."""
    leader, follower = pty.openpty() if terminal else os.pipe()
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *ENTRY, *arguments]
    with tempfile.TemporaryFile() as out, subprocess.Popen(command, cwd=root, env=known, stdout=out, stderr=follower) as process:
        os.close(follower)
        said = b""
        while select.select([leader], [], [], 60)[0]:
            try:
                part = os.read(leader, 4096)
            except OSError:  # how a terminal ends
                break
            if not part:
                break
            said += part
        process.wait(60)
        out.seek(0)
        written = out.read()
    os.close(leader)
    return process.returncode, written, said.replace(b"\r\n", b"\n")


def screen(said: bytes) -> list[str]:
    """The lines that stay on the screen: a return goes to the beginning of the line, what is written there replaces."""
    lines = []
    for line in said.decode().split("\n"):
        shown = ""
        for part in line.split("\r"):
            shown = part + shown[len(part) :]
        lines.append(shown.rstrip())
    return lines


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("slow"), SHOP, {"dashboards_src/shop.py": SLOW})


def test_progress_is_shown_and_goes_away(slow: Path) -> None:
    code, out, said = run(slow, "build", "--no-cache")
    assert (code, out) == (0, b"")
    assert re.search(r"reading modules … \d+ s", said.decode())
    assert screen(said)[:2] == ["spoken", "and again"]
    assert re.fullmatch(r"2 files, \d changed", screen(said)[2])


@pytest.mark.parametrize("shown_as", ["json", "github", "sarif"])
def test_progress_leaves_stdout_alone(slow: Path, shown_as: str) -> None:
    _, out, _ = run(slow, "build", "--no-cache", "--format", shown_as)
    assert "…".encode() not in out


def test_progress_of_a_quiet_build_is_not_shown(slow: Path) -> None:
    assert run(slow, "--quiet", "build", "--no-cache") == (0, b"", b"spoken\nand again\n")


def test_progress_is_not_in_a_log(slow: Path) -> None:
    assert b"\r" not in run(slow, "build", "--no-cache", terminal=False)[2]


def test_progress_goes_away_before_an_error(slow: Path) -> None:
    (slow / "build2").write_text("")
    (slow / "pyproject.toml").write_text('[tool.obskit]\nout = "build2"\n')
    code, _, said = run(slow, "build", "--no-cache")
    assert (code, screen(said)[2]) == (2, 'obskit: error: the output folder "build2" cannot be used: "build2" is not a folder')
    (slow / "pyproject.toml").write_text("[tool.obskit]\n")
