"""Imports between an author's modules: each gives the right one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from author import Files, loaded, module, only, project

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
