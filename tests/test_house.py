"""The manners of the house: small files, speaking names, docstrings, a face that says what it shows, light starts."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from pathlib import Path
from types import UnionType

import pytest
from project import REPOSITORY, SHOP, Ran, obskit, process, write

PACKAGE = REPOSITORY / "obskit"
SOURCES = tuple(path for folder in ("obskit", "dashboards_src", "rules_src") for path in sorted((REPOSITORY / folder).rglob("*.py")))
TESTS = tuple(sorted((REPOSITORY / "tests").rglob("*.py")))
LIMIT = 300
FORBIDDEN = {"base", "common", "core", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
SHELF = ("obskit.catalog", "obskit.dashboards", "obskit.datasources", "obskit.notify", "obskit.rules")
"""What authors import."""
HEAVY = {"attr", "grafanalib", "jinja2", "jsonschema", "jsonschema_rs", "orjson", "promql_parser", "yaml"}
"""Libraries that a run which needs none of them must not pay for."""
PLACE = re.compile(r"""(?<![\w.}$/])/(?:home|root|work|tmp|Users|mnt)/\w""")


def short(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def faces() -> list[str]:
    """The rooms that say what they show."""
    inits = [path for path in PACKAGE.rglob("__init__.py") if "__all__" in path.read_text("utf-8")]
    return sorted(".".join(path.parent.relative_to(REPOSITORY).parts) for path in inits)


def public(room: str) -> list[tuple[str, object]]:
    face = importlib.import_module(room)
    return [(name, getattr(face, name)) for name in face.__all__]


@pytest.mark.parametrize("path", SOURCES + TESTS, ids=short)
def test_file_is_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LIMIT


@pytest.mark.parametrize("path", SOURCES + TESTS, ids=short)
def test_file_name_says_something(path: Path) -> None:
    assert not FORBIDDEN & {part.removesuffix(".py").strip("_") for part in path.relative_to(REPOSITORY).parts}


@pytest.mark.parametrize("path", [path for path in SOURCES if path.is_relative_to(PACKAGE)], ids=short)
def test_module_says_what_it_does(path: Path) -> None:
    first = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]
    assert re.fullmatch(r"\S.*[.;:]|`.*`\.?", first), first


@pytest.mark.parametrize("path", SOURCES + TESTS, ids=short)
def test_file_names_no_place_of_a_machine(path: Path) -> None:
    assert [line for line in path.read_text("utf-8").splitlines() if PLACE.search(line)] == []


@pytest.mark.parametrize("room", faces())
def test_face_names_what_is_there_once(room: str) -> None:
    names = [name for name, _ in public(room)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("room", faces())
def test_face_hides_nothing_that_it_imports(room: str) -> None:
    face = importlib.import_module(room)
    tree = ast.parse(inspect.getsource(face))
    brought = {alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert {name for name in brought if not name.startswith("_")} - {"annotations", "TYPE_CHECKING", "Any"} <= set(face.__all__)


SHOWN = [(room, name) for room in SHELF for name, value in public(room) if not isinstance(value, UnionType)]


@pytest.mark.parametrize(("room", "name"), SHOWN)
def test_public_name_says_what_it_is(room: str, name: str) -> None:
    said = vars(getattr(importlib.import_module(room), name)).get("__doc__") or getattr(importlib.import_module(room), name).__doc__ or ""
    assert said
    assert not said.startswith(f"{name}("), "what dataclass writes when nobody does"


@pytest.mark.parametrize(
    ("arguments", "prepared"),
    [(("--help",), False), (("--version",), False), (("build", "--help"), False), (("build", "--check"), True), (("build",), True)],
)
def test_run_that_needs_no_library_imports_none(tmp_path: Path, arguments: tuple[str, ...], prepared: bool) -> None:
    write(tmp_path, SHOP)
    if prepared:
        assert obskit(tmp_path, "build").code == 0
    ran = process(tmp_path, *arguments, options=("-X", "importtime"))
    seen = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.err.splitlines() if line.startswith("import time:")}
    assert ran.code == 0
    assert "click" in seen
    assert seen & HEAVY == set()


def test_run_warns_of_nothing(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    assert process(tmp_path, "build", "--no-cache", options=("-W", "error")) == Ran(0, "", "2 files, 2 changed\n")


def test_package_runs_as_a_module(tmp_path: Path) -> None:
    ran = process(tmp_path, "--version", options=("-W", "error"), entry=("-m", "obskit"))
    assert (ran.code, ran.err) == (0, "")


def test_build_does_not_load_formats_that_are_neither_enabled_nor_there(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    process(tmp_path, "build")
    ran = process(tmp_path, "build", "--check", "--no-cache", options=("-X", "importtime"))
    loaded = set(re.findall(r"obskit\.render\.(kubernetes|docs|alerting|share|resources)\b", ran.err))
    assert (ran.code, loaded) == (0, set())
