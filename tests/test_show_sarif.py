"""Findings as SARIF 2.1.0, held against the rules of the standard that matter for what we write.

The rules are ours in words; the numbers are the standard's sections.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from project import BUILT, SHOP, Ran, obskit, repository, write

from obskit import __version__, lint, rooms
from obskit.finding import Finding
from obskit.origin import Origin
from obskit.workflow import Outcome

ODD = """\
from obskit.dashboards import dashboard, timeseries

def part(title):
    return timeseries(title, 'sum(rate(gone_total{a="{b}"}[$__rate_interval]))', unit="reqps", description="d")

odd = dashboard("Odd", uid="odd", panels=[part("{One}"), part("Two")], description="d")
bare = dashboard("Bare", panels=[])
"""
PATH = "dashboards_src/sub folder/größe%.py"
TEXT = {"text": str}
MESSAGE = {"text": str}
SHAPES: dict[str, dict[str, Any]] = {
    # object: its properties that we write; `!` marks what the standard requires (3.13, 3.14, 3.18, 3.19, 3.20, 3.27, 3.28, 3.29, …)
    "log": {"$schema": str, "version!": str, "runs!": ["run"]},
    "run": {"tool!": "tool", "invocations": ["invocation"], "originalUriBaseIds": {"": "location of a file"}, "columnKind": str,
            "results": ["result"]},
    "tool": {"driver!": "driver"},
    "driver": {"name!": str, "version": str, "rules": ["rule"]},
    "rule": {"id!": str, "name": str, "shortDescription": "text", "fullDescription": "text", "help": "text",
             "defaultConfiguration": "configuration", "properties": dict},
    "text": {"text!": str, "markdown": str},
    "configuration": {"level": str},
    "invocation": {"executionSuccessful!": bool, "exitCode": int, "toolExecutionNotifications": ["notification"]},
    "notification": {"level": str, "message!": "text"},
    "result": {"ruleId": str, "ruleIndex": int, "level": str, "message!": "text", "locations": ["location"],
               "relatedLocations": ["location"], "partialFingerprints": {"": str}, "properties": dict},
    "location": {"physicalLocation": "place", "logicalLocations": ["part"], "message": "text"},
    "place": {"artifactLocation": "location of a file", "region": "region"},
    "location of a file": {"uri": str, "uriBaseId": str, "description": "text"},
    "region": {"startLine": int, "startColumn": int, "endLine": int, "endColumn": int, "snippet": "text"},
    "part": {"name": str, "fullyQualifiedName": str},
}  # fmt: skip


def faults(value: Any, shape: Any, where: str) -> list[str]:
    """What in `value` is not as its shape says: a missing or unknown property, or another type."""
    if isinstance(shape, type):
        return [] if type(value) is shape else [f"{where} is no {shape.__name__}"]
    if isinstance(shape, list):
        return [fault for number, item in enumerate(value) for fault in faults(item, shape[0], f"{where}[{number}]")]
    if isinstance(shape, dict):
        return [fault for name, item in value.items() for fault in faults(item, shape[""], f"{where}.{name}")]
    known = {name.rstrip("!"): inner for name, inner in SHAPES[shape].items()}
    wrong = [f"{where} has no {name[:-1]}" for name in SHAPES[shape] if name.endswith("!") and name[:-1] not in value]
    wrong += [f"{where} has {name}" for name in value if name not in known]
    return wrong + [fault for name, item in value.items() if name in known for fault in faults(item, known[name], f"{where}.{name}")]


def checked(ran: Ran) -> dict[str, Any]:
    """The one run of a log, after the rules for every log have held."""
    log = json.loads(ran.out)
    assert faults(log, "log", "log") == []
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run: dict[str, Any] = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)  # 3.19.23: no two of one id, as none has a guid
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")  # 3.14.17
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]  # 3.27.6
        assert result["level"] in ("none", "note", "warning", "error")  # 3.27.10
        assert result["message"]["text"]
        assert re.search(r"(?<!\{)(\{\{)*\{(?!\{)|(?<!\})(\}\})*\}(?!\})", result["message"]["text"]) is None  # 3.11.5
        for location in (*result.get("locations", ()), *result.get("relatedLocations", ())):
            place = location["physicalLocation"]
            assert re.fullmatch(r"(?!/)(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", place["artifactLocation"]["uri"])  # 3.4.3, RFC 3986
            assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]  # 3.4.4
            region = place.get("region", {"startLine": 1})
            assert region["startLine"] >= 1  # 3.30.5
            assert region.get("endColumn", 2) > region.get("startColumn", 1) >= 1  # 3.30.6, 3.30.8
    prints = [json.dumps(result["partialFingerprints"]) for result in run["results"]]
    assert len(set(prints)) == len(prints)
    return run


def linted(root: Path, *files: dict[str, str], how: tuple[str, ...] = ("lint",)) -> dict[str, Any]:
    return checked(obskit(write(repository(root), SHOP, *files), *how, "--format", "sarif"))


def test_good_project_has_no_results(tmp_path: Path) -> None:
    run = linted(tmp_path)
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 0}]
    assert (run["tool"]["driver"]["name"], run["tool"]["driver"]["version"]) == ("obskit", __version__)


def test_every_check_that_could_run_is_a_rule(tmp_path: Path) -> None:
    toml = '[tool.obskit.lint]\nlevels = { panel-unit = "off", missing-uid = "info", metric-name = "error" }\n'
    rules = {rule["id"]: rule for rule in linted(tmp_path, {"pyproject.toml": toml})["tool"]["driver"]["rules"]}
    assert set(rules) == {page.id for page in lint.pages()} - {"panel-unit"}
    levels = [rules[name]["defaultConfiguration"]["level"] for name in ("missing-uid", "metric-name", "panel-title")]
    assert levels == ["note", "error", "warning"]


@pytest.mark.parametrize("page", lint.pages(), ids=lambda page: page.id)
def test_rule_says_what_the_page_says(page: lint.Page, capsys: pytest.CaptureFixture[str]) -> None:
    rooms.room("obskit.cli.show", "sarif").show(Outcome(), quiet=False)
    (rule,) = [rule for rule in json.loads(capsys.readouterr().out)["runs"][0]["tool"]["driver"]["rules"] if rule["id"] == page.id]
    assert rule["shortDescription"]["text"] == page.first
    assert rule["fullDescription"]["text"] == f"{page.first}\n\n{page.prose}"
    assert len(rule["fullDescription"]["text"]) <= 1024, "code scanning cuts it"
    assert f"Level here: {page.level}" in rule["help"]["text"]
    assert f"Level here: {page.level}" in rule["help"]["markdown"], "it is shown instead of the text"
    assert rule["help"]["markdown"].count("```") == 2 * (1 + len((*page.settings, *page.bad, *page.good)))


def whole(lines: list[str], line: int) -> dict[str, Any]:
    """The region of a line without its indent."""
    text = lines[line - 1]
    columns = {"startColumn": len(text) - len(text.lstrip()) + 1, "endLine": line, "endColumn": len(text) + 1}
    return {"startLine": line, **columns, "snippet": {"text": text}}


def test_finding_is_a_result_at_its_place(tmp_path: Path) -> None:
    results = linted(tmp_path, {PATH: ODD})["results"]
    (odd,) = [one for one in results if one["ruleId"] == "unknown-metric" and "One" in one["message"]["text"]]
    uri = "dashboards_src/sub%20folder/gr%C3%B6%C3%9Fe%25.py"
    base = {"uri": uri, "uriBaseId": "%SRCROOT%"}
    lines = ODD.splitlines()
    assert odd["level"] == "error"
    assert odd["message"]["text"].splitlines()[:2] == [
        'metric "gone_total" is not in the catalogue', f'in panel "{{{{One}}}}", query A, called from {PATH}:6',
    ]  # fmt: skip
    assert odd["locations"] == [{
        "physicalLocation": {"artifactLocation": base, "region": whole(lines, 4) | {"startColumn": 40, "endColumn": 50}},
        "logicalLocations": [{"name": "query A", "fullyQualifiedName": 'panel "{One}", query A'}],
    }]  # fmt: skip
    (called,) = odd["relatedLocations"]
    assert called["physicalLocation"] == {"artifactLocation": base, "region": whole(lines, 6)}
    assert odd["properties"] == {"query": 'sum(rate(gone_total{a="{b}"}[$__rate_interval]))', "span": [9, 19]}


def test_info_is_a_note(tmp_path: Path) -> None:
    toml = '[tool.obskit.lint]\nlevels = { missing-uid = "info" }\n'
    assert {one["level"] for one in linted(tmp_path, {PATH: ODD, "pyproject.toml": toml})["results"] if one["ruleId"] == "missing-uid"} == {
        "note"
    }


def prints(root: Path, text: str) -> set[str]:
    found = linted(root, {PATH: text}, how=("lint", "--select", "unknown-metric,missing-uid"))["results"]
    return {one["partialFingerprints"]["finding/v1"] for one in found}


def test_fingerprints_stay_when_lines_move(tmp_path: Path) -> None:
    first = prints(tmp_path, ODD)
    assert len(first) == 3
    assert prints(tmp_path, "\n\n\n" + ODD) == first
    assert len(prints(tmp_path, ODD.replace("gone_total", "lost_total")) & first) == 1


def test_results_that_are_alike_have_fingerprints_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    alike = [Finding(id="missing-uid", severity="info", message="m", origin=Origin("a.py", line)) for line in (1, 2)]
    rooms.room("obskit.cli.show", "sarif").show(Outcome(findings=tuple(alike), about="1 file"), quiet=True)
    assert len(checked(Ran(0, capsys.readouterr().out, ""))["results"]) == 2


def test_finding_without_a_place_or_a_page_is_a_result_too(capsys: pytest.CaptureFixture[str]) -> None:
    odd = Finding(id="new-check", severity="error", message="}{ \x1b", query="a\nb")
    rooms.room("obskit.cli.show", "sarif").show(Outcome(findings=(odd,), about="1 file", failed=True), quiet=True)
    said = capsys.readouterr()
    (result,) = checked(Ran(1, said.out, ""))["results"]
    assert result["message"]["text"] == "}}{{ �"
    assert "locations" not in result
    assert said.err == "1 file: 1 error\n"


def test_check_reports_files_that_differ_and_strangers(tmp_path: Path) -> None:
    obskit(write(repository(tmp_path), SHOP), "build")
    write(tmp_path, {BUILT[1]: "old\n", "build/prometheus/rules/left.yaml": "", "build/prometheus/rules/notes.txt": ""})
    run = checked(obskit(tmp_path, "build", "--check", "--format", "sarif"))
    found = [(one["ruleId"], one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) for one in run["results"]]
    assert found == [
        ("stale", "build/prometheus/rules/left.yaml"), ("stale", BUILT[1]), ("stranger", "build/prometheus/rules/notes.txt"),
    ]  # fmt: skip
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]


def test_standard_error_has_the_closing_line(tmp_path: Path) -> None:
    assert obskit(write(tmp_path, SHOP), "build", "--format", "sarif").err == "2 files, 2 changed\n"
    assert obskit(tmp_path, "--quiet", "build", "--format", "sarif").err == ""


def test_sarif_is_the_same_from_the_record(tmp_path: Path) -> None:
    obskit(write(tmp_path, SHOP), "build")
    assert obskit(tmp_path, "build", "--format", "sarif") == obskit(tmp_path, "build", "--no-cache", "--format", "sarif")
