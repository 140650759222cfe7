"""A plan that cannot be applied: the tree stays as it was, and the error says why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_trees import BOTH, ENVIRONMENT, board, build, kinds, put, rule, tree

from obskit.artifact import Artifact
from obskit.errors import OutputError
from obskit.store import apply, locked, plan


def started(root: Path) -> tuple[Artifact, ...]:
    """A built project, and artifacts that change, add and remove files in it."""
    build(root, board("a.json", "1\n"), board("m.json", "1\n"), board("n.json", "1\n"), board("z.json", "1\n"), rule("stale.yaml"))
    return (board("a.json", "2\n"), board("m.json", "2\n"), board("new/deep/b.json"), board("z.json", "2\n"))


def planted_folder(root: Path) -> None:
    (root / "build/grafana/dashboards/z.json").unlink()
    put(root, "build/grafana/dashboards/z.json/mine.txt")


def planted_file(root: Path) -> None:
    put(root, "build/grafana/dashboards/new")


def planted_link(root: Path) -> None:
    put(root, "outside/x")
    (root / "build/grafana/dashboards/new").symlink_to(root / "outside")


def swapped_folder(root: Path) -> None:
    (root / "build/prometheus").rename(root / "moved")
    (root / "build/prometheus").symlink_to(root / "moved")


FAULTS: tuple[tuple[Callable[[Path], None], str], ...] = (
    (planted_folder, 'cannot write "build/grafana/dashboards/z.json": a folder stands where a file must go'),
    (planted_file, 'cannot write in "build/grafana/dashboards/new": a part of the path is not a folder'),
    (planted_link, 'cannot write in "build/grafana/dashboards/new": a link stands where none may be'),
    (swapped_folder, 'cannot write in "build/prometheus/rules": a link stands where none may be'),
)


@pytest.mark.parametrize(("fault", "message"), FAULTS, ids=[row[0].__name__ for row in FAULTS])
def test_apply_that_fails_leaves_the_tree_as_it_was(tmp_path: Path, fault: Callable[[Path], None], message: str) -> None:
    made = plan(tmp_path, "build", started(tmp_path), BOTH)
    fault(tmp_path)
    before = tree(tmp_path)
    with pytest.raises(OutputError) as failed:
        apply(made)
    assert (failed.value.message, failed.value.hint != "") == (message, True)
    assert tree(tmp_path) == before


def test_apply_that_may_not_write_a_whole_file_leaves_the_tree_as_it_was(tmp_path: Path) -> None:
    started(tmp_path)
    before = tree(tmp_path)
    script = """
import resource, sys
from pathlib import Path
from obskit.artifact import Artifact, Territory
from obskit.errors import OutputError
from obskit.store import apply, plan
at = "grafana/dashboards/"
made = [Artifact(path=at + "a.json", text="2", format="d"), Artifact(path=at + "x/b.json", text="x" * 30000, format="d")]
todo = plan(Path(sys.argv[1]), "build", made, [Territory(format="d", folder="grafana/dashboards", suffix=".json")])
resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
try:
    apply(todo)
except OutputError as error:
    print(error.message)
"""
    ran = subprocess.run([sys.executable, "-c", script, str(tmp_path)], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert ran.stdout == 'cannot write "build/grafana/dashboards/x/b.json": the file is larger than this process may write\n'
    assert tree(tmp_path) == before


@pytest.fixture
def immutable() -> Iterator[Callable[[Path], None]]:
    """Make a file or folder immutable, which binds root too."""
    done: list[Path] = []

    def make(place: Path) -> None:
        if not shutil.which("chattr") or subprocess.run(["chattr", "+i", place], capture_output=True).returncode:
            pytest.skip("chattr +i needs root and a file system that knows it")
        done.append(place)

    yield make
    for place in done:
        subprocess.run(["chattr", "-i", place], check=True)


@pytest.mark.parametrize("name", ["z.json", "n.json"], ids=["replaced", "removed"])
def test_apply_that_fails_while_renaming_puts_the_old_files_back(tmp_path: Path, name: str, immutable: Callable[[Path], None]) -> None:
    made = plan(tmp_path, "build", started(tmp_path), BOTH)
    before = tree(tmp_path)
    immutable(tmp_path / "build/grafana/dashboards" / name)
    with pytest.raises(OutputError, match="operation not permitted"):
        apply(made)
    assert tree(tmp_path) == before


def test_apply_refuses_an_unwritable_folder_before_it_stages(tmp_path: Path, immutable: Callable[[Path], None]) -> None:
    made = plan(tmp_path, "build", started(tmp_path), BOTH)
    times = os.stat(tmp_path / "build/grafana/dashboards").st_mtime_ns
    immutable(tmp_path / "build/prometheus/rules")
    with pytest.raises(OutputError, match='cannot write in "build/prometheus/rules": permission denied'):
        apply(made)
    assert os.stat(tmp_path / "build/grafana/dashboards").st_mtime_ns == times


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "obskit-test", str(place)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("mounting a tmpfs needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_apply_on_a_full_disk_leaves_the_tree_as_it_was(tiny_disk: Path) -> None:
    started(tiny_disk)
    before = tree(tiny_disk)
    made = plan(tiny_disk, "build", [board("a.json", "2\n"), board("x/b.json", "x" * 100_000)], BOTH)
    with pytest.raises(OutputError, match=r'cannot write "build/grafana/dashboards/x/b\.json": no space left on the disk'):
        apply(made)
    assert tree(tiny_disk) == before


def test_apply_on_a_read_only_disk_says_so(tiny_disk: Path) -> None:
    made = plan(tiny_disk, "build", started(tiny_disk), BOTH)
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    with pytest.raises(OutputError, match='cannot write in "build/grafana/dashboards": the file system is read-only'):
        apply(made)


def test_apply_without_changes_works_on_a_read_only_disk(tiny_disk: Path) -> None:
    build(tiny_disk, board("x/a.json"))
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    assert kinds(build(tiny_disk, board("x/a.json"))) == {"a.json": "same"}


def test_lock_on_a_read_only_disk_is_optional(tiny_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    with locked(tiny_disk, optional=True) as held:
        assert not held
    with pytest.raises(OutputError, match="the file system is read-only"), locked(tiny_disk):
        pass
