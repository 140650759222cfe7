"""The command line: its help, its options, its codes, where it prints what."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from project import BUILT, ENTRY, REPOSITORY, SHOP, Ran, obskit, process, tree, write

from obskit import __version__

SLIP = """\
from obskit.dashboards import dashboard, timeseries

slip = dashboard("Slip", uid="slip", description="One slip.", panels=[
    timeseries("Requests", "sum(rate(shop_request_total[5m]))", unit="reqps", description="One slip.")
])
"""
RAISING = "def deep(): raise ValueError('no')\ndeep()\n"
WARNING = "up = __import__('obskit.dashboards', fromlist=['dashboard']).dashboard('Up', description='d', panels=[])\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return write(tmp_path, SHOP)


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("build", "--help")], ids=" ".join)
def test_help_fits_a_narrow_terminal(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ran = obskit(tmp_path, *arguments)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80


def test_help_of_a_command_has_an_example(tmp_path: Path) -> None:
    assert re.search(r"Example:\n +obskit build", obskit(tmp_path, "build", "--help").out)


def test_help_tells_the_exit_codes(tmp_path: Path) -> None:
    assert re.findall(r"(?m)^ +(\d)  \w", obskit(tmp_path, "--help").out) == ["0", "1", "2", "3"]


def test_help_is_shown_when_nothing_is_asked(tmp_path: Path) -> None:
    ran = process(tmp_path)
    assert "Usage: obskit" in ran.out + ran.err


def test_version_is_one_line(tmp_path: Path) -> None:
    assert obskit(tmp_path, "--version") == Ran(0, f"obskit {__version__}\n", "")


def test_no_project_is_needed_to_ask(tmp_path: Path) -> None:
    assert process(tmp_path, "build", "--help").code == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("files", "arguments", "code"),
    [
        ({}, ("build",), 0),
        ({}, ("build", "--check"), 1),
        ({"dashboards_src/slip.py": SLIP}, ("build",), 1),
        ({"dashboards_src/slip.py": RAISING}, ("build",), 1),
        ({"dashboards_src/warn.py": WARNING}, ("build",), 0),
        ({"dashboards_src/warn.py": WARNING, "pyproject.toml": '[tool.obskit.lint]\nfail = "warning"\n'}, ("build",), 1),
        ({"pyproject.toml": "["}, ("build",), 2),
        ({}, ("built",), 2),
    ],
)
def test_exit_code(shop: Path, files: dict[str, str], arguments: tuple[str, ...], code: int) -> None:
    write(shop, files)
    assert obskit(shop, *arguments).code == code


def test_check_writes_nothing(shop: Path) -> None:
    before = tree(shop)
    obskit(shop, "build", "--check")
    assert {path: data for path, data in tree(shop).items() if not path.startswith(".obskit/")} == before


def test_check_names_each_file_and_its_module(shop: Path) -> None:
    said = obskit(shop, "build", "--check").out
    assert said == f"missing  {BUILT[0]}  (made by dashboards_src/shop.py)\nmissing  {BUILT[1]}  (made by rules_src/shop.py)\n"


def test_quiet_says_nothing_of_a_good_build(shop: Path) -> None:
    assert obskit(shop, "--quiet", "build") == Ran(0, "", "")


def test_quiet_still_shows_findings(shop: Path) -> None:
    write(shop, {"dashboards_src/slip.py": SLIP})
    ran = obskit(shop, "--quiet", "build")
    assert "[unknown-metric]" in ran.out
    assert ran.err == "1 error in 4 modules; nothing was written\n"


@pytest.mark.parametrize(("only", "made"), [("dashboards", BUILT[0]), ("rules", BUILT[1])])
def test_only_builds_one_format(shop: Path, only: str, made: str) -> None:
    assert obskit(shop, "build", "--only", only) == Ran(0, "", "1 file, 1 changed\n")
    assert [f"build/{path}" for path in tree(shop / "build")] == [made]


def test_only_may_be_given_again(shop: Path) -> None:
    assert obskit(shop, "build", "--only", "rules", "--only", "dashboards").err == "2 files, 2 changed\n"


def test_only_prunes_nothing_of_other_formats(shop: Path) -> None:
    left = "build/prometheus/rules/left.yaml"
    write(shop, {left: "groups: []\n"})
    obskit(shop, "build", "--only", "dashboards")
    assert (shop / left).exists()


def test_only_of_a_format_that_is_not_enabled_is_an_error(shop: Path) -> None:
    write(shop, {"pyproject.toml": '[tool.obskit]\nformats = ["rules"]\n'})
    ran = obskit(shop, "build", "--only", "dashboards")
    assert (ran.code, ran.err.splitlines()[0]) == (2, 'obskit: error: format "dashboards" is not enabled')


def test_traceback_shows_the_exception_of_the_author(shop: Path) -> None:
    write(shop, {"dashboards_src/slip.py": RAISING})
    ran = obskit(shop, "--traceback", "build")
    assert ran.code == 1
    assert re.search(r'File ".*dashboards_src/slip.py", line 1, in deep\n(.*\n)*ValueError: no\n', ran.err)


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", "--check"),
        ("lint",),
        ("diff",),
        ("routes",),
        ("routes", "--format", "json"),
        ("query", "promql", "up"),
        ("query", "traceql", "{ }", "--json"),
        ("catalog",),
        ("catalog", "uses", "shop_requests_total"),
        ("catalog", "uses", "unheard_of", "--format", "json"),
        ("catalog", "scrape", "metrics.txt"),
    ],
    ids=" ".join,
)
def test_traceback_is_shown_by_every_command_that_loads_modules(shop: Path, arguments: tuple[str, ...]) -> None:
    write(shop, {"dashboards_src/slip.py": RAISING, "metrics.txt": "up 1\n"})
    subprocess.run(["git", "init", "-q"], cwd=shop, check=True)
    place = [str(shop / "metrics.txt")] if arguments[-1] == "metrics.txt" else [arguments[-1]]
    ran = obskit(shop, "--traceback", *arguments[:-1], *place)
    assert (ran.code, ran.err.count("ValueError: no\n")) == (1, 1)


def test_traceback_is_shown_once_for_a_stream_of_queries(shop: Path) -> None:
    write(shop, {"dashboards_src/slip.py": RAISING})
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, *ENTRY, "--traceback", "query", "promql", "-", "--json"]
    done = subprocess.run(command, cwd=shop, env=known, input=b'"up"\n"down"\n', capture_output=True, check=False)
    assert (done.stdout.count(b"\n"), done.stderr.count(b"ValueError: no\n")) == (2, 1)


def test_exception_of_the_author_is_one_finding(shop: Path) -> None:
    write(shop, {"dashboards_src/slip.py": RAISING})
    assert obskit(shop, "build").out == (
        "dashboards_src/slip.py:1: error: ValueError: no [module-error]\n    called from dashboards_src/slip.py:2\n"
    )


def test_what_a_module_prints_is_not_on_standard_output(shop: Path) -> None:
    write(shop, {"dashboards_src/loud.py": "print('hello')\n"})
    ran = obskit(shop, "build", "--format", "json")
    assert json.loads(ran.out)["exit_code"] == 0
    assert "hello" in ran.err


FINDING = {
    "id": str, "severity": str, "message": str, "hint": str, "path": (str, type(None)), "line": (int, type(None)), "where": str,
    "caller": str, "query": str, "span": (list, type(None)),
}  # fmt: skip
CHANGE = {"path": str, "kind": str, "sources": list}
OUTCOME = {"findings": list, "changes": list, "files": int, "written": bool, "exit_code": int}


@pytest.mark.parametrize("files", [{}, {"dashboards_src/slip.py": SLIP}, {"dashboards_src/slip.py": RAISING}])
@pytest.mark.parametrize("check", [(), ("--check",)], ids=["build", "check"])
def test_json_has_its_shape(shop: Path, files: dict[str, str], check: tuple[str, ...]) -> None:
    write(shop, files)
    ran = obskit(shop, "build", "--format", "json", *check)
    shown = json.loads(ran.out)
    for data, shape in [(shown, OUTCOME), *((one, FINDING) for one in shown["findings"]), *((one, CHANGE) for one in shown["changes"])]:
        assert data.keys() == shape.keys()
        assert [key for key, kind in shape.items() if not isinstance(data[key], kind)] == []
    assert (shown["exit_code"], ran.err) == (ran.code, "")


def test_json_is_the_same_from_the_record(shop: Path) -> None:
    obskit(shop, "build")
    assert obskit(shop, "build", "--format", "json") == obskit(shop, "build", "--no-cache", "--format", "json")


def test_project_may_be_named_from_elsewhere(
    shop: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    ran = obskit(shop / "dashboards_src", "build")
    assert (ran.code, sorted(f"build/{path}" for path in tree(shop / "build"))) == (0, sorted(BUILT))


def shown_on_a_terminal(root: Path, **environment: str) -> bytes:
    """What `obskit build` writes when its output is a terminal."""
    ours, theirs = pty.openpty()
    known = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {"PYTHONPATH": str(REPOSITORY), **environment}
    with subprocess.Popen([sys.executable, *ENTRY, "build"], cwd=root, env=known, stdout=theirs, stderr=subprocess.DEVNULL):
        os.close(theirs)
        text = b""
        while part := read(ours):
            text += part
    os.close(ours)
    return text


def read(handle: int) -> bytes:
    try:
        return os.read(handle, 4096)
    except OSError:  # how Linux says that the other end is closed
        return b""


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_are_for_terminals_that_want_them(shop: Path, environment: dict[str, str], coloured: bool) -> None:
    write(shop, {"dashboards_src/slip.py": SLIP})
    assert (b"\x1b[" in shown_on_a_terminal(shop, **environment)) is coloured


def test_a_pipe_has_no_colours(shop: Path) -> None:
    write(shop, {"dashboards_src/slip.py": SLIP})
    assert "\x1b" not in process(shop, "build").out


def test_a_reader_that_went_away_is_no_traceback(shop: Path) -> None:
    write(shop, {f"dashboards_src/slip_{number}.py": SLIP.replace('"slip"', f'"slip-{number}"') for number in range(50)})
    reader, writer = os.pipe()
    os.close(reader)
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run([sys.executable, *ENTRY, "build"], cwd=shop, env=known, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, b"Traceback" in done.stderr, b"nothing was written" in done.stderr) == (1, False, True)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("lint",),
        ("lint", "--list"),
        ("lint", "--format", "sarif"),
        ("catalog", "--format", "json"),
        ("query", "promql", "up", "--json"),
        ("--help",),
    ],
    ids=" ".join,
)
def test_output_that_cannot_be_written_is_one_line(shop: Path, arguments: tuple[str, ...]) -> None:
    write(shop, {"dashboards_src/slip.py": SLIP})
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with open("/dev/full", "wb") as full:
        done = subprocess.run([sys.executable, *ENTRY, *arguments], cwd=shop, env=known, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (3, b"obskit: error: cannot write the output: no space left on device\n")


def test_a_terminal_without_unicode_is_no_traceback(shop: Path) -> None:
    write(shop, {"dashboards_src/slip.py": SLIP.replace('"Requests"', '"数"')})
    ran = process(shop, "build", environment={"PYTHONIOENCODING": "latin-1"})
    assert (ran.code, ran.err) == (1, "1 error in 4 modules; nothing was written\n")


def test_folder_of_a_format_that_is_not_enabled_any_more_is_reported(tmp_path: Path) -> None:
    root = write(tmp_path, SHOP)
    obskit(root, "build")
    write(root, {"pyproject.toml": "[tool.obskit]\nformats = ['rules']\n"})
    said = [obskit(root, *how).out for how in (("build",), ("build", "--check"))]
    assert all('"build/grafana/dashboards" is of the format "dashboards", which is not enabled [leftover]' in out for out in said)
    assert (root / BUILT[0]).exists()
