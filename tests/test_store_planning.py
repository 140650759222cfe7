"""A plan compares artifacts with what is on disk, and owns nothing that no territory gives it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from store_trees import BOARDS, BOTH, ENVIRONMENT, TARGET, board, build, kinds, put, rule, tree

from obskit.artifact import Artifact, Territory
from obskit.store import plan


def test_plan_of_an_empty_project_adds_everything_in_path_order(tmp_path: Path) -> None:
    made = plan(tmp_path, "build", [rule("a.yaml"), board("b.json"), board("a.json")], BOTH)
    assert [(change.path, change.kind) for change in made.changes] == [
        ("grafana/dashboards/a.json", "added"),
        ("grafana/dashboards/b.json", "added"),
        ("prometheus/rules/a.yaml", "added"),
    ]


def test_plan_writes_nothing(tmp_path: Path) -> None:
    plan(tmp_path, "build", [board("a.json")], BOTH)
    assert tree(tmp_path) == {}


BEFORES: tuple[tuple[str, bytes, str, str | None], ...] = (
    ("equal text", b"new\n", "same", "new\n"),
    ("other text", b"old\n", "changed", "old\n"),
    ("other line ends", b"new\r\n", "changed", "new\r\n"),
    ("a byte order mark", b"\xef\xbb\xbfnew\n", "changed", "\ufeffnew\n"),
    ("no utf-8", b"\xff\xfe", "changed", "\ufffd\ufffd"),
    ("nothing", b"", "changed", ""),
)


@pytest.mark.parametrize(("content", "kind", "before"), [row[1:] for row in BEFORES], ids=[row[0] for row in BEFORES])
def test_plan_compares_bytes(tmp_path: Path, content: bytes, kind: str, before: str | None) -> None:
    put(tmp_path, "build/grafana/dashboards/a.json", content)
    (change,) = plan(tmp_path, "build", [board("a.json", "new\n")], BOTH).changes
    assert (change.kind, change.before, change.after) == (kind, before, "new\n")


def test_plan_carries_the_sources_of_an_artifact(tmp_path: Path) -> None:
    made = Artifact(path="grafana/dashboards/a.json", text="\n", format="dashboards", sources=("dashboards_src/a.py",))
    assert plan(tmp_path, "build", [made], BOTH).changes[0].sources == ("dashboards_src/a.py",)


def test_plan_removes_owned_files_at_any_depth(tmp_path: Path) -> None:
    put(tmp_path, "build/grafana/dashboards/x/y/stale.json")
    assert [(c.path, c.kind, c.before, c.after) for c in plan(tmp_path, "build", [], BOTH).changes] == [
        ("grafana/dashboards/x/y/stale.json", "removed", "old\n", None)
    ]


@pytest.mark.parametrize(
    "path",
    [
        "build/prometheus/rules/kept.yaml",  # owned by a format that this build leaves out
        "build/prometheus/kept.json",
        "build/env/prod/grafana/dashboards/kept.json",
        "build/grafana/dashboards-more/kept.json",
        "build/grafana/dashboards/kept.txt",
        "build/grafana/dashboards/.kept.json",
        "build/grafana/dashboards/.hidden/kept.json",
        "grafana/dashboards/kept.json",
    ],
)
def test_apply_keeps_what_no_given_territory_owns(tmp_path: Path, path: str) -> None:
    kept = put(tmp_path, path)
    build(tmp_path, board("a.json"), territories=(BOARDS,))
    assert kept.read_text() == "old\n"


def test_plan_reports_strangers_but_no_dot_files(tmp_path: Path) -> None:
    put(tmp_path, "build/grafana/dashboards/notes.txt")
    put(tmp_path, "build/grafana/dashboards/.gitkeep")
    put(tmp_path, "elsewhere/x.json")
    (tmp_path / "build/grafana/dashboards/link.json").symlink_to("notes.txt")
    (tmp_path / "build/grafana/dashboards/linked").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / "build/grafana/dashboards/pipe.json")
    made = plan(tmp_path, "build", [], BOTH)
    assert made.strangers == tuple(f"grafana/dashboards/{name}" for name in ("link.json", "linked", "notes.txt", "pipe.json"))


def test_plan_does_not_remove_strangers(tmp_path: Path) -> None:
    put(tmp_path, "build/grafana/dashboards/notes.txt")
    (tmp_path / "build/grafana/dashboards/link.json").symlink_to("notes.txt")
    before = tree(tmp_path)
    build(tmp_path)
    assert tree(tmp_path) == before


def test_plan_lets_a_second_suffix_in_one_folder_be_owned(tmp_path: Path) -> None:
    put(tmp_path, "build/grafana/dashboards/a.svg")
    pictures = Territory(format="pictures", folder="grafana/dashboards", suffix=".svg")
    made = plan(tmp_path, "build", [], (BOARDS, pictures))
    assert (kinds(made), made.strangers) == ({"a.svg": "removed"}, ())


def test_plan_takes_an_output_folder_that_is_a_link_inside_the_project(tmp_path: Path) -> None:
    (tmp_path / "generated").mkdir()
    (tmp_path / "build").symlink_to("generated")
    build(tmp_path, board("a.json"))
    assert (tmp_path / "generated/grafana/dashboards/a.json").read_text() == "{}\n"


def test_apply_replaces_a_link_to_another_output_by_a_file(tmp_path: Path) -> None:
    put(tmp_path, "build/grafana/dashboards/b.json", "{}\n")
    (tmp_path / "build/grafana/dashboards/a.json").symlink_to("b.json")
    made = build(tmp_path, board("a.json"), board("b.json"))
    assert (kinds(made), made.strangers) == ({"a.json": "changed", "b.json": "same"}, ())
    assert not (tmp_path / "build/grafana/dashboards/a.json").is_symlink()


def test_plan_removes_a_file_that_was_renamed_in_case(tmp_path: Path) -> None:
    put(tmp_path, "build/grafana/dashboards/A.json")
    assert kinds(plan(tmp_path, "build", [board("a.json")], BOTH)) == {"A.json": "removed", "a.json": "added"}


def test_plan_does_not_remove_the_made_file_under_its_name_in_another_case(tmp_path: Path) -> None:
    os.link(put(tmp_path, TARGET), tmp_path / "build/grafana/dashboards/A.json")  # what a file system that ignores case shows
    assert kinds(plan(tmp_path, "build", [board("a.json")], BOTH)) == {"a.json": "changed"}


def test_store_is_light_to_import() -> None:
    script = "import sys; before = set(sys.modules); import obskit.store; print(*sorted(set(sys.modules) - before), sep='\\n')"
    ran = subprocess.run([sys.executable, "-S", "-c", script], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    heavy = {"json", "hashlib", "tempfile", "shutil", "difflib", "datetime", "subprocess", "importlib.metadata", "yaml", "pathlib"}
    assert not heavy & set(ran.stdout.split())
