"""Same declarations, same bytes: whatever the clock, the place, the locale, the hash seed or the order of the files."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from project import REPOSITORY, SHOP, Files, Ran, obskit, process, tree, write

MORE: Files = {
    "dashboards_src/team/more.py": """\
from obskit.dashboards import *
from rules_src.catalog.shop import requests

tags = {"one", "two", "three"}
more = dashboard("Mehr 数", uid="more", description="More.", tags=sorted(tags), panels=[
    row("Rows", [timeseries(f"Panel {n}", requests.rate().sum(by="endpoint"), key=f"panel-{n}") for n in range(5)], collapsed=True),
    stat("Ümläut", requests.rate().sum()),
    table("Table", requests.rate().sum(by=("endpoint", "status_code"))),
])
""",
    "rules_src/more.py": """\
from obskit.rules import Alert, Record, RuleGroup
from rules_src.catalog.shop import requests

records = [Record(name=f"{by}:shop_requests:rate5m", expr=requests.rate().sum(by=by).over("5m")) for by in ("job", "endpoint")]
alert = Alert(name="Ümläut", expr="up == 0", labels={"b": "2", "a": "1"}, severity="warning", summary="数", description="two\\nlines")
group = RuleGroup("more", rules=(*records, alert))
""",
}
ALL: Files = {**SHOP, **MORE}
ENVIRONMENTS: list[Mapping[str, str]] = [
    {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    {"NO_COLOR": "1", "COLUMNS": "20", "HOSTNAME": "elsewhere", "USER": "nobody", "HOME": "/nonexistent", "PYTHONOPTIMIZE": "2"},
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = write(tmp_path_factory.mktemp("built"), ALL)
    assert obskit(root, "build") == Ran(0, "", "4 files, 4 changed\n")
    return tree(root / "build")


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=str)
def test_bytes_do_not_depend_on_the_environment(tmp_path: Path, built: dict[str, bytes], environment: Mapping[str, str]) -> None:
    write(tmp_path, ALL)
    assert process(tmp_path, "build", environment=environment) == Ran(0, "", "4 files, 4 changed\n")
    assert tree(tmp_path / "build") == built


@pytest.mark.parametrize(
    ("place", "arguments"),
    [("dashboards_src/team", ("build",)), ("rules_src", ("--project", "..", "build")), ("..", ("--project", "project", "build"))],
)
def test_bytes_do_not_depend_on_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, built: dict[str, bytes], place: str, arguments: tuple[str, ...]
) -> None:
    root = write(tmp_path / "project", ALL)
    monkeypatch.chdir(root / place)
    assert obskit(None, *arguments).code == 0
    assert tree(root / "build") == built


def test_bytes_do_not_depend_on_where_the_project_lies(tmp_path: Path, built: dict[str, bytes]) -> None:
    root = write(tmp_path / "a place" / "with.dots" / "and 数", ALL)
    assert obskit(root, "build").code == 0
    assert tree(root / "build") == built


def test_bytes_do_not_depend_on_the_order_files_were_created_in(tmp_path: Path, built: dict[str, bytes]) -> None:
    for path in sorted(ALL, reverse=True):
        write(tmp_path, {path: ALL[path]})
    assert obskit(tmp_path, "build").code == 0
    assert tree(tmp_path / "build") == built


def test_bytes_do_not_depend_on_what_the_process_built_before(tmp_path: Path, built: dict[str, bytes]) -> None:
    other = write(tmp_path / "other", SHOP, {"dashboards_src/shop.py": str(SHOP["dashboards_src/shop.py"]).replace("Traffic", "Other")})
    root = write(tmp_path / "project", ALL)
    assert (obskit(other, "build").code, obskit(root, "build").code) == (0, 0)
    assert tree(root / "build") == built


AGAIN = [("build",), ("build", "--no-cache"), ("build", "--check"), ("build", "--check", "--no-cache")]


@pytest.mark.parametrize("again", AGAIN, ids=" ".join)
def test_second_build_changes_nothing(tmp_path: Path, again: tuple[str, ...]) -> None:
    write(tmp_path, ALL)
    obskit(tmp_path, "build")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "build").rglob("*") if path.is_file()}
    assert obskit(tmp_path, *again) == Ran(0, "", "4 files, 0 changed\n")
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "build").rglob("*") if path.is_file()} == before


def test_new_times_as_git_gives_them_change_nothing(tmp_path: Path) -> None:
    root = write(tmp_path / "project", ALL)
    obskit(root, "build")
    clone = tmp_path / "clone"
    shutil.copytree(root, clone, ignore=shutil.ignore_patterns(".obskit"), copy_function=shutil.copyfile)
    for place in clone.rglob("*"):
        os.utime(place, (1_000_000_000, 1_000_000_000))
    assert obskit(clone, "build", "--check") == Ran(0, "", "4 files, 0 changed\n")


@pytest.mark.parametrize("beside", [".venv", ".venv-3.12", ".venv-3.13"])
def test_bytes_do_not_depend_on_the_python(tmp_path: Path, built: dict[str, bytes], beside: str) -> None:
    """Of the environments that the run of everything makes one after the other, each is held against those before it."""
    python = REPOSITORY / beside / "bin/python"
    if not python.exists() or python.parent.parent.resolve() == Path(sys.prefix).resolve():
        pytest.skip(f"{beside} is not there, or is the one that runs")
    write(tmp_path, ALL)
    assert process(tmp_path, "build", python=str(python)) == Ran(0, "", "4 files, 4 changed\n")
    assert tree(tmp_path / "build") == built
