"""Colours: where they are used, by which variables, and that a log without them holds nothing but lines of text."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from project import ENTRY, REPOSITORY, SHOP, process, write

SLIP = """\
from obskit.dashboards import dashboard, timeseries

slip = dashboard("Slip", uid="slip", description="One slip.", panels=[
    timeseries("Requests\\x1b[2J", "sum(rate(shop_request_total[5m]))", unit="reqps", description="One slip.")
])
"""
NAMES = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR")
QUICK = ("query", "promql", "sum(")
"""Says something coloured and needs no project."""
COLOURS = [
    # (environment, coloured in a pipe, coloured on a terminal)
    ({}, False, True),
    ({"NO_COLOR": "1"}, False, False),
    ({"NO_COLOR": ""}, False, True),
    ({"FORCE_COLOR": "1"}, True, True),
    ({"FORCE_COLOR": "0"}, False, True),
    ({"CLICOLOR_FORCE": "1"}, True, True),
    ({"CLICOLOR": "0"}, False, False),
    ({"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, True, True),
    ({"NO_COLOR": "1", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, False, False),
    ({"TERM": "dumb"}, False, False),
    ({"TERM": "dumb", "FORCE_COLOR": "3"}, True, True),
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("shop"), SHOP, {"dashboards_src/slip.py": SLIP})


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bare")


def told(**more: str) -> dict[str, str]:
    """The environment without what this run was started with; a name that is not given is not set."""
    kept = {name: value for name, value in os.environ.items() if name not in NAMES}
    return {**kept, "TERM": "xterm-256color", "PYTHONPATH": str(REPOSITORY), **more}


def in_a_pipe(root: Path, *arguments: str, **more: str) -> str:
    command = [sys.executable, *ENTRY, *arguments]
    done = subprocess.run(command, cwd=root, env=told(**more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.stdout.decode()


def on_a_terminal(root: Path, **more: str) -> str:
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, *ENTRY, *QUICK], cwd=root, env=told(**more), stdout=theirs, stderr=subprocess.DEVNULL):
        os.close(theirs)
        text = b""
        while part := _read(ours):
            text += part
    os.close(ours)
    return text.decode()


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 4096)
    except OSError:  # how Linux says that the other end is closed
        return b""


@pytest.mark.parametrize(("environment", "piped", "terminal"), COLOURS, ids=lambda value: str(value))
def test_colours_follow_the_conventions(bare: Path, environment: dict[str, str], piped: bool, terminal: bool) -> None:
    assert ("\x1b[31m" in in_a_pipe(bare, *QUICK, **environment), "\x1b[31m" in on_a_terminal(bare, **environment)) == (piped, terminal)


def test_colours_change_nothing_but_colours(shop: Path) -> None:
    coloured = re.sub(r"\x1b\[[0-9;]*m", "", in_a_pipe(shop, "lint", FORCE_COLOR="1"))
    assert coloured == in_a_pipe(shop, "lint")


LOGS = (
    ("lint",), ("build",), ("build", "--check"), ("--traceback", "lint"), ("catalog",), ("--help",),
    ("catalog", "uses", "shop_requests_total"),
    ("query", "promql", "sum(rate(shop_request_total[5m]))"), ("lint", "--explain", "never-fires"), ("lint", "--list"), ("nonsense",),
    ("lint", "--format", "github"), ("lint", "--format", "json"), ("lint", "--format", "sarif"), ("validate", "pyproject.toml"),
)  # fmt: skip


@pytest.mark.parametrize("arguments", LOGS, ids=" ".join)
def test_log_is_lines_of_text_and_nothing_else(shop: Path, arguments: tuple[str, ...]) -> None:
    said = in_a_pipe(shop, *arguments)
    assert said.endswith("\n")
    assert [line for line in said[:-1].split("\n") if not line.isprintable()] == []


@pytest.mark.parametrize("form", ["github", "json", "sarif"])
def test_what_programs_read_is_never_coloured(shop: Path, form: str) -> None:
    assert "\x1b" not in process(shop, "lint", "--format", form, environment={"FORCE_COLOR": "1"}).out
