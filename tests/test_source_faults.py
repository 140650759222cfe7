"""Modules that cannot be loaded: what is said, and where."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from author import loaded, module, only, project

from obskit.origin import Origin
from obskit.source.modules import load

G = "from grafanalib.core import *\n"
FAULTS: list[tuple[str, str, int, str, str]] = [
    ("syntax", "x = 1\ny = (\n", 2, "syntax error: \"(\" was never closed", ""),
    ("indentation", "if 1:\nx = 1\n", 2, "syntax error: expected an indented block after \"if\" statement on line 1", ""),
    ("name", "first = 1\nx = frist\n", 2, "NameError: name \"frist\" is not defined", "did you mean \"first\"?"),
    ("forgotten import", "x = stat('Queue')", 1, 'NameError: name "stat" is not defined', "from obskit.dashboards import stat"),
    ("forgotten import of a signal", "x = value", 1, 'NameError: name "value" is not defined', "from src.neighbour import value"),
    ("name of another package", "from obskit.catalog import Alert", 1, '"obskit.catalog" has no name "Alert"',
     "from obskit.rules import Alert"),
    ("python's equality", "from obskit.rules import Alert\nAlert(name='A', expr=1 == 2)", 2,
     'expr of alert "A" must be an expression or PromQL text, not False', "== and != compare Python values: write .eq(…) or .ne(…)"),
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
    ("misspelt room", "from obskit.dashboard import stat", 1, 'no module named "obskit.dashboard"', 'did you mean "obskit.dashboards"?'),
    ("misspelt helper", "from obskit.dashboards import timeserie", 1, '"obskit.dashboards" has no name "timeserie"',
     'did you mean "timeseries"?'),
    ("end of a name", "from deep.queue import q", 1, 'no module named "deep"', 'did you mean "src.far.deep.queue"?'),
    ("end of a name, imported whole", "import deep.queue", 1, 'no module named "deep"', 'did you mean "src.far.deep.queue"?'),
    ("a secret written out", "from obskit.notify import Secret\nSecret('abc')", 2, "a secret is a reference",
     'Secret.env("NAME") or Secret.file("/path")'),
    ("python's equality in a panel", "from obskit.dashboards import stat\nstat('T', 1 == 2)", 2, 'False in panel "T" is not a query',
     "== and != compare Python values: write .eq(…) or .ne(…)"),
    ("missing name", "from neighbour import valeu", 1, '"src.neighbour" has no name "valeu"', 'did you mean "value"?'),
    ("own json", "from json import mine", 1, '"json" has no name "mine"', '"json" is not the source module; import "src.json"'),
    ("what holds a secret", "raise ValueError('cannot reach https://me:pw@host')", 1, "ValueError: the message seems to hold a secret", ""),
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
    ("unknown option like none", "from obskit.waiver import Waive\nWaive('x', 'y', since='z')", 2, 'Waive has no option "since"',
     "options: check, reason, until"),
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
    files = {"src/neighbour.py": "value = 1", "src/json.py": "mine = 1", "src/far/deep/queue.py": "", "src/x.py": text}
    finding = only(loaded(tmp_path, files))
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
