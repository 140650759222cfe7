"""Calls that cannot be understood: one line that says what is wrong, one with the call that was meant, exit code 2."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from project import SHOP, Ran, obskit, write

from obskit import rooms

BUILD, LINT = "obskit build", "obskit lint"
CALLS = [
    # (call, what is wrong, the hint)
    ("build --quiet", '"--quiet" goes before the command', "obskit --quiet build"),
    ("build --check --project shop", '"--project" goes before the command', "obskit --project shop build --check"),
    ("build --project=shop", '"--project" goes before the command', "obskit --project=shop build"),
    ("catalog uses x --quiet", '"--quiet" goes before the command', "obskit --quiet catalog uses x"),
    ("--check build", '"--check" goes behind the command', "obskit build --check"),
    ("--format json build --check", '"--format" goes behind the command', "obskit build --check --format json"),
    ("--select a,b lint", '"--select" goes behind the command', "obskit lint --select a,b"),
    ("build --chekc", 'obskit build has no option "--chekc"', "obskit build --check"),
    ("build -check", 'obskit build has no option "-check"', "obskit build --check"),
    ("lint --formt=json", 'obskit lint has no option "--formt"', "obskit lint --format=json"),
    ("build --select x", 'obskit build has no option "--select"', "it is an option of obskit lint"),
    ("build -x", 'obskit build has no option "-x"', "obskit build --help lists its options"),
    ("--nonsense", 'obskit has no option "--nonsense"', "obskit --help lists its options"),
    ("biuld --check", 'there is no command "biuld"', "obskit build --check"),
    ("help build", 'there is no command "help"', "obskit build --help"),
    ("version", 'there is no command "version"', "obskit --version"),
    ("catalog use x", 'there is no command "catalog use"', "obskit catalog uses x"),
    ("catalog frob", 'there is no command "catalog frob"', "obskit catalog --help tells of scrape, uses"),
    ("build --format yaml", '--format cannot be "yaml"', "it is one of: github, json, sarif, text"),
    ("build --format=jsn", '--format cannot be "jsn"', "obskit build --format=json"),
    ("build --format jsn", '--format cannot be "jsn"', "obskit build --format json"),
    ("lint --fail-on info", '--fail-on cannot be "info"', "it is one of: error, warning"),
    ("build --only", '"--only" needs a value', "obskit build --only FORMAT"),
    ("lint --explain", '"--explain" needs a value', "obskit lint --explain ID"),
    ("build --check=yes", '"--check" takes no value', "obskit build --check"),
    ("build foo", '"foo" is one word too many for obskit build', "obskit build"),
    ("build --check a b", '"a" is one word too many for obskit build', "obskit build --check"),
    ("build 'a b' --check", '"a b" is one word too many for obskit build', "obskit build --check"),
    ("build build", '"build" is one word too many for obskit build', "obskit build"),
    ("build shop", '"shop" is one word too many for obskit build', "obskit --project shop build"),
    ("lint rules.yaml", '"rules.yaml" is one word too many for obskit lint', "obskit validate rules.yaml"),
    ("lint panel-unit", '"panel-unit" is one word too many for obskit lint', "obskit lint --select panel-unit"),
    ("query promql rate(x[5m]) > 0", '">" is one word too many for obskit query', "obskit query promql 'rate(x[5m]) > 0'"),
    ("query", "obskit query needs LANGUAGE: promql or traceql", "obskit query promql 'sum by (job) (rate(shop_requests_total[5m]))'"),
    ("query promq up", 'LANGUAGE cannot be "promq"', "obskit query promql up"),
    ("validate", "obskit validate needs FILE…", "obskit validate dashboards/ rules.yaml"),
    ("validate gone.json", '"gone.json" does not exist', "name files or folders, or - for standard input"),
    ("catalog uses", "obskit catalog uses needs NAME", "obskit catalog uses status_code"),
    ("completion tcsh", 'SHELL cannot be "tcsh"', "it is one of: bash, zsh, fish"),
    ("lint --explain nevr-fires", 'there is no check "nevr-fires"', 'did you mean "never-fires"?'),
    ("lint --write-baseline", "--write-baseline needs --baseline FILE", "obskit lint --baseline known.json --write-baseline"),
    ("lint --list --format sarif", "--list and --explain are shown as text or json, not as sarif", "obskit lint --list --format json"),
    ("--project rules.yaml build", '"rules.yaml" is a file, where the folder of a project is due', "name its folder: obskit --project ."),
    ("--project gone build", 'project folder "gone" does not exist', "name a folder in or under the one with pyproject.toml"),
    ("build --only dashboard", 'format "dashboard" is not enabled', 'did you mean "dashboards"?'),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, SHOP, {"shop/pyproject.toml": "", "rules.yaml": "groups: []\n"})
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("call", "wrong", "hint"), CALLS, ids=[call for call, _, _ in CALLS])
@pytest.mark.usefixtures("here")
def test_call_is_answered_by_the_one_that_was_meant(call: str, wrong: str, hint: str) -> None:
    words = call.split(" ") if ">" in call else shlex.split(call)
    assert obskit(None, *words) == Ran(2, "", f"obskit: error: {wrong}\n    hint: {hint}\n")


ABOUT = (" lists ", " tells ", "FORMAT", " ID")
MEANT = [(call, hint) for call, _, hint in CALLS if hint.startswith("obskit ") and not any(word in hint for word in ABOUT)]


@pytest.mark.parametrize(("call", "hint"), MEANT, ids=[call for call, _ in MEANT])
def test_call_that_is_offered_is_understood(here: Path, call: str, hint: str) -> None:
    write(here, {"shop/rules_src/a.py": "", "dashboards/.keep": ""})
    ran = obskit(None, *shlex.split(hint)[1:])
    said = ("goes before", "goes behind", "has no option", "no command", "one word too many", " needs ", " cannot be ")
    assert [word for word in said if word in ran.err] == []


@pytest.mark.usefixtures("here")
def test_unknown_command_tells_of_all() -> None:
    ran = obskit(None, "frobnicate")
    said, _, names = ran.err.splitlines()[1].partition(" tells of ")
    assert said == "    hint: obskit --help"
    assert set(names.split(", ")) == set(rooms.names("obskit.cli.commands"))


@pytest.mark.usefixtures("here")
def test_hostile_word_is_one_line_and_quoted() -> None:
    ran = obskit(None, "build", "a\n\x1b[2J; rm -rf b")
    assert (ran.code, len(ran.err.splitlines()), "\x1b" in ran.err) == (2, 2, False)
