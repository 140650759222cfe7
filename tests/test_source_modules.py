"""Loading the modules of an author's project: names, siblings, freshness, faults."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import os
import py_compile
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from obskit import collect, rooms
from obskit.finding import Finding
from obskit.origin import Origin
from obskit.source.finder import importing
from obskit.source.ground import Ground
from obskit.source.modules import Loaded, find, load

Files = dict[str, str]


def project(root: Path, files: Files) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def loaded(root: Path, files: Files, *folders: str) -> Loaded:
    return load(project(root, files), folders or ("src",))


def only(result: Loaded) -> Finding:
    assert len(result.findings) == 1, result.findings
    return result.findings[0]


def names(result: Loaded) -> list[str]:
    assert result.findings == ()
    return [one.file.module for one in result.modules]


def module(result: Loaded, name: str) -> ModuleType:
    assert result.findings == ()
    return next(one.module for one in result.modules if one.file.module == name)


# --- what is found -------------------------------------------------------------------------------------------------


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


# --- imports between modules -----------------------------------------------------------------------------------------

IMPORTS: list[tuple[str, Files]] = [
    ("a sibling", {"src/a.py": "import common\nimport src.common\nok = common is src.common", "src/common.py": ""}),
    ("from a sibling", {"src/a.py": "from common import x\nfrom src import common\nok = common.x is x", "src/common.py": "x = object()"}),
    ("a private sibling", {"src/a.py": "import _c\nimport src._c\nok = _c is src._c", "src/_c.py": ""}),
    ("the folder's root", {"src/sub/a.py": "import common\nimport src.common as c\nok = common is c", "src/common.py": ""}),
    ("own folder first", {"src/sub/a.py": "from common import ok", "src/common.py": "ok = False", "src/sub/common.py": "ok = True"}),
    ("below a sibling", {"src/a.py": "import sub.thing\nimport src.sub.thing as t\nok = sub.thing is t", "src/sub/thing.py": ""}),
    ("from a folder", {"src/a.py": "from sub import thing\nimport src.sub.thing as t\nok = thing is t", "src/sub/thing.py": ""}),
    ("relative", {"src/a.py": "from . import common as r\nimport common\nok = r is common", "src/common.py": ""}),
    ("by import_module", {"src/a.py": "import importlib\nok = importlib.import_module('c').__name__ == 'src.c'", "src/c.py": ""}),
    ("a dotted file name", {"src/a.py": "import b_dashboard as b\nok = b.__name__ == 'src.b_dashboard'", "src/b.dashboard.py": ""}),
    ("the other folder", {"src/a.py": "from rules.r import ok", "rules/r.py": "ok = True"}),
    ("a package of the root", {"src/a.py": "from lib.x import ok", "lib/x.py": "from lib.y import ok", "lib/y.py": "ok = True"}),
    ("a module of the root", {"src/a.py": "from conf import ok", "conf.py": "ok = True"}),
    ("a package with code", {"src/sub/a.py": "import src.sub\nok = src.sub.here", "src/sub/__init__.py": "here = True"}),
    ("a module beside its folder", {"src/m.py": "from .c import x", "src/c.py": "x = 1", "src/m/n.py": "",
     "src/a.py": "import src.m.n, src.m\nok = src.m.x == 1"}),
    ("a circle", {"src/a.py": "import b\nok = True", "src/b.py": "import a, sys\nassert a is sys.modules['src.a']"}),
    ("two commons", {"src/p/a.py": "import common", "src/p/common.py": "w = 'p'", "src/q/common.py": "w = 'q'",
                     "src/q/b.py": "import common\nw = common.w", "src/a.py": "import p.a, q.b\nok = (p.a.common.w, q.b.w) == ('p', 'q')"}),
    ("two commons, one importing the other", {"src/p/b.py": "import src.q.c\nimport common\nw = common.w",
     "src/q/c.py": "import common\nw = common.w",
     "src/p/common.py": "w = 'p'", "src/q/common.py": "w = 'q'", "src/a.py": "import p.b, q.c\nok = (p.b.w, q.c.w) == ('p', 'q')"}),
    ("a common of the root too", {"common.py": "w = 'root'", "src/q/common.py": "w = 'q'", "src/p/m.py": "import common\nw = common.w",
     "src/q/n.py": "import common\nw = common.w", "src/a.py": "import p.m, q.n\nok = (p.m.w, q.n.w) == ('root', 'q')"}),
    ("one root module for all", {"common.py": "w = object()", "src/q/common.py": "import src.p.m",
     "src/p/m.py": "import common\nw = common.w",
     "src/a.py": "import common\nimport q.common\nimport p.m\nok = p.m.w is common.w"}),
    ("sys.path by hand", {"src/a.py": "import sys, os\nsys.path.insert(0, os.path.dirname(__file__))\nimport c\nimport src.c\n"
     "ok = c is src.c", "src/c.py": ""}),
    ("a sub-folder in sys.path", {"src/a.py": "import sys, os\nsys.path.insert(0, os.path.join(os.path.dirname(__file__), 'sub'))\n"
     "import c\nok = c.__name__ == 'src.sub.c'",
                                  "src/sub/c.py": ""}),
    ("json is Python's", {"src/a.py": "import json\nok = hasattr(json, 'dumps')", "src/json.py": ""}),
    ("yaml is installed", {"src/a.py": "import yaml\nok = hasattr(yaml, 'safe_load')", "src/yaml.py": ""}),
    ("yaml by its dotted name", {"src/a.py": "from src.yaml import ok", "src/yaml.py": "ok = True"}),
    ("future annotations", {"src/a.py": "from __future__ import annotations\ndef f(x: Nowhere): ...\n"
     "ok = f.__annotations__ == {'x': 'Nowhere'}"}),
    ("a dataclass of the root", {"src/a.py": "from lib import D\nok = D(1).x == 1",
     "lib.py": "from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass D:\n    x: int"}),
]  # fmt: skip


@pytest.mark.parametrize("files", [files for _, files in IMPORTS], ids=[name for name, _ in IMPORTS])
def test_an_import_gives_the_right_module(tmp_path: Path, files: Files) -> None:
    result = loaded(tmp_path, files, "src", *(["rules"] if "rules/r.py" in files else []))
    name = "src.sub.a" if "src/sub/a.py" in files else "src.a"
    assert module(result, name).ok is True


def test_a_project_in_sys_path_is_not_found_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path / "src")
    monkeypatch.syspath_prepend(tmp_path)
    files = {"src/a.py": "import c, src.c\nok = c is src.c\nimport lib", "src/c.py": "", "lib.py": ""}
    assert module(loaded(tmp_path, files), "src.a").ok is True


def test_another_project_in_sys_path_does_not_get_in_front(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path / "other", {"src/__init__.py": "", "src/a.py": "whose = 'other'"})
    monkeypatch.syspath_prepend(tmp_path / "other")
    assert module(loaded(tmp_path / "mine", {"src/a.py": "whose = 'mine'"}), "src.a").whose == "mine"


def test_a_library_does_not_find_the_project_root(tmp_path: Path) -> None:
    library = tmp_path / "venv" / "site-packages"
    project(library, {"wanting.py": "try:\n    import redis_of_docker\n    found = True\nexcept ImportError:\n    found = False"})
    files = {"redis_of_docker/conf.txt": "", "src/a.py": f"import sys\nsys.path.append({str(library)!r})\nfrom wanting import found"}
    try:
        assert module(loaded(tmp_path, files), "src.a").found is False
    finally:
        sys.modules.pop("wanting", None)


@pytest.mark.parametrize("folder", ["yaml", "json", "email/boards"])
def test_a_source_folder_named_like_an_installed_package_is_reported_once(tmp_path: Path, folder: str) -> None:
    result = loaded(tmp_path, {f"{folder}/a.py": "", f"{folder}/b.py": ""}, folder)
    assert only(result).message.startswith(f'the source folder "{folder}" has the name of the installed package')
    assert result.modules == ()


# --- no trace after ----------------------------------------------------------------------------------------------------


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


# --- faults --------------------------------------------------------------------------------------------------------------

G = "from grafanalib.core import *\n"
FAULTS: list[tuple[str, str, int, str, str]] = [
    ("syntax", "x = 1\ny = (\n", 2, "syntax error: \"(\" was never closed", ""),
    ("indentation", "if 1:\nx = 1\n", 2, "syntax error: expected an indented block after \"if\" statement on line 1", ""),
    ("name", "first = 1\nx = frist\n", 2, "NameError: name \"frist\" is not defined", "did you mean \"first\"?"),
    ("attribute", "import grafanalib.core as G\nG.Dashbord()", 2, 'AttributeError: module "grafanalib.core" has no attribute "Dashbord"',
     'did you mean "Dashboard"?'),
    ("key", "x = {}\n\nx['a']", 3, 'KeyError: "a"', ""),
    ("assertion", "assert False", 1, "AssertionError", ""),
    ("lines", "raise ValueError('a\\n  b')", 1, "ValueError: a b", ""),
    ("two arguments", "\nraise RuntimeError('a', 'b')", 2, 'RuntimeError: ("a", "b")', ""),
    ("exit", "\n\nimport sys\nsys.exit(3)", 4, "the module ends the program (exit code 3)",
     "a source module declares values; remove the call"),
    ("recursion", "def f():\n    f()\nf()", 2, "RecursionError: maximum recursion depth exceeded", ""),
    ("memory", "\nraise MemoryError", 2, "MemoryError", ""),
    ("no package", "import nowhere_at_all.x", 1, 'no module named "nowhere_at_all"', 'is "nowhere_at_all" installed?'),
    ("misspelt sibling", "\nimport neighbor", 2, 'no module named "neighbor"', 'did you mean "neighbour"?'),
    ("misspelt dotted", "import src.neighbor", 1, 'no module named "src.neighbor"', 'did you mean "src.neighbour"?'),
    ("misspelt standard", "import jsn", 1, 'no module named "jsn"', 'did you mean "json"?'),
    ("missing name", "from neighbour import valeu", 1, '"src.neighbour" has no name "valeu"', 'did you mean "value"?'),
    ("own json", "from json import mine", 1, '"json" has no name "mine"', '"json" is not the source module; import "src.json"'),
    ("own import error", "raise ImportError('no\\nluck')", 1, "ImportError: no luck", ""),
    ("declaration", "from obskit.waiver import Waive\n\nWaive('x',\n  '')", 3, "a waiver names a check and says why",
     'Waive("metric-name", "documented name")'),
    ("declaration in a function", "from obskit.waiver import Waive\ndef f():\n  return Waive('x', 'y', until='z')\nf()", 3,
     'waiver of "x": "z" is not a date', "write YYYY-MM-DD"),
    ("unknown option", G + "\nTimeSeries(title='x', unti='s')", 3, 'TimeSeries has no option "unti"', 'did you mean "unit"?'),
    ("unknown option of a module's", "import grafanalib.core as G\nG.TimeSeries(title='x', unti='s')", 2, 'TimeSeries has no option "unti"',
     'did you mean "unit"?'),
    ("unknown option, renamed", "from grafanalib.core import TimeSeries as T\nT(unti='s')", 2, 'TimeSeries has no option "unti"',
     'did you mean "unit"?'),
    ("unknown option of our own", "from obskit.waiver import Waive\nWaive('x', 'y', untill='z')", 2, 'Waive has no option "untill"',
     'did you mean "until"?'),
    ("unknown option of a function", "from obskit.naming import slug\nslug('x', longst=3)", 2, 'slug has no option "longst"',
     'did you mean "longest"?'),
    ("unknown option of a method", "from obskit.duration import Duration\nDuration.parse(txt='x')", 2, 'Duration.parse has no option "txt"',
     'did you mean "text"?'),
    ("unknown option in a function", G + "def p(**o):\n  return TimeSeries(**o)\np(unti=1)", 3, 'TimeSeries has no option "unti"',
     'did you mean "unit"?'),
    ("missing option", G + "Dashboard()", 2, 'Dashboard needs "title"', "add title=…"),
    ("missing options", "from obskit.waiver import Waive\nWaive()", 2, 'Waive needs "check" and "reason"', "add check=…, reason=…"),
    ("option twice", G + "Dashboard('x', title='y')", 2, 'Dashboard got "title" twice', "it is given by position and by name; keep one"),
    ("by position", "from obskit.finding import Finding\nFinding('x')", 2, "Finding takes no positional arguments, not 1",
     "name the options: Finding(id=…)"),
    ("too many", "from obskit.naming import slug\nslug(1, 2, 3)", 2, "slug takes 2 positional arguments, not 3", ""),
    ("validator", G + "TimeSeries(\n  title='x', unit=3)", 2, 'option "unit" of TimeSeries must be str, not int (got 3)', ""),
    ("validator of a float", G + "Threshold(color='red', index=1, value='x')", 2,
     'option "value" of Threshold must be float, not str (got "x")', ""),
    ("choice", "import attr\n@attr.s\nclass Q:\n  a = attr.ib(validator=attr.validators.in_(['left', 'right']))\nQ('lft')", 5,
     'option "a" of Q must be one of "left", "right" (got "lft")', 'did you mean "left"?'),
    ("choices of grafanalib", G + "XAxis(mode='x')", 2, 'option "mode" of XAxis should be one of ("time", "series")', ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message", "hint"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_fault_says_what_and_where(tmp_path: Path, text: str, line: int, message: str, hint: str) -> None:
    finding = only(loaded(tmp_path, {"src/neighbour.py": "value = 1", "src/json.py": "mine = 1", "src/x.py": text}))
    place = finding.origin
    assert place is not None
    assert (place.path, place.line, finding.message, finding.hint) == ("src/x.py", line, message, hint)
    assert (finding.id, finding.severity) == ("module-error", "error")


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"x = 1\ny = '\0'\n", 2, "syntax error: the file holds a null byte"),
        (b"x = 1\ny = '\xe9'\n", 2, "syntax error: the text is not utf-8"),
        (b"'\xe9'\n", 1, "syntax error: the text is not utf-8"),
        (b"\n# coding: klingon\n", 2, "syntax error: unknown encoding: klingon"),
        (b"x = " + b"(" * 5000 + b")" * 5000, 1, "syntax error: too many nested parentheses"),
        (b"x = " + b"-" * 200_000 + b"1", 1, "syntax error: the code is nested too deeply"),
    ],
)
def test_a_file_that_is_no_text_is_a_fault_with_its_line(tmp_path: Path, data: bytes, line: int, message: str) -> None:
    (project(tmp_path, {"src/a.py": ""}) / "src" / "a.py").write_bytes(data)
    finding = only(load(tmp_path, ["src"]))
    assert (finding.origin, finding.message) == (Origin("src/a.py", line), message)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfx = '\xc3\xa9'\r\n", b"# coding: latin-1\nx = '\xe9'\n"])
def test_a_file_in_a_declared_encoding_loads(tmp_path: Path, data: bytes) -> None:
    (project(tmp_path, {"src/a.py": ""}) / "src" / "a.py").write_bytes(data)
    assert module(load(tmp_path, ["src"]), "src.a").x == "é"


def test_the_other_modules_load_beside_a_fault(tmp_path: Path) -> None:
    assert [one.file.module for one in loaded(tmp_path, {"src/a.py": "1/0", "src/b.py": ""}).modules] == ["src.b"]


@pytest.mark.parametrize("line", ["import broken", "from broken import x", "import src.broken", "from . import broken", "import between"])
def test_a_fault_met_by_several_importers_is_reported_once(tmp_path: Path, line: str) -> None:
    files = {"src/a.py": line, "src/z.py": line, "src/between.py": "import broken", "src/broken.py": "x = 1\n1/0"}
    assert only(loaded(tmp_path, files)).origin == Origin("src/broken.py", 2)


def test_a_module_that_raises_runs_once(tmp_path: Path) -> None:
    count = "import sys\nsys.runs = getattr(sys, 'runs', 0) + 1\n1/0"
    loaded(tmp_path, {"src/a.py": "import c", "src/b.py": "import c", "src/c.py": count})
    assert sys.__dict__.pop("runs") == 1


def test_a_package_that_raises_is_one_fault(tmp_path: Path) -> None:
    assert only(loaded(tmp_path, {"src/__init__.py": "\n1/0", "src/a.py": "", "src/b.py": ""})).origin == Origin("src/__init__.py", 2)


def test_a_fault_of_a_root_module_is_reported_there(tmp_path: Path) -> None:
    assert only(loaded(tmp_path, {"src/a.py": "import lib", "src/b.py": "import lib", "lib.py": "\nx = y"})).origin == Origin("lib.py", 2)


def test_a_fault_in_a_function_of_a_root_module_is_reported_at_its_call(tmp_path: Path) -> None:
    finding = only(loaded(tmp_path, {"src/a.py": "import lib\nlib.f()", "lib.py": "def f():\n  return y"}))
    assert (finding.origin, finding.hint) == (Origin("src/a.py", 2), "raised at lib.py:2")


def test_a_fault_in_a_function_names_the_call(tmp_path: Path) -> None:
    assert only(loaded(tmp_path, {"src/a.py": "def f():\n  1/0\n\nf()"})).origin == Origin("src/a.py", 2, "", "src/a.py:4")


def test_a_circle_says_so(tmp_path: Path) -> None:
    message = only(loaded(tmp_path, {"src/a.py": "from b import y\nx = 1", "src/b.py": "from a import x\ny = 1"})).message
    assert message == '"src.a" has no name "x" yet: the modules import each other'


def test_a_fault_keeps_its_exception(tmp_path: Path) -> None:
    assert [type(one.exception) for one in loaded(tmp_path, {"src/a.py": "1/0"}).faults] == [ZeroDivisionError]


def test_a_fault_is_one_short_line(tmp_path: Path) -> None:
    message = only(loaded(tmp_path, {"src/a.py": "raise ValueError('long\\n' * 1000)"})).message
    assert (len(message), "\n" in message) == (300, False)


def test_an_exception_that_cannot_be_shown_is_named(tmp_path: Path) -> None:
    text = "class E(Exception):\n  def __str__(self): raise ValueError\nraise E"
    assert only(loaded(tmp_path, {"src/a.py": text})).message == "E"


# --- the joining rule ------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Thing:
    name: str
    origin: Origin | None = None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\nb: int = 2\nc: int\nd += 1", {"a": 1, "b": 2, "d": 4}),
        ("(a, [b, *c]) = 1", {"a": 1, "b": 1, "c": 1}),
        ("if (a := 1):\n  b = 1\nelse:\n  c = 1", {"a": 1, "b": 2, "c": 4}),
        ("try:\n  a = 1\nexcept E as e:\n  b = 1\nfinally:\n  c = 1", {"a": 2, "b": 4, "c": 6}),
        ("with f() as a, g() as (b, c): d = 1", {"a": 1, "b": 1, "c": 1, "d": 1}),
        ("for a in x: b = 1", {"a": 1, "b": 1}),
        ("while 1: a = 1", {"a": 1}),
        ("def f():\n  a = 1\nclass C:\n  b = 1\nasync def g(): ...", {"f": 1, "C": 3, "g": 5}),
        ("[b := a for a in x]\nf = lambda y: (z := y)", {"b": 1, "f": 2}),
        ("match x:\n  case [a, *b]: c = 1\n  case {'k': d} as e: ...", {"a": 2, "b": 2, "c": 2, "d": 3, "e": 3}),
        ("import a, b.c as d\nfrom x import e, f as g", {}),
        ("from x import a\na += [1]", {"a": 2}),
        ("_a = 1\n__b__ = 1", {}),
        ("a.b = 1\na[0] = 1", {}),
        ("x = 1\nx = 2", {"x": 1}),
    ],
)
def test_bound_names_are_those_bound_by_anything_but_an_import(text: str, expected: dict[str, int]) -> None:
    assert collect.bound_names(ast.parse(text)) == expected


def declared(text: str, **given: object) -> list[tuple[int, str, str]]:
    module = ModuleType("m")
    module.__file__ = "/p/src/m.py"
    vars(module).update(Thing=Thing, Origin=Origin, **given)
    tree = ast.parse(text)
    exec(compile(tree, "m", "exec"), vars(module))
    return [(line, name, thing.name) for line, name, thing in collect.values(module, tree, (Thing,)) if isinstance(thing, Thing)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b = Thing('x')\na = Thing('y')", [(1, "b", "x"), (2, "a", "y")]),
        ("a = [Thing('x'), (Thing('y'), 3)]", [(1, "a", "x"), (1, "a", "y")]),
        ("a = [[[Thing('x')]]]\nb = {'k': Thing('y')}", []),
        ("a = b = Thing('x')", [(1, "a", "x")]),
        ("a = Thing('x')\nb = [a, Thing('y')]", [(1, "a", "x"), (2, "b", "y")]),
        ("a = []\nfor n in 'xy':\n  t = Thing(n)\n  a.append(t)", [(1, "a", "x"), (1, "a", "y")]),
        ("for n in 'xy':\n  globals()['t_' + n] = Thing(n)", [(0, "t_x", "x"), (0, "t_y", "y")]),
        ("globals()['t'] = Thing('t', Origin('src/m.py', 1))\ny = Thing('y')", [(1, "t", "t"), (2, "y", "y")]),
        ("globals()['_t'] = Thing('x')\n_u = Thing('y')", []),
        ("a = Thing('x')\ndel a", []),
        ("a = Thing", []),
        ("def f():\n  global a\n  a = Thing('x')\nf()", [(0, "a", "x")]),
    ],
)
def test_values_are_what_top_level_names_hold(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert declared(text) == expected


IMPORTED: Files = {"src/one.py": "from obskit.waiver import Waive\nw = Waive('a', 'b')"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from one import w", []),
        ("from one import w as v", []),
        ("from one import *", []),
        ("from one import *\nglobals()['v'] = Waive('c', 'd')", ["v"]),
        ("from .one import *\nu = [w]", ["u"]),
        ("import one\nw = one.w", ["w"]),
        ("try:\n  from one import w\nexcept ImportError:\n  pass", []),
    ],
)
def test_values_leaves_out_what_a_module_imports(tmp_path: Path, text: str, expected: list[str]) -> None:
    from obskit.waiver import Waive

    result = loaded(tmp_path, {**IMPORTED, "src/two.py": text})
    two = next(one for one in result.modules if one.file.module == "src.two")
    assert [name for _, name, _ in two.values((Waive,))] == expected


@pytest.fixture
def plug_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An installed package with some rooms."""
    files = ["__init__.py", "b_c.py", "import_.py", "_private.py", "pack/__init__.py", "data/x.json", "note.txt"]
    project(tmp_path, {f"plug_in_rooms/{file}": "" for file in files})
    monkeypatch.syspath_prepend(tmp_path)
    yield "plug_in_rooms"
    for name in [name for name in sys.modules if name.startswith("plug_in_rooms")]:
        del sys.modules[name]


def test_room_names_are_ids_of_modules_that_are_not_imported(plug_in: str) -> None:
    assert (rooms.names(plug_in), f"{plug_in}.b_c" in sys.modules) == (("b-c", "import", "pack"), False)


def test_rooms_are_the_public_modules_by_name(plug_in: str) -> None:
    assert [one.__name__ for one in rooms.rooms(plug_in)] == [f"{plug_in}.{name}" for name in ("b_c", "import_", "pack")]
    assert rooms.room(plug_in, "import").__name__ == f"{plug_in}.import_"
