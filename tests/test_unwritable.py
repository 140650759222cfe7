"""Builds on a disk that is full, and in folders that may not be written: one clear message, and nothing lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from killing import set_version, sources, temporaries
from project import BUILT, ENTRY, REPOSITORY, SHOP, Ran, process, tree, write
from test_watch import titled


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A built project on a file system that can be filled to the last block."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1500k", "obskit-test", str(place)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a tmpfs needs root")
    try:
        write(place, sources())
        set_version(place, 1)
        assert process(place, "build").code == 0
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path, *, leave: int) -> Path:
    """A file that takes what is left but some bytes."""
    filler = place / "filler"
    with filler.open("wb") as file:
        free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize
        file.write(b"x" * max(0, free - leave))
    return filler


@pytest.mark.parametrize("leave", [0, 65536])
def test_build_on_a_full_disk_changes_nothing_and_says_so(small_disk: Path, leave: int) -> None:
    """Wherever in the build the space runs out."""
    before = tree(small_disk / "build")
    set_version(small_disk, 2)
    filler = fill(small_disk, leave=leave)
    ran = process(small_disk, "build")
    assert (ran.code, ran.out) == (2, "")
    assert ": no space left on the disk\n    hint: free some space, then build again\n" in ran.err
    assert ran.err.startswith("obskit: error: cannot ")
    assert tree(small_disk / "build") == before
    assert temporaries(small_disk) == []
    assert process(small_disk, "build", "--check").code == 1, "the old output is not taken for the new"
    filler.unlink()
    assert process(small_disk, "build").code == 0
    assert process(small_disk, "build", "--check", "--no-cache").code == 0


def test_build_without_a_change_works_on_a_full_disk(small_disk: Path) -> None:
    (small_disk / ".obskit/lock").unlink()
    fill(small_disk, leave=0)
    assert process(small_disk, "build") == Ran(0, "", "46 files, 0 changed\n")
    assert process(small_disk, "build", "--no-cache") == Ran(0, "", "46 files, 0 changed\n")


BOUND = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-dac_override,-dac_read_search,-fowner")
"""Root, bound by the modes of its own files as any user is."""


def unprivileged(root: Path, *arguments: str) -> Ran:
    """The command as somebody whom modes bind."""
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"}
    bound = BOUND if os.geteuid() == 0 else ()
    done = subprocess.run([*bound, sys.executable, *ENTRY, *arguments], cwd=root, env=known, capture_output=True, text=True, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Path]:
    """A built project of somebody whom modes bind."""
    if not hasattr(os, "geteuid") or (os.geteuid() == 0 and not shutil.which("setpriv")):
        pytest.skip("nothing here binds this user to the modes of files")
    write(tmp_path, SHOP)
    ran = unprivileged(tmp_path, "build")
    if ran.code == 127 or "setpriv:" in ran.err:
        pytest.skip(f"root cannot be bound to the modes of files: {ran.err}")
    assert ran.code == 0, ran.err
    yield tmp_path
    allow(tmp_path)


def allow(root: Path) -> None:
    os.chmod(root, 0o755)
    for folder, folders, _ in os.walk(root):
        for name in folders:
            os.chmod(os.path.join(folder, name), 0o755)


def rule_folder(root: Path) -> None:
    (root / BUILT[1]).parent.chmod(0o555)


def output_folder(root: Path) -> None:
    shutil.rmtree(root / "build")
    (root / "build").mkdir(mode=0o555)


def unreadable_folder(root: Path) -> None:
    (root / BUILT[1]).parent.chmod(0)


def state_folder(root: Path) -> None:
    shutil.rmtree(root / ".obskit")
    root.chmod(0o555)


FORBIDDEN: tuple[tuple[Callable[[Path], None], str], ...] = (
    (rule_folder, 'cannot write in "build/prometheus/rules": permission denied'),
    (output_folder, 'cannot write in "build": permission denied'),
    (unreadable_folder, 'cannot read the output folder "build": permission denied'),
    (state_folder, ".obskit\": permission denied"),
)


@pytest.mark.parametrize(("forbid", "message"), FORBIDDEN, ids=[row[0].__name__ for row in FORBIDDEN])
def test_build_that_may_not_write_says_where_and_changes_nothing(mine: Path, forbid: Callable[[Path], None], message: str) -> None:
    write(mine, {"rules_src/shop.py": SHOP["rules_src/shop.py"].replace("0.10", "0.20"), "dashboards_src/shop.py": titled("Other")})
    forbid(mine)
    before = tree(mine / "build")
    ran = unprivileged(mine, "build")
    assert (ran.code, ran.out, message in ran.err) == (2, "", True), ran.err
    assert "hint: check who owns the folder" in ran.err
    assert tree(mine / "build") == before
    allow(mine)
    assert unprivileged(mine, "build").code == 0
    assert unprivileged(mine, "build", "--check", "--no-cache").code == 0


def test_check_of_a_project_that_may_not_be_written_answers(mine: Path) -> None:
    state_folder(mine)
    assert unprivileged(mine, "build", "--check") == Ran(0, "", "2 files, 0 changed\n")
    mine.chmod(0o755)
    write(mine, {"rules_src/shop.py": str(SHOP["rules_src/shop.py"]).replace("0.10", "0.20")})
    mine.chmod(0o555)
    assert unprivileged(mine, "build", "--check").code == 1


@pytest.mark.parametrize("mode", [0o444, 0o000], ids=["read-only", "unreadable"])
def test_build_replaces_a_file_that_may_not_be_written_for_the_folder_may(mine: Path, mode: int) -> None:
    write(mine, {"dashboards_src/shop.py": titled("Other")})
    (mine / BUILT[0]).chmod(mode)
    assert unprivileged(mine, "build") == Ran(0, "", "2 files, 1 changed\n")
    assert '"Other"' in (mine / BUILT[0]).read_text()
