"""Golden stories: a tiny project, a command, and exactly what comes of it.

`tests/golden/<story>/` holds `project/`, `command` (what follows `obskit`; of several lines the last one counts), perhaps
`before/` (files put over the project first), and what is expected: `stdout`, `stderr`, `exit` and `build/`. Files of
`mended/`, put over the project, leave the command nothing to find: not even an info.
`OBSKIT_GOLDEN=write pytest tests/test_golden.py` writes the expectations anew; review the difference.
"""

from __future__ import annotations

import difflib
import os
import shlex
import shutil
from pathlib import Path

import pytest
from project import Ran, obskit, tree

STORIES = tuple(sorted(path for path in (Path(__file__).parent / "golden").iterdir() if (path / "command").is_file()))
MENDED = tuple(story for story in STORIES if (story / "mended").is_dir())
ONLY_BUILD = frozenset({"plain_grafanalib"})
"""Stories whose messages may change with every new check: they must hold no error, that is all."""


def ran_with(story: Path, root: Path, *parts: str) -> Ran:
    """The story's last command, over these of its parts."""
    for part in parts:
        if (story / part).is_dir():
            shutil.copytree(story / part, root, dirs_exist_ok=True)
    ran = Ran(0, "", "")
    for line in (story / "command").read_text("utf-8").splitlines():
        ran = obskit(root, *shlex.split(line))
    return ran


def told(story: Path, root: Path) -> dict[str, str]:
    """What comes of the story: text by file name."""
    ran = ran_with(story, root, "project", "before")
    files = {f"build/{path}": data.decode() for path, data in tree(root / "build").items()} if (root / "build").is_dir() else {}
    if story.name in ONLY_BUILD:
        assert "error" not in ran.out + ran.err
        return {"exit": f"{ran.code}\n", **files}
    return {"exit": f"{ran.code}\n", "stdout": ran.out, "stderr": ran.err, **files}


def expected(story: Path) -> dict[str, str]:
    files = {path: data.decode() for path, data in tree(story).items()}
    return {path: text for path, text in files.items() if path.startswith("build/") or path in ("exit", "stdout", "stderr")}


def difference(wanted: dict[str, str], got: dict[str, str]) -> str:
    lines: list[str] = []
    for path in sorted(wanted.keys() | got.keys()):
        before, after = (side.get(path, "(no such file)\n").splitlines(keepends=True) for side in (wanted, got))
        lines += difflib.unified_diff(before, after, f"expected/{path}", f"got/{path}")
    return "".join(lines)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the story takes place, and where the files are that its command names."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(story: Path, root: Path) -> None:
    got = told(story, root)
    if os.environ.get("OBSKIT_GOLDEN") == "write":
        rewrite(story, got)
    assert difference(expected(story), got) == ""


@pytest.mark.parametrize("story", MENDED, ids=lambda story: story.name)
def test_mended_story_has_no_finding(story: Path, root: Path) -> None:
    ran = ran_with(story, root, "project", "before", "mended")
    linted = obskit(root, "lint")
    assert (ran.code, ran.out, linted.code, linted.out) == (0, "", 0, "")


def rewrite(story: Path, got: dict[str, str]) -> None:
    shutil.rmtree(story / "build", ignore_errors=True)
    for path, text in got.items():
        (story / path).parent.mkdir(parents=True, exist_ok=True)
        (story / path).write_text(text, "utf-8")


def test_difference_shows_what_changed() -> None:
    shown = difference({"exit": "0\n", "gone": "x\n"}, {"exit": "1\n"})
    lines = [line for line in shown.splitlines() if line[0] in "+-" and line[:3] not in ("+++", "---")]
    assert lines == ["-0", "+1", "-x", "+(no such file)"]
