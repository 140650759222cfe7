"""Source files: which are found, and by which module name."""

from __future__ import annotations

from pathlib import Path

import pytest
from author import loaded, only, project

from obskit.source.modules import find


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("src/a.py", ("src.a", "src", "", False)),
        ("src/a.dashboard.py", ("src.a_dashboard", "src", "", False)),
        ("src/a-b.py", ("src.a_b", "src", "", False)),
        ("src/2024.py", ("src.2024", "src", "", False)),
        ("src/shop/eu/a.py", ("src.shop.eu.a", "src", "shop/eu", False)),
        ("src/shop-eu/a.py", ("src.shop_eu.a", "src", "shop-eu", False)),
        ("src/a.alertgroup.py", ("src.a_alertgroup", "src", "", True)),
        ("src/__init__.py", ("src", "src", "", False)),
        ("obs/boards/x.py", ("obs.boards.x", "obs/boards", "", False)),
        ("my-boards/x.py", ("my_boards.x", "my-boards", "", False)),
    ],
)
def test_find_names_a_module(tmp_path: Path, path: str, expected: tuple[str, str, str, bool]) -> None:
    found = find(project(tmp_path, {path: ""}), [expected[1]])
    assert [(one.module, one.folder, one.subfolder, one.alertgroup) for one in found.files] == [expected]


@pytest.mark.parametrize("path", ["src/_a.py", "src/_p/a.py", "src/.hid/a.py", "src/__pycache__/a.py", "src/a.txt", "lib/a.py"])
def test_find_skips(tmp_path: Path, path: str) -> None:
    assert find(project(tmp_path, {path: "", "src/z.py": ""}), ["src"]).files[0].module == "src.z"


@pytest.mark.parametrize("folder", ["nowhere", "../out", "/abs/out", "file.py"])
def test_find_gives_a_missing_folder(tmp_path: Path, folder: str) -> None:
    assert find(project(tmp_path, {"file.py": ""}), [folder]).missing == (folder,)


def test_find_orders_by_module_name(tmp_path: Path) -> None:
    files = dict.fromkeys(["src/b.py", "src/a/z.py", "src/a.py", "src/a_b.py", "rules/c.py"], "")
    found = find(project(tmp_path, files), ["src", "rules"])
    assert [one.module for one in found.files] == ["rules.c", "src.a", "src.a.z", "src.a_b", "src.b"]


def test_find_gives_a_file_of_overlapping_folders_once(tmp_path: Path) -> None:
    found = find(project(tmp_path, {"obs/boards/x.py": "", "obs/y.py": ""}), ["obs", "obs/boards", "obs"])
    assert [(one.module, one.folder) for one in found.files] == [("obs.boards.x", "obs/boards"), ("obs.y", "obs")]


@pytest.mark.parametrize("link", ["src/out.py", "src/out"])
def test_find_reports_a_link_out_of_the_project(tmp_path: Path, link: str) -> None:
    root = project(tmp_path / "p", {"src/a.py": ""})
    target = project(tmp_path / "elsewhere", {"x.py": ""})
    (root / link).symlink_to(target / "x.py" if link.endswith(".py") else target)
    found = find(root, ["src"])
    assert [one.module for one in found.files] == ["src.a"]
    assert [one.message for one in found.findings] == [f'"{link}" is a link that leaves the project']


def test_find_ends_in_a_folder_linked_into_itself(tmp_path: Path) -> None:
    root = project(tmp_path, {"src/a.py": ""})
    (root / "src" / "again").symlink_to(root / "src")
    assert [one.module for one in find(root, ["src"]).files] == ["src.a"]


@pytest.mark.parametrize("pair", [("src/a.b.py", "src/a_b.py"), ("src/a.py", "src/a/__init__.py"), ("src/x-y/m.py", "src/x_y/m.py")])
def test_files_with_one_module_name_are_reported(tmp_path: Path, pair: tuple[str, str]) -> None:
    result = loaded(tmp_path, dict.fromkeys(pair, ""))
    assert (only(result).message.count(pair[0]), only(result).message.count(pair[1])) == (1, 1)
    assert [one.file.path for one in result.modules] == [pair[1]]
