"""Builds that are killed, and builds and watches at once: commands as processes, on a project of some dozens of files."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import killing
import pytest
from killing import set_version, sources, temporaries
from project import BUILT, ENTRY, REPOSITORY, SHOP, obskit, process, tree, write
from test_watch import titled
from watched import watching

pytestmark = pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="builds are forked, which this system cannot")


def test_build_that_is_killed_leaves_whole_files_that_no_check_mistakes(tmp_path: Path) -> None:
    found = killing.run(tmp_path, 25, seed=3, timeout=600)
    assert found["kills"] - found["killed in vain"] >= 15
    assert found["temporaries"] > 0, "no kill landed while files were being written: nothing is proved"


def test_check_does_not_take_over_what_a_killed_build_left(tmp_path: Path) -> None:
    """Else a check would remember that all is well, and no build would look again."""
    write(tmp_path, SHOP)
    obskit(tmp_path, "build")
    left = tmp_path / (BUILT[1].rpartition("/")[0] + "/.shop.yaml.1.old.obskit-tmp")
    left.write_text("old")
    assert obskit(tmp_path, "build", "--check").code == 0
    assert left.exists()
    assert obskit(tmp_path, "build").code == 0
    assert not left.exists()


def test_builds_at_once_end_in_the_build_of_the_sources(tmp_path: Path) -> None:
    """Three at a time, whose sources change under them."""
    write(tmp_path, sources())
    known = {"PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"}
    for version in (1, 2, 1):
        set_version(tmp_path, version)
        command = [sys.executable, *ENTRY, "build", "--no-cache"]
        builds = [subprocess.Popen(command, cwd=tmp_path, env=known, stderr=subprocess.PIPE, text=True) for _ in range(3)]
        said = [build.communicate(timeout=300)[1].strip() for build in builds]
        assert [build.returncode for build in builds] == [0, 0, 0], said
        assert sorted("0 changed" in line for line in said) == [False, True, True], "one changes everything, two find it done"
    built = tree(tmp_path / "build")
    assert temporaries(tmp_path) == []
    write(tmp_path / "fresh", sources())
    set_version(tmp_path / "fresh", 1)
    assert obskit(tmp_path / "fresh", "build").code == 0
    assert tree(tmp_path / "fresh/build") == built


def test_builds_and_a_watch_at_once_end_in_the_build_of_the_sources(tmp_path: Path) -> None:
    chance = random.Random(2)
    write(tmp_path, SHOP)
    with watching(tmp_path) as watch:
        for number in range(6):
            write(tmp_path, {"dashboards_src/shop.py": titled(f"Round {number}")})
            assert process(tmp_path, "build", *chance.choice(((), ("--no-cache",), ("--only", "rules")))).code == 0
        write(tmp_path, {"rules_src/last.py": ""})
        watch.line(holding="rules_src/last.py")
        assert process(tmp_path, "build", "--check").code == 0
        assert process(tmp_path, "build", "--check", "--no-cache").code == 0
        assert watch.end()[0] == 0
    assert temporaries(tmp_path) == []
