"""Loading is fresh each time and leaves no trace."""

from __future__ import annotations

import importlib
import os
import py_compile
import sys
from pathlib import Path
from types import ModuleType

import pytest
from author import loaded, module, names, project

from obskit import collect
from obskit.origin import Origin
from obskit.source.finder import importing
from obskit.source.ground import Ground
from obskit.source.modules import load


def test_a_second_load_is_fresh(tmp_path: Path) -> None:
    for which in ("one", "two"):
        files = {"src/a.py": "from common import w\nfrom lib.x import v", "src/common.py": f"w = {which!r}", "lib/x.py": f"v = {which!r}"}
        a = module(loaded(tmp_path / which, files), "src.a")
        assert (a.w, a.v) == (which, which)


def test_loading_leaves_the_import_system_as_it_was(tmp_path: Path) -> None:
    before = (list(sys.meta_path), list(sys.path), set(sys.modules), os.getcwd())
    loaded(tmp_path, {"src/a.py": "import common, lib.x, sub.s", "src/common.py": "1/0", "lib/x.py": "", "src/sub/s.py": ""})
    loaded(tmp_path, {"src/a.py": "import common, lib.x, sub.s", "src/common.py": ""})
    assert (list(sys.meta_path), list(sys.path), set(sys.modules), os.getcwd()) == before


def test_loading_puts_back_what_it_displaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = ModuleType("src")
    monkeypatch.setitem(sys.modules, "src", mine)
    assert names(loaded(tmp_path, {"src/a.py": ""})) == ["src.a"]
    assert sys.modules["src"] is mine


def test_an_interrupt_passes_and_leaves_no_trace(tmp_path: Path) -> None:
    before = (list(sys.meta_path), set(sys.modules))
    with pytest.raises(KeyboardInterrupt):
        loaded(tmp_path, {"src/a.py": "raise KeyboardInterrupt"})
    assert (list(sys.meta_path), set(sys.modules)) == before


def test_a_module_gets_back_the_folder_and_path_an_earlier_one_changed(tmp_path: Path) -> None:
    before = (os.getcwd(), "/nowhere" in sys.path)
    a, b = "import os, sys\nos.chdir('/')\nsys.path.insert(0, '/nowhere')", "import os, sys\nseen = os.getcwd(), '/nowhere' in sys.path"
    assert module(loaded(tmp_path, {"src/a.py": a, "src/b.py": b}), "src.b").seen == before


@pytest.mark.parametrize("path", ["src/a.py", "src/sub/c.py", "lib/a.py"])
def test_a_stale_pyc_is_not_used(tmp_path: Path, path: str) -> None:
    root = project(tmp_path, {path: "x = 1", "src/z.py": f"import {path[:-3].replace('/', '.')} as m\nx = m.x"})
    file = root / path
    py_compile.compile(str(file), doraise=True)
    stamp = file.stat()
    file.write_text("x = 2", encoding="utf-8")
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert module(load(root, ["src"]), "src.z").x == 2


def test_no_pyc_is_written(tmp_path: Path) -> None:
    loaded(tmp_path, {"src/a.py": "import lib.x, c", "src/c.py": "", "lib/x.py": ""})
    assert list(tmp_path.rglob("*.pyc")) == []


def test_other_files_are_those_outside_the_source_folders(tmp_path: Path) -> None:
    sources = {"src/a.py": "import lib.x, c", "src/c.py": "import conf", "src/b.py": "import bad"}
    others = {"lib/x.py": "", "lib/unused.py": "", "conf.py": "", "bad.py": "1/0"}
    assert loaded(tmp_path, sources | others).other_files == (tmp_path / "bad.py", tmp_path / "conf.py", tmp_path / "lib" / "x.py")


def test_importing_knows_the_path_of_a_module(tmp_path: Path) -> None:
    project(tmp_path, {"src/a.py": "import lib", "lib.py": ""})
    with importing(tmp_path, ["src"]) as imports:
        importlib.import_module("src.a")
    assert imports.paths == {"src.a": tmp_path / "src" / "a.py", "lib": tmp_path / "lib.py"}


def test_importing_puts_back_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(project(tmp_path, {"src/a.py": ""}))
    before = list(sys.path)
    with importing(tmp_path, ["src"]):
        importlib.import_module("src.a")
        assert str(tmp_path) not in sys.path
    assert sys.path == before


@pytest.mark.parametrize("path", ["env/lib/x.py", ".venv/lib/python3.11/site-packages/x.py"])
def test_a_python_inside_the_project_is_not_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "env"))
    assert Ground.of(tmp_path, ["src"]).inside(str(tmp_path / path)) is None


def test_obskit_stays_loaded_in_its_own_project() -> None:
    with importing(Path(collect.__file__).parents[1], ["no_such_folder"]):
        assert importlib.import_module("obskit.collect") is collect


def test_what_modules_print_goes_to_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loaded(tmp_path, {"src/a.py": "print('hello')"})
    assert capsys.readouterr() == ("", "hello\n")


def test_a_value_knows_its_line_while_modules_load(tmp_path: Path) -> None:
    waive = module(loaded(tmp_path, {"src/a.py": "from obskit.waiver import Waive\n\nw = Waive('x', 'y')"}), "src.a").w
    assert waive.origin == Origin("src/a.py", 3)
