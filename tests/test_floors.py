"""Floors and doors: what may import what, read from the imports themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "obskit"

FLOORS = (
    ("annotation", "artifact", "change", "collect", "counted", "duration", "errors", "finding", "giveaway", "given", "naming", "origin",
     "regexes", "rooms", "secret", "shape", "waiver"),
    ("catalog", "exposition", "model", "promql", "settings", "templates", "traceql"),
    ("datasources", "notify", "rules", "scrape", "semantics"),
    ("authoring", "dashboards"),
    ("source",),
    ("analysis",),
    ("diff", "lint", "render", "ruletest"),
    ("http", "store", "tools", "watching"),
    ("testing", "workflow"),
    ("cli",),
    ("__main__",),
)
"""The rooms of each floor, from the ground up; on the ground floor a room is one file. On top: `python -m obskit`."""

DOORS = {
    "import click": ("cli/",),
    "import grafanalib": ("dashboards/",),
    "import http": ("http/",),
    "import importlib": ("collect.py", "dashboards/__init__.py", "rooms.py", "source/", "workflow/memory.py"),
    "import jinja2": ("render/",),
    "import json": ("cli/lines.py", "cli/show/json.py", "render/validate.py", "store/baseline.py", "store/cache.py"),
    "import jsonschema": ("render/validate.py",),
    "import jsonschema_rs": ("render/validate.py",),
    "import orjson": ("render/encode.py", "source/files/"),
    "import promql_parser": ("promql/",),
    "import random": (),
    "import signal": ("watching/ending.py",),
    "import socket": (),
    "import subprocess": ("tools/",),
    "import threading": ("cli/show/_progress.py", "http/fetching.py", "tools/"),
    "import time": ("cli/clock.py", "http/fetching.py", "store/lock.py"),
    "import tomllib": ("settings/",),
    "import urllib": ("http/",),
    "import watchfiles": ("watching/events.py",),
    "import yaml": ("render/encode.py", "source/files/"),
    "call print": (),
    "call click.echo": ("cli/show/",),
    "call json.dump": (),
    "call json.dumps": ("cli/show/json.py", "store/baseline.py", "store/cache.py"),
    "call open": ("store/",),
    "call os.open": ("store/",),
    "call os.replace": ("store/",),
    "call os.rename": (),
    "call os.remove": (),
    "call os.makedirs": ("store/",),
    "method mkdir": ("store/",),
    "method rmdir": ("store/",),
    "method touch": (),
    "method unlink": ("store/",),
    "method write_bytes": (),
    "method write_text": (),
    "name os.environ": ("settings/",),
    "name os.getenv": (),
    "name sys.stdout.write": (),
    "name datetime.date.today": ("cli/commands/",),
    "name datetime.datetime.now": (),
    "name time.time": (),
}
"""What enters by which files, and nowhere else. The written exceptions:

`dashboards/__init__.py` imports a helper's file when it is asked for; `workflow/memory.py` asks importlib where a library
lies, without importing it; `render/validate.py` reads a schema of our own; `cli/show/json.py`, `store/baseline.py` and
`store/cache.py` write JSON that is no artifact. Signals enter by `watching/ending.py`, which makes them a KeyboardInterrupt. The
clock by which people are told how long something took is `cli/clock.py`; two others keep deadlines, of a socket and of the
lock. What day it is the commands say.
"""

FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
FILES = tuple(sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")))


@cache
def parsed(file: str) -> ast.Module:
    return ast.parse((PACKAGE / file).read_text("utf-8"), file)


def room_of(file: str) -> str:
    return file.split("/")[0].removesuffix(".py")


def imported(file: str) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import of a file, wherever it stands in it."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} imports relatively"
            deep = node.module == "obskit"
            yield from ((node.lineno, f"obskit.{alias.name}" if deep else str(node.module)) for alias in node.names)


def rooms_imported(file: str) -> Iterator[tuple[int, str]]:
    for line, name in imported(file):
        top, _, rest = name.partition(".")
        if top == "obskit" and rest and rest != "__version__":
            yield line, rest.partition(".")[0]


@cache
def uses(file: str) -> tuple[tuple[int, str], ...]:
    """Line and use, as a door is written: `import x`, `call a.b`, `method b`, `name a.b`."""
    return tuple((line, use) for line, use in _uses(file) if use in DOORS)


def _uses(file: str) -> Iterator[tuple[int, str]]:
    yield from ((line, f"import {name.partition('.')[0]}") for line, name in imported(file))
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Attribute):
            yield node.lineno, f"name {dotted(node)}"
        elif isinstance(node, ast.Call):
            yield node.lineno, f"call {dotted(node.func)}"
            yield node.lineno, f"method {node.func.attr}" if isinstance(node.func, ast.Attribute) else ""


def dotted(node: ast.expr) -> str:
    """`a.b.c` as it is written, empty or with an empty start for anything that is no plain name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def test_every_room_has_a_floor() -> None:
    assert {room_of(file) for file in FILES} - FLOOR_OF.keys() == {"__init__"}


def test_imports_go_down_and_not_across() -> None:
    wrong = [
        f"obskit/{file}:{line} (floor {FLOOR_OF[room_of(file)]}) imports {room} (floor {FLOOR_OF[room]})"
        for file in FILES
        if file != "__init__.py"
        for line, room in rooms_imported(file)
        if room != room_of(file) and FLOOR_OF[room] >= FLOOR_OF[room_of(file)] > 0
    ]
    assert wrong == []


def test_the_ground_floor_stands_alone_and_has_no_circle() -> None:
    wants = {room: {other for _, other in rooms_imported(f"{room}.py")} for room in FLOORS[0] if f"{room}.py" in FILES}
    assert set().union(*wants.values()) <= set(FLOORS[0])
    while free := {room for room, others in wants.items() if not others & wants.keys()}:
        wants = {room: others for room, others in wants.items() if room not in free}
    assert wants == {}


def test_the_package_imports_nothing() -> None:
    assert list(imported("__init__.py")) == []


@pytest.mark.parametrize("what", DOORS)
def test_door(what: str) -> None:
    wrong = [f"obskit/{file}:{line}" for file in FILES if not file.startswith(DOORS[what]) for line, use in uses(file) if use == what]
    assert wrong == []


@pytest.mark.parametrize(("what", "door"), [(what, door) for what, doors in DOORS.items() for door in doors])
def test_door_is_used(what: str, door: str) -> None:
    assert any(use == what for file in FILES if file.startswith(door) for _, use in uses(file))
