"""A plan that is applied: exactly the artifacts stand there, and nothing else is touched."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_trees import BOTH, TARGET, board, build, kinds, put, tree

from obskit.store import plan


def test_apply_writes_replaces_and_deletes(tmp_path: Path) -> None:
    build(tmp_path, board("same.json"), board("changed.json", "1\n"), board("removed.json"))
    made = build(tmp_path, board("same.json"), board("changed.json", "2\n"), board("x/added.json"))
    assert kinds(made) == {"same.json": "same", "changed.json": "changed", "removed.json": "removed", "added.json": "added"}
    assert {path: value[0] for path, value in tree(tmp_path / "build").items() if isinstance(value, tuple)} == {
        "grafana/dashboards/same.json": b"{}\n",
        "grafana/dashboards/changed.json": b"2\n",
        "grafana/dashboards/x/added.json": b"{}\n",
    }


def test_apply_does_not_touch_unchanged_files(tmp_path: Path) -> None:
    build(tmp_path, board("a.json"), board("b.json", "1\n"))
    before = os.stat(tmp_path / TARGET)
    build(tmp_path, board("a.json"), board("b.json", "2\n"))
    after = os.stat(tmp_path / TARGET)
    assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (before.st_ino, before.st_mtime_ns, before.st_ctime_ns)


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o644)])
def test_apply_makes_files_0644_less_the_umask(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        build(tmp_path, board("a.json"))
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat(tmp_path / TARGET).st_mode) == mode


def test_apply_does_not_write_through_a_second_name(tmp_path: Path) -> None:
    other = put(tmp_path, "mine.json")
    (tmp_path / TARGET).parent.mkdir(parents=True)
    os.link(other, tmp_path / TARGET)
    build(tmp_path, board("a.json"))
    assert other.read_text() == "old\n"


def test_apply_drops_empty_folders_inside_territories_only(tmp_path: Path) -> None:
    build(tmp_path, board("x/y/a.json"), board("z/a.json"))
    (tmp_path / "build/other/empty").mkdir(parents=True)
    put(tmp_path, "build/grafana/dashboards/z/.gitkeep")
    build(tmp_path)
    found = {path for path, value in tree(tmp_path / "build").items() if value == "folder"}
    assert found == {"grafana", "grafana/dashboards", "grafana/dashboards/z", "other", "other/empty"}


def test_apply_deletes_a_leftover_of_a_killed_process(tmp_path: Path) -> None:
    build(tmp_path, board("a.json"))
    left = put(tmp_path, f"build/grafana/dashboards/.a.json.{os.getpid()}.obskit-tmp", "half")
    build(tmp_path, board("a.json", "new\n"))
    assert not left.exists()


def test_apply_deletes_a_leftover_when_nothing_changes(tmp_path: Path) -> None:
    build(tmp_path, board("a.json"))
    left = put(tmp_path, "build/grafana/dashboards/.b.json.1.obskit-tmp", "half")
    build(tmp_path, board("a.json"))
    assert not left.exists()


NAMES = st.sampled_from(["a.json", "b.json", "x/a.json", "x/b.json", "x/y/a.json", "z/a.json"])
TEXTS = st.sampled_from(["", "1\n", "2\n", "é\n"])
TREES = st.dictionaries(NAMES, TEXTS)


@settings(max_examples=40, deadline=None)
@given(first=TREES, second=TREES)
def test_apply_leaves_exactly_the_artifacts_and_then_all_is_same(
    tmp_path_factory: pytest.TempPathFactory, first: dict[str, str], second: dict[str, str]
) -> None:
    root = tmp_path_factory.mktemp("law")
    build(root, *(board(name, text) for name, text in first.items()))
    artifacts = [board(name, text) for name, text in second.items()]
    build(root, *artifacts)
    assert {change.kind for change in plan(root, "build", artifacts, BOTH).changes} <= {"same"}
    files = {path: value[0].decode() for path, value in tree(root / "build").items() if isinstance(value, tuple)}
    assert files == {artifact.path: artifact.text for artifact in artifacts}
