"""Bad input: one clear message at the right place, nothing written, never a traceback."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from project import BUILT, SHOP, Files, Ran, obskit, tree, write

NEW_BOARD, NEW_RULE = "dashboards_src/new.py", "rules_src/new.py"
HELPERS = "from obskit.dashboards import *\n"
PLAIN = "from grafanalib.core import *\n"
RULES = "from obskit.rules import *\n"
GOOD = "severity='warning', summary='s', description='d'"
LONG = "'sum(' + '+'.join(['up'] * 3_500_000) + ')'"


def board(text: str) -> Files:
    return {NEW_BOARD: text}


def helper(text: str) -> Files:
    return board(HELPERS + text)


def plain(text: str) -> Files:
    return board(PLAIN + text)


def panel(options: str, before: str = "") -> Files:
    text = f"{before}b = dashboard('B', uid='b', description='d', panels=[timeseries('T', {options})])\n"
    return helper(text)


def rule(text: str) -> Files:
    return {NEW_RULE: RULES + text}


def settings(text: str) -> Files:
    return {"pyproject.toml": text}


DECLARATIONS: list[tuple[Files, int, str]] = [
    # modules
    (board("a = (\n"), 1, r'syntax error: "\(" was never closed \[module-error\]'),
    (board("import nowhere_at_all\n"), 1, r'no module named "nowhere_at_all"'),
    (board("a = 1\nraise ValueError('no')\n"), 2, r"ValueError: no"),
    (board("import sys\nsys.exit(3)\n"), 2, r"the module ends the program \(exit code 3\)"),
    (helper("1 + dashbord\n"), 2, r'NameError: name "dashbord" is not defined'),
    ({NEW_BOARD: b"a = 1\n\x00b = 2\n"}, 2, r"syntax error: the file holds a null byte"),
    ({NEW_BOARD: b"a = 1\nb = '\xff\xfe'\n"}, 2, r"syntax error: the text is not utf-8"),
    # options of helpers
    (panel("'up', unit=3"), 2, r'unit of panel "T" must be text or a Unit or a Quantity, not 3'),
    (panel("'up', width='x'"), 2, r'width of panel "T" must be a whole number, not'),
    (panel("'up', widht=3"), 2, r'timeseries has no option "widht"'),
    (panel("'up', waive=(3,)"), 2, r'waive of panel "T" must be a tuple of Waive, not one that holds 3'),
    (helper("b = dashboard('B', uid='b', panels=None)\n"), 2, r""),
    (helper("b = dashboard('B', uid='b', panels='up')\n"), 2, r"panels of dashboard \"B\" must be a list, not 'up'"),
    (helper("b = dashboard('B', uid='b', panel=[])\n"), 2, r'dashboard has no option "panel"'),
    (helper("b = dashboard('B', uid='../../b', panels=[])\n"), 2, r'uid "../../b" of dashboard "B" is not a uid'),
    (helper("b = dashboard('B', uid=3, panels=[])\n"), 2, r'uid of dashboard "B" must be text, not 3'),
    (helper("b = dashboard('B', folder=3, panels=[])\n"), 2, r'folder of dashboard "B" must be text, not 3'),
    (helper("b = dashboard('B', tooltip='of', panels=[])\n"), 2, r"tooltip of dashboard \"B\" must be one of \"off\", .*, not 'of'"),
    # plain grafanalib
    (plain("b = Dashboard(title='B', panles=[])\n"), 2, r'Dashboard has no option "panles"'),
    (plain("b = Dashboard(title='B', uid='../../b', panels=[])\n"), 2, r'uid "../../b"'),
    (plain("b = Dashboard(title='B', uid='b', panels=None)\n"), 2, r'option "panels" of Dashboard must be list'),
    (plain("b = Dashboard(title='B', uid='b', panels=[3])\n"), 2, r"3 is not a panel"),
    (plain("b = Dashboard(title='B', uid='b', links=[3])\n"), 2, r"3 is not a link"),
    (plain("b = Dashboard(title='B', uid='b', templating=Templating([3]))\n"), 2, r"3 is not a variable or an annotation"),
    (plain("b = Dashboard(title='B', uid='b', panels=[TimeSeries(title='T', targets=[3])])\n"), 2, r"3 is not a target"),
    # values without a form in JSON
    (panel("'up', min=float('nan')"), 2, r"nan has no form in JSON"),
    (panel("'up', extra={'options': {'a': float('inf')}}"), 2, r"inf has no form in JSON"),
    (panel("'up', extra={'options': {'a': {1}}}"), 2, r"a value of type set has no form in JSON"),
    (panel("'up', extra={'a': deep}", "deep = []\nfor _ in range(100_000): deep = [deep]\n"), 4, r"the dashboard is nested too deeply"),
    (panel("'up', extra={'a': self}", "self = []\nself.append(self)\n"), 4, r"the dashboard is nested too deeply, or in itself"),
    (plain("b = Dashboard(title='B', panels=[Text(title='T', gridPos=GridPos(h='a', w=3, x=0, y=0))])\n"), 2, r"a part of"),
    (panel("'up', min=10**400"), 2, r"a number of 1329 bits has no form in Grafana's JSON"),
    (helper("b = dashboard('B \\ud800', panels=[])\n"), 2, r"text holds half of a character"),
    (panel("'up', extra={'options': {'legend': 3}}"), 2, r"TimeSeries does not turn into JSON: AttributeError"),
    # queries
    (panel("'sum('"), 2, r'"\(" is never closed'),
    (panel(LONG), 2, r'the query of panel "T" has \d+ KiB'),
    (panel("'up{a=\"\\ud800\"}'"), 2, r"text holds half of a character"),
    # rules
    (rule("a = Alert(name='A', expr='up', for_='5 minutes')\n"), 2, r'for_ of alert "A" "5 minutes" is not a duration'),
    (rule("a = Alert(name='A', expr='up', labels={'a-b': 'c'})\n"), 2, r'labels of alert "A": "a-b" is not a label name'),
    (rule("a = Alert(name='A', expr='up', annotations={'a': 3})\n"), 2, r'annotations of alert "A" must be .*, not one whose "a" is 3'),
    (rule("a = Alert(name='A', expr=3)\n"), 2, r'expr of alert "A" must be an expression or PromQL text, not 3'),
    (rule("a = Alert(name='A', expr=' ')\n"), 2, r'expr of alert "A" is empty'),
    (rule("a = Alert(expr='up')\n"), 2, r'Alert needs "name"'),
    (rule("a = Record(name='a-b', expr='up')\n"), 2, r'"a-b" is not a metric name'),
    (rule("g = RuleGroup('g', rules=())\n"), 2, r'group "g" has no rules'),
    (rule("a, b = [RuleGroup('g', rules=[Record(name=n, expr='up')]) for n in ('a:b', 'a:c')]\n"), 2, r'group "g" is there twice'),
    (rule(f"a = Alert(name='A', expr='sum(', {GOOD})\n"), 2, r'"\(" is never closed'),
    (rule(f"a = Alert(name='A', expr={LONG}, {GOOD})\n"), 2, r'expr of alert "A" has \d+ KiB, more than 64'),
    (rule("a = Alert(name='A', expr='up', summary='\\ud800')\n"), 2, r'summary of alert "A" must be text'),
    # together
    (helper("a, b = [dashboard(t, uid='b', description='d', panels=[]) for t in 'AB']\n"), 2, r'.* uid "b"'),
]
"""What is wrong in a project, the line it is at, and what is said. Exit code 1."""

SETTINGS: list[tuple[Files, str]] = [
    (settings("[tool.obskit]\ndashbords = ['x']\n"), r'pyproject.toml:2: error: unknown key "dashbords" in \[tool.obskit\]'),
    (settings("[tool.obskit]\ndashboards = 'x'\n"), r"pyproject.toml:2: error: tool.obskit.dashboards must be a list of strings, not 'x'"),
    (settings("[tool]\nobskit = 3\n"), r"pyproject.toml:2: error: tool.obskit must be a table, not 3"),
    (settings("[tool.obskit\n"), r"pyproject.toml:1: error: pyproject.toml is not TOML: .*line 1"),
    ({"pyproject.toml": b"\xff\xfe"}, r"obskit: error: pyproject.toml cannot be read"),
    ({"pyproject.toml": None}, r'obskit: error: no pyproject.toml in ".*" or above it'),
    (settings("[tool.obskit]\nrules = ['nowhere']\n"), r'pyproject.toml: error: source folder "nowhere" does not exist'),
    (settings("[tool.obskit]\nrules = ['../out']\n"), r'pyproject.toml: error: "../out" is not a folder inside the project'),
    (settings("[tool.obskit]\nformats = ['dashbords']\n"), r'pyproject.toml: error: there is no format "dashbords"'),
    (settings("[tool.obskit]\ncatalogs = ['nowhere_at_all']\n"), r'pyproject.toml: error: catalogue "nowhere_at_all" cannot be imported'),
    (settings("[tool.obskit.lint]\nlevels = { no = 'info' }\n"), r'pyproject.toml: error: tool.obskit.lint.levels names no check: "no"'),
    (settings("[tool.obskit.lint]\nunknown = 'of'\n"), r'pyproject.toml:2: error: tool.obskit.lint.unknown is "of"'),
    (settings("[tool.obskit.targets]\ngrafana = 'new'\n"), r'pyproject.toml:2: error: tool.obskit.targets.grafana is "new"'),
    (settings("[tool.obskit.lint]\nexternal = ['(']\n"), r'pyproject.toml:2: error: tool.obskit.lint.external: "\(" is not a regular'),
    (settings("[tool.obskit]\nplugins = ['nowhere_at_all']\n"), r'pyproject.toml: error: plug-in "nowhere_at_all" cannot be imported'),
    (settings("[tool.obskit]\ncatalogs = ['']\n"), r'pyproject.toml: error: "" is not the name of a package'),
    (settings('[tool.obskit]\nout = "a\\u0000b"\n'), r'pyproject.toml: error: "a.b" is not a folder inside the project'),
    (settings("[tool.obskit]\nout = 'rules_src'\n"), r'pyproject.toml:2: error: output folder "rules_src" is also a source folder'),
]
"""What makes a run impossible, and the first line that says so. Exit code 2."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("built"), SHOP)
    assert obskit(root, "build") == Ran(0, "", "2 files, 2 changed\n")
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "project"))


def refused(root: Path, said: str, ran: Ran, code: int, pattern: str, before: dict[str, bytes]) -> None:
    lines = said.splitlines()
    assert ran.code == code, ran
    assert re.match(pattern, lines[0]), lines[0][:300]
    assert "Traceback" not in ran.out + ran.err
    heads = [number for number, line in enumerate(lines) if not line.startswith("    ")]
    assert all(after - head <= 6 for head, after in zip(heads, [*heads[1:], len(lines)], strict=True)), said
    assert all(len(line) < 1000 for line in lines)
    assert tree(root / "build") == before


@pytest.mark.parametrize(("files", "line", "pattern"), DECLARATIONS)
def test_wrong_declaration_is_a_finding(root: Path, files: Files, line: int, pattern: str) -> None:
    before = tree(root / "build")
    write(root, files)
    ran = obskit(root, "build")
    refused(root, ran.out, ran, 1, f"{next(iter(files))}:{line}: error: {pattern}", before)
    assert ran.err.endswith("nothing was written\n")


def test_folder_that_is_no_project_is_told_by_its_name(tmp_path: Path) -> None:
    write(tmp_path / "other", {"pyproject.toml": "[tool.ruff]\n"})
    ran = obskit(tmp_path / "other", "build")
    assert (ran.code, 'or name the project, if "other" is not it: obskit --project DIR' in ran.err) == (2, True), ran


@pytest.mark.parametrize(("files", "pattern"), SETTINGS)
def test_wrong_settings_are_an_error(root: Path, files: Files, pattern: str) -> None:
    before = tree(root / "build")
    write(root, files)
    ran = obskit(root, "build")
    refused(root, ran.err, ran, 2, pattern, before)
    assert ran.out == ""


def put_file_for_folder(root: Path) -> None:
    shutil.rmtree(root / "build")
    (root / "build").write_text("mine")


def put_file_for_territory(root: Path) -> None:
    shutil.rmtree(root / "build/prometheus/rules")
    (root / "build/prometheus/rules").write_text("mine")


def link_build_out(root: Path) -> None:
    (root / "build").rename(root.parent / "build")
    (root / "build").symlink_to(root.parent / "build")


def link_folder_out(root: Path) -> None:
    (root / "build/grafana").rename(root.parent / "grafana")
    (root / "build/grafana").symlink_to(root.parent / "grafana")


def link_file_out(root: Path) -> None:
    (root / BUILT[1]).rename(root.parent / "shop.yaml")
    (root / BUILT[1]).symlink_to(root.parent / "shop.yaml")


def folder_for_file(root: Path) -> None:
    (root / BUILT[1]).unlink()
    (root / BUILT[1]).mkdir()


OUTPUTS = [
    (put_file_for_folder, r'obskit: error: the output folder "build" cannot be used: "build" is not a folder'),
    (put_file_for_territory, r'obskit: error: "prometheus/rules" in the output folder is a file where a folder must go'),
    (link_build_out, r'obskit: error: the output folder "build" leads outside of the project'),
    (link_folder_out, r'obskit: error: "grafana" in the output folder is a link'),
    (link_file_out, r'rules_src/shop.py: error: "prometheus/rules/shop.yaml" leads outside of the output folder'),
    (folder_for_file, r'rules_src/shop.py: error: "prometheus/rules/shop.yaml" in the output folder is a folder where a file must go'),
]


@pytest.mark.parametrize("command", [("build",), ("build", "--check")], ids=" ".join)
@pytest.mark.parametrize(("prepare", "pattern"), OUTPUTS)
def test_unsafe_output_is_refused(root: Path, prepare: Callable[[Path], None], pattern: str, command: tuple[str, ...]) -> None:
    prepare(root)
    before = tree(root.parent)
    ran = obskit(root, *command)
    assert (ran.code, ran.out) == (2, "")
    assert re.match(pattern, ran.err), ran.err
    assert tree(root.parent) == before


def test_output_that_cannot_be_written_is_refused(root: Path) -> None:
    folder = root / BUILT[1]
    command = shutil.which("chattr")
    if command is None or subprocess.run([command, "+i", folder.parent, folder], capture_output=True, check=False).returncode:
        pytest.skip("needs chattr +i: permission bits do not bind every user")
    try:
        write(root, {"rules_src/shop.py": SHOP["rules_src/shop.py"].replace("2m", "7m")})  # type: ignore[union-attr]  # text
        before = tree(root / "build")
        ran = obskit(root, "build")
    finally:
        subprocess.run([command, "-i", folder.parent, folder], check=True)
    assert (ran.code, ran.out) == (2, "")
    assert re.match(r'.*error: .*"?build/prometheus/rules', ran.err), ran.err
    assert tree(root / "build") == before


COMMANDS = [
    (("biuld",), 'there is no command "biuld"'),
    (("build", "--chek"), "--check"),
    (("build", "--format", "txt"), "build --format text"),
    (("build", "--only", "dashbords"), 'did you mean "dashboards"?'),
    (("build", "extra"), "extra"),
    (("--project", "nowhere/at/all", "build"), 'project folder "nowhere/at/all" does not exist'),
]


@pytest.mark.parametrize(("arguments", "said"), COMMANDS)
def test_wrong_command_line_is_an_error(root: Path, arguments: tuple[str, ...], said: str) -> None:
    before = tree(root)
    ran = obskit(root, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert tree(root) == before


@pytest.mark.parametrize("text", ["\x1b[31mred\x1b[0m", "\x9b31m", "a\rb", "bell\x07", "\u202egnirts"])
def test_terminal_never_obeys_a_title(root: Path, text: str) -> None:
    write(root, helper(f"b = dashboard({text!r}, uid='b', panels=[timeseries({text!r}, 'nowhere_total')])\n"))
    ran = obskit(root, "build")
    assert ran.code == 1
    assert all(character.isprintable() for character in (ran.out + ran.err).replace("\n", "")), ran


TITLES = ['He said "no"', "it's", "a\\b", "two\nlines", "数据看板", "🎉 party", "a: b # c", "{ x }", "\x1b[31mred"]


@pytest.mark.parametrize("title", TITLES)
def test_any_title_is_built_as_it_is(root: Path, title: str) -> None:
    shown = f"timeseries({title!r}, 'up', unit='short', description='d')"
    alert = f"a = Alert(name={title!r}, expr='up == 0', severity='warning', summary={title!r}, description='d')\n"
    write(root, helper(f"b = dashboard({title!r}, uid='b', description={title!r}, panels=[{shown}])\n"), rule(alert))
    ran = obskit(root, "build")
    assert ran.code == 0, ran
    made = json.loads((root / "build/grafana/dashboards/general/b.json").read_text("utf-8"))
    (loaded,) = yaml.safe_load((root / "build/prometheus/rules/new.yaml").read_text("utf-8"))["groups"][0]["rules"]
    assert (made["title"], made["panels"][0]["title"], loaded["alert"], loaded["annotations"]["summary"]) == (title,) * 4


def test_empty_project_builds_to_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "", "dashboards_src/__init__.py": "", "rules_src/__init__.py": ""})
    said = "0 files, 0 changed; no dashboard or rule in 2 modules of rules_src and dashboards_src\n"
    assert obskit(tmp_path, "build") == Ran(0, "", said)


def test_interrupt_in_a_module_ends_the_run(root: Path) -> None:
    before = tree(root / "build")
    write(root, board("raise KeyboardInterrupt\n"))
    assert obskit(root, "build").code == 130
    assert tree(root / "build") == before
