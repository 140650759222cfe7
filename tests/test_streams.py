"""Standard streams that end early or were never open: no traceback, and an exit code that says what happened."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from project import REPOSITORY, SHOP, obskit, write

BROKEN = "obskit: error: cannot write the output: bad file descriptor\n"


def shell(folder: Path, line: str) -> tuple[int, str, str]:
    """A line of bash in which `$OBSKIT` is the command; the code is that of its first part."""
    variables = {**os.environ, "OBSKIT": f"{sys.executable} -m obskit", "PYTHONPATH": str(REPOSITORY)}
    command = ["bash", "--norc", "-c", f"{line}; exit ${{PIPESTATUS[0]}}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False, env=variables)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    write(tmp_path, SHOP)
    assert obskit(tmp_path, "build").code == 0
    return tmp_path


@pytest.mark.parametrize(("command", "code"), [("lint --list", 0), ("catalog", 0), ("lint --format sarif", 0), ("diff HEAD~1000", 2)])
def test_reader_that_leaves_early_changes_no_exit_code(shop: Path, command: str, code: int) -> None:
    ran = shell(shop, f"$OBSKIT {command} | true")
    assert (ran[0], ran[1], "Traceback" in ran[2], "BrokenPipe" in ran[2]) == (code, "", False, False)


def test_answer_no_stays_no_for_a_reader_that_leaves_early(shop: Path) -> None:
    write(shop, {"dashboards_src/wrong.py": "x = 1 / 0\n" * 3})
    assert shell(shop, "$OBSKIT lint --format json | head -c 1")[0] == 1


def test_watch_ends_when_its_reader_leaves(shop: Path) -> None:
    write(shop, {"dashboards_src/wrong.py": "x = 1 / 0\n"})
    assert shell(shop, "$OBSKIT build --watch | true")[0] == 0


@pytest.mark.parametrize("command", ["validate -", "import -", "query promql", "catalog scrape -", "init x --from-metrics -"])
def test_closed_stdin_has_nothing_to_read(shop: Path, command: str) -> None:
    code, _, err = shell(shop, f"$OBSKIT {command} <&-")
    assert (code in (0, 1, 2), "Traceback" in err) == (True, False), err


@pytest.mark.parametrize("command", ["lint --list", "catalog", "lint --format json"])
def test_closed_stdout_is_an_output_that_cannot_be_written(shop: Path, command: str) -> None:
    assert shell(shop, f"$OBSKIT {command} >&-") == (3, "", BROKEN)


def test_closed_stdout_does_not_matter_to_who_writes_nothing_there(shop: Path) -> None:
    assert shell(shop, "$OBSKIT build --check >&-")[0] == 0
    assert shell(shop, "$OBSKIT nonsense >&- 2>&-") == (2, "", "")
