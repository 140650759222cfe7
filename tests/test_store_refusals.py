"""Paths, texts and places that no plan is made for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from store_trees import BOTH, TARGET, board, build, kinds, put, tree

from obskit.artifact import Artifact, Territory
from obskit.errors import OutputError
from obskit.origin import Origin
from obskit.store import plan

PATHS: tuple[tuple[str, str], ...] = (
    ("/grafana/dashboards/a.json", "is absolute"),
    ("grafana/dashboards/../a.json", 'holds ".."'),
    ("../a.json", 'holds ".."'),
    ("grafana/dashboards//a.json", "has an empty part"),
    ("grafana/dashboards/", "has an empty part"),
    ("", "has an empty part"),
    ("grafana/dashboards/a\\b.json", "holds a backslash"),
    ("grafana/dashboards/a\0.json", "holds a zero byte"),
    ("grafana/dashboards/./a.json", "starts with a dot"),
    ("grafana/dashboards/.a.json", "starts with a dot"),
    ("grafana/dashboards/\ud800.json", "is not text that utf-8 can hold"),
    ("grafana/dashboards/" + "a" * 251 + ".json", "more than 255 bytes"),
    ("grafana/dashboards/" + "é" * 126 + ".json", "more than 255 bytes"),
    ("grafana/a.json", "outside of what format"),
    ("prometheus/rules/a.json", "outside of what format"),
    ("grafana/dashboards/a.yaml", "outside of what format"),
    ("grafana/dashboards-more/a.json", "outside of what format"),
)


@pytest.mark.parametrize(("path", "complaint"), PATHS, ids=[ascii(row[0])[:40] for row in PATHS])
def test_plan_refuses_a_path(tmp_path: Path, path: str, complaint: str) -> None:
    with pytest.raises(OutputError, match=complaint) as refused:
        plan(tmp_path, "build", [Artifact(path=path, text="\n", format="dashboards", origin=Origin("a.py", 3))], BOTH)
    assert (refused.value.exit_code, refused.value.hint != "", refused.value.origin) == (2, True, Origin("a.py", 3))


def test_plan_takes_a_name_of_255_bytes(tmp_path: Path) -> None:
    made = (board("a" * 250 + ".json"), board("b" * 250 + ".json"), board("é" * 125 + ".json"))
    build(tmp_path, *made)
    assert {*kinds(build(tmp_path, *made)).values()} == {"same"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.json", "a.json"),
        ("a.json", "A.json"),
        ("Shop/a.json", "shop/b.json"),
        ("a.json", "a.json/b.json"),
        ("A.json", "a.json/b.json"),
        ("straße.json", "STRASSE.json"),
    ],
)
def test_plan_refuses_artifacts_that_collide(tmp_path: Path, one: str, other: str) -> None:
    made = [board(one, origin=Origin("one.py", 1)), board(other, origin=Origin("two.py", 2))]
    for pair in (made, made[::-1]):
        with pytest.raises(OutputError, match=r"made at (one\.py:1|two\.py:2)") as refused:
            plan(tmp_path, "build", pair, BOTH)
        assert refused.value.origin in (Origin("one.py", 1), Origin("two.py", 2))


def test_plan_refuses_one_artifact_given_twice(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="two artifacts have the path"):
        plan(tmp_path, "build", [board("a.json")] * 2, BOTH)


@pytest.mark.parametrize("folder", ["", "/etc", "../other", "grafana//x", ".git"])
def test_plan_refuses_a_territory_that_is_no_folder_of_the_output(tmp_path: Path, folder: str) -> None:
    with pytest.raises(OutputError):
        plan(tmp_path, "build", [], [Territory(format="x", folder=folder, suffix=".json")])


def test_plan_refuses_text_that_is_no_utf8(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="half a character at offset 1"):
        plan(tmp_path, "build", [board("a.json", "x\ud800\n")], BOTH)


def link(place: str, to: str) -> Callable[[Path, Path], None]:
    def arrange(root: Path, outside: Path) -> None:
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).symlink_to(to.format(outside=outside, root=root))

    return arrange


def file(place: str) -> Callable[[Path, Path], None]:
    return lambda root, outside: void(put(root, place))


def folder(place: str) -> Callable[[Path, Path], None]:
    return lambda root, outside: (root / place).mkdir(parents=True)


def pipe(place: str) -> Callable[[Path, Path], None]:
    def arrange(root: Path, outside: Path) -> None:
        (root / place).parent.mkdir(parents=True)
        os.mkfifo(root / place)

    return arrange


def void(value: object) -> None:
    """Drop a value where a statement is wanted."""


PLACES: tuple[tuple[str, str, Callable[[Path, Path], None], str], ...] = (
    ("out is a link outside", "build", link("build", "{outside}"), "leads outside of the project"),
    ("out is a relative link outside", "build", link("build", "../outside"), "leads outside of the project"),
    ("out is a dangling link outside", "build", link("build", "{outside}/missing"), "leads outside of the project"),
    ("a folder on the way to out", "a/build", link("a", "{outside}"), "leads outside of the project"),
    ("out and back in", "a/b", link("a", "{outside}"), '"a" is a link'),
    ("out above the project", "../build", folder("x"), "outside of the project"),
    ("out is absolute", "/somewhere", folder("x"), "outside of the project"),
    ("out is a file", "build", file("build"), "is not a folder"),
    ("out lies in a file", "a/build", file("a"), '"a" is not a folder'),
    ("out links to itself", "build", link("build", "build"), "is not a folder"),
    ("a folder inside is a link outside", "build", link("build/grafana", "{outside}"), '"grafana" in the output folder is a link'),
    ("a territory is a link outside", "build", link("build/grafana/dashboards", "{outside}"), "is a link"),
    ("an unused territory is a link outside", "build", link("build/prometheus", "{outside}"), '"prometheus" in the output folder is'),
    ("a folder inside is a link inside", "build", link("build/grafana", "{root}/build/prometheus"), "is a link"),
    ("the target is a link outside the project", "build", link(TARGET, "{outside}/a.json"), "leads outside of the output folder"),
    ("the target is a link outside of out", "build", link(TARGET, "{root}/pyproject.toml"), "leads outside of the output folder"),
    ("the target is a dangling link outside", "build", link(TARGET, "/nowhere/a.json"), "leads outside of the output folder"),
    ("the target is a folder", "build", folder(TARGET), "is a folder where a file must go"),
    ("the target is a pipe", "build", pipe(TARGET), "is not a regular file"),
    ("a folder is a file", "build", file("build/grafana/dashboards"), "is a file where a folder must go"),
    ("an upper folder is a file", "build", file("build/grafana"), "is a file where a folder must go"),
    ("a folder is a pipe", "build", pipe("build/grafana"), "is a file where a folder must go"),
)


@pytest.mark.parametrize(("out", "arrange", "complaint"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_plan_refuses_a_place(tmp_path: Path, out: str, arrange: Callable[[Path, Path], None], complaint: str) -> None:
    root, outside = tmp_path / "project", tmp_path / "outside"
    put(outside, "stale.json")
    put(root, "pyproject.toml")
    arrange(root, outside)
    before = tree(tmp_path)
    with pytest.raises(OutputError, match=complaint) as refused:
        plan(root, out, [board("a.json")], BOTH)
    assert (refused.value.exit_code, refused.value.hint != "") == (2, True)
    assert tree(tmp_path) == before


def test_plan_takes_a_project_reached_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "project").symlink_to("real")
    build(tmp_path / "project", board("a.json"))
    assert (tmp_path / "real" / TARGET).is_file()
