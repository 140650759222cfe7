"""Which declarations belong to a module: the names that it binds itself."""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path
from types import ModuleType

import pytest
from author import Files, loaded

from obskit import collect
from obskit.origin import Origin


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
