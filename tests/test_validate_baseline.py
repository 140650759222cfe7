"""`obskit validate --baseline`: what is known of foreign files is counted, what is new fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from project import Ran, obskit, tree, write

BOARD = {"title": "Old", "uid": "old", "schemaVersion": 39, "panels": []}


def board(*exprs: str) -> str:
    panels = [
        {"id": number, "type": "timeseries", "title": f"P{number}", "gridPos": {"x": 0, "y": 8 * number, "w": 12, "h": 8},
         "targets": [{"expr": expr, "refId": "A"}]}
        for number, expr in enumerate(exprs, 1)
    ]  # fmt: skip
    return json.dumps({**BOARD, "panels": panels})


WRONG, OTHER = "sum(rate(a[5m])", "sum(rate(b[5m])"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two files with an error each, known."""
    monkeypatch.chdir(write(tmp_path, {"in/a.json": board(WRONG), "in/b.json": board(WRONG).replace("old", "other")}))
    assert obskit(None, "validate", "in").code == 1
    assert known("--write-baseline").code == 0
    return tmp_path


def known(*arguments: str, path: str = "in") -> Ran:
    return obskit(None, "validate", path, "--baseline", "known.json", *arguments)


def entries(root: Path) -> list[str]:
    return sorted({row["path"] for row in json.loads((root / "known.json").read_text())["findings"]})


def test_what_is_known_is_counted_and_not_shown(here: Path) -> None:
    ran = known()
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith(" in the baseline\n")


def test_what_is_new_fails_alone(here: Path) -> None:
    write(here, {"in/a.json": board(WRONG, OTHER)})
    ran = known()
    assert (ran.code, ran.out.count(": error: "), 'panel "P2"' in ran.out) == (1, 1, True)


def test_what_is_mended_is_told(here: Path) -> None:
    write(here, {"in/a.json": board("sum(rate(a[5m]))")})
    ran = known()
    hint = "    hint: write the baseline again: obskit validate … --baseline known.json --write-baseline\n"
    assert (ran.code, " fixed [baseline]" in ran.out, hint in ran.out) == (0, True, True)


def test_files_that_are_not_read_are_neither_fixed_nor_dropped(here: Path) -> None:
    assert known(path="in/a.json").out == ""
    known("--write-baseline", path="in/a.json")
    assert entries(here) == ["in/a.json", "in/b.json"]


def test_files_that_are_gone_are_dropped(here: Path) -> None:
    (here / "in/b.json").unlink()
    assert "[baseline]" in known().out
    known("--write-baseline")
    assert entries(here) == ["in/a.json"]


def test_baseline_is_all_that_is_written(here: Path) -> None:
    before = tree(here)
    known("--write-baseline")
    assert tree(here) == before


def test_baseline_that_is_missing_is_an_error_with_a_hint(here: Path) -> None:
    ran = obskit(None, "validate", "in", "--baseline", "none.json")
    assert (ran.code, "write it: obskit validate … --baseline none.json --write-baseline" in ran.err) == (2, True)


def test_file_that_is_no_baseline_is_left_as_it_is(here: Path) -> None:
    before = tree(here)
    ran = obskit(None, "validate", "in", "--baseline", "in/a.json", "--write-baseline")
    assert (ran.code, "is no baseline of obskit" in ran.err, tree(here) == before) == (2, True, True)


def test_writing_needs_a_file(here: Path) -> None:
    assert obskit(None, "validate", "in", "--write-baseline").code == 2


def test_a_file_that_cannot_be_read_is_known_too(here: Path) -> None:
    write(here, {"in/c.yaml": "groups: [\n"})
    assert known().code == 1
    known("--write-baseline")
    assert known().code == 0
