"""`obskit lint`: what it runs, what it says, that it writes nothing, and what it tells of its checks."""

from __future__ import annotations

import ast
import datetime
import json
from pathlib import Path

import pytest
from project import REPOSITORY, SHOP, Ran, obskit, process, tree, write

from obskit import analysis, lint, rooms, settings, source
from obskit.errors import ObskitError
from obskit.finding import MEANINGS, SEVERITIES
from obskit.lint.elsewhere import FOREIGN
from obskit.lint.others import REPORTS as OWN
from obskit.lint.others import WAIVERS

TODAY = datetime.date(2027, 1, 31)
BARE = """\
from obskit.dashboards import dashboard, timeseries

bare = dashboard("Bare", panels=[timeseries("Requests", "sum(rate(shop_request_total[$__rate_interval]))", unit="reqps")])
"""
FOUND = {"unknown-metric", "panel-description", "missing-uid"}
FAIL_WARNING = '[tool.obskit.lint]\nfail = "warning"\n'
CHECKS = rooms.names("obskit.lint.checks")
REPORTS = {**OWN, **FOREIGN}


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return write(tmp_path, SHOP, {"dashboards_src/bare.py": BARE})


def ids(ran: Ran) -> list[str]:
    return sorted({finding["id"] for finding in json.loads(ran.out)["findings"]})


def test_lint_of_a_good_project_says_what_it_looked_at(tmp_path: Path) -> None:
    assert obskit(write(tmp_path, SHOP), "lint") == Ran(0, "", "3 modules\n")


def test_lint_of_one_module_counts_it(tmp_path: Path) -> None:
    assert obskit(write(tmp_path, {"pyproject.toml": "", "dashboards_src/a.py": ""}), "lint").err == "1 module\n"


def test_quiet_says_nothing_of_a_good_project(tmp_path: Path) -> None:
    assert obskit(write(tmp_path, SHOP), "--quiet", "lint") == Ran(0, "", "")


def test_lint_finds_what_a_build_finds(bare: Path) -> None:
    built, linted = (obskit(bare, *how, "--format", "json") for how in (("build", "--no-cache"), ("lint",)))
    assert json.loads(linted.out)["findings"] == json.loads(built.out)["findings"] != []
    assert built.code == linted.code == 1


def test_lint_writes_nothing(bare: Path) -> None:
    before = tree(bare)
    obskit(bare, "lint")
    assert tree(bare) == before


def test_lint_needs_no_folder_that_it_may_write(bare: Path) -> None:
    (bare / ".obskit").write_text("in the way")
    assert obskit(bare, "lint").code == 1


EXITS = [
    # (files, arguments, code)
    ({}, (), 0),
    ({"dashboards_src/bare.py": BARE}, (), 1),
    ({"dashboards_src/bare.py": BARE}, ("--ignore", "unknown-metric"), 0),
    ({"dashboards_src/bare.py": BARE, "pyproject.toml": FAIL_WARNING}, ("--ignore", "unknown-metric"), 1),
    ({"dashboards_src/bare.py": BARE}, ("--select", "panel-unit"), 0),
    ({"dashboards_src/bare.py": "raise ValueError\n"}, (), 1),
    ({"pyproject.toml": "["}, (), 2),
    ({}, ("--select", "none-such"), 2),
    ({}, ("--ignore", "none-such"), 2),
    ({}, ("--explain", "none-such"), 2),
    ({}, ("--baseline", "none-such"), 2),
    ({}, ("--write-baseline",), 2),
    ({}, ("--list", "--format", "sarif"), 2),
]


@pytest.mark.parametrize(("files", "arguments", "code"), EXITS, ids=lambda value: " ".join(value) if isinstance(value, tuple) else None)
def test_exit_code(tmp_path: Path, files: dict[str, str], arguments: tuple[str, ...], code: int) -> None:
    assert obskit(write(tmp_path, SHOP, files), "lint", *arguments).code == code


SELECTIONS = [
    # (arguments, which ids are found)
    (("--select", ",".join(sorted(FOUND))), FOUND),
    (("--select", "missing-uid"), {"missing-uid"}),
    (("--select", "missing-uid,unknown-metric"), {"missing-uid", "unknown-metric"}),
    (("--select", "missing-uid", "--select", "unknown-metric"), {"missing-uid", "unknown-metric"}),
    (("--select", "missing-uid,unknown-metric", "--ignore", "missing-uid"), {"unknown-metric"}),
    (("--select", "panel-unit"), set()),
    (("--select", "schema"), set()),
]


@pytest.mark.parametrize(("arguments", "expected"), SELECTIONS, ids=lambda value: " ".join(value) if isinstance(value, tuple) else None)
def test_selection(bare: Path, arguments: tuple[str, ...], expected: set[str]) -> None:
    assert ids(obskit(bare, "lint", "--format", "json", *arguments)) == sorted(expected)


def test_ignored_check_is_the_only_one_that_does_not_run(bare: Path) -> None:
    everything = ids(obskit(bare, "lint", "--format", "json"))
    assert set(everything) >= FOUND
    assert [*ids(obskit(bare, "lint", "--format", "json", "--ignore", "missing-uid")), "missing-uid"] == sorted(
        everything, key=lambda name: (name == "missing-uid", name)
    )


REPORTED = {
    "uncollected": "from obskit.rules import Alert\nAlert(name='Lost', expr='up == 0')\n",
    "module-error": "raise ValueError\n",
}


@pytest.mark.parametrize(
    ("check", "arguments", "expected"),
    [
        ("uncollected", ("--select", "uncollected"), ["uncollected"]),
        ("uncollected", ("--select", "panel-unit,uncollected", "--ignore", "uncollected"), []),
        ("uncollected", ("--select", "panel-unit"), []),
        ("module-error", ("--select", "panel-unit"), ["module-error"]),
        ("module-error", ("--select", "panel-unit", "--ignore", "module-error"), []),
    ],
)
def test_what_no_check_makes_can_be_named_too(tmp_path: Path, check: str, arguments: tuple[str, ...], expected: list[str]) -> None:
    write(tmp_path, SHOP, {"rules_src/more.py": REPORTED[check]})
    assert ids(obskit(tmp_path, "lint", "--format", "json", *arguments)) == expected


@pytest.mark.parametrize("option", ["--select", "--ignore", "--explain"])
def test_unknown_id_is_told_the_nearest(tmp_path: Path, option: str) -> None:
    ran = obskit(write(tmp_path, SHOP), "lint", option, "panel-units")
    assert ran == Ran(2, "", 'obskit: error: there is no check "panel-units"\n    hint: did you mean "panel-unit"?\n')


def test_run_takes_a_selection(bare: Path) -> None:
    analysed = analysis.run(source.load(settings.load(bare)))
    everything = {one.id for one in lint.run(analysed, today=TODAY)}
    assert everything >= FOUND
    assert {one.id for one in lint.run(analysed, today=TODAY, select=["missing-uid"])} == {"missing-uid"}
    assert {one.id for one in lint.run(analysed, today=TODAY, ignore=["missing-uid"])} == everything - {"missing-uid"}
    with pytest.raises(ObskitError, match="there is no check"):
        lint.run(analysed, today=TODAY, select=["missing-uids"])


WAIVED = BARE.replace('"Bare",', '"Bare", uid="bare",').replace("unit=", 'waive=(Waive("panel-title", "none"),), unit=')
WAIVED = WAIVED.replace("dashboard, timeseries", "dashboard, timeseries\nfrom obskit.catalog import Waive")


@pytest.mark.parametrize(
    ("arguments", "expected"), [((), True), (("--select", "panel-unit,unused-waiver"), False), (("--ignore", "panel-title"), False)]
)
def test_waiver_of_a_check_that_did_not_run_is_not_unused(tmp_path: Path, arguments: tuple[str, ...], expected: bool) -> None:
    write(tmp_path, SHOP, {"dashboards_src/bare.py": WAIVED})
    assert ("[unused-waiver]" in obskit(tmp_path, "lint", *arguments).out) is expected


def test_list_names_every_check_with_its_level_and_first_sentence(tmp_path: Path) -> None:
    toml = '[tool.obskit.lint]\nunknown = "info"\nlevels = { panel-unit = "off", unused-waiver = "error" }\n'
    ran = obskit(write(tmp_path, SHOP, {"pyproject.toml": toml}), "lint", "--list")
    rows = {line.split()[0]: line.split(maxsplit=2)[1:] for line in ran.out.splitlines()}
    assert set(rows) == {*CHECKS, *WAIVERS, *REPORTS}
    assert rows["panel-unit"] == ["off", "A panel of numbers without a unit."]
    assert (rows["unused-waiver"][0], rows["unknown-metric"][0], rows["metric-name"][0]) == ("error", "info", "warning")
    assert (ran.code, ran.err) == (0, "")


def test_list_is_there_for_programs(tmp_path: Path) -> None:
    rows = json.loads(obskit(write(tmp_path, SHOP), "lint", "--list", "--format", "json").out)
    assert [row["id"] for row in rows] == sorted({*CHECKS, *WAIVERS, *REPORTS})
    assert {row.keys() >= {"id", "level", "usual", "says"} for row in rows} == {True}


@pytest.mark.parametrize("check", [*CHECKS, *WAIVERS, *REPORTS])
def test_explain_tells_the_page(tmp_path: Path, check: str) -> None:
    ran = obskit(write(tmp_path, SHOP), "lint", "--explain", check)
    (page,) = [page for page in lint.pages() if page.id == check]
    lines = ran.out.splitlines()
    assert lines[:2] == [f"{check}: {page.first}", ""]
    assert page.prose in ran.out
    assert f"Level here: {page.level} ({MEANINGS[page.usual]})" in lines
    assert lines.count("Bad:") == len(page.bad) >= (check not in REPORTS)
    assert lines.count("Good:") == len(page.good) >= (check not in REPORTS)
    assert (f"# obskit: ignore[{check}" in ran.out.rpartition("Level here")[2]) is (check in CHECKS)
    assert ("It cannot be waived: waivers are for lint checks only." in lines) is (check not in CHECKS)


def test_explain_tells_the_level_that_the_settings_give(tmp_path: Path) -> None:
    write(tmp_path, SHOP, {"pyproject.toml": '[tool.obskit.lint]\nlevels = { panel-unit = "off" }\n'})
    assert "Level here: off; without settings: warning" in obskit(tmp_path, "lint", "--explain", "panel-unit").out.splitlines()


@pytest.mark.parametrize("check", CHECKS)
def test_page_loses_nothing_of_the_docstring(check: str) -> None:
    (page,) = [page for page in lint.pages() if page.id == check]
    text = rooms.room("obskit.lint.checks", check).__doc__ or ""
    told = "\n".join([page.first, page.prose, *page.settings, *page.bad, *page.good])
    assert "".join(sorted(told.split())) == "".join(sorted(word for word in text.split() if word not in ("Settings:", "Bad:", "Good:")))


@pytest.mark.parametrize("check", WAIVERS)
def test_examples_of_what_is_said_of_waivers_are_true(tmp_path: Path, check: str) -> None:
    (page,) = [page for page in lint.pages() if page.id == check]
    for name, (example,), expected in (("bad", page.bad, True), ("good", page.good, False)):
        module = f"from obskit.dashboards import dashboard\n{example}\n"
        root = write(tmp_path / name, {"pyproject.toml": "", "dashboards_src/b.py": module})
        found = lint.run(analysis.run(source.load(settings.load(root))), today=TODAY)
        assert (check in {finding.id for finding in found}) is expected


SPEAK = ("cli/show/*.py", "lint/*.py", "render/*.py", "source/*.py", "workflow/build.py", "workflow/lint.py")
"""What a build or a lint may report comes from here."""


def named_ids() -> set[str]:
    """The ids written in a `Finding(id=…)` there, as a text or as a name that holds one."""
    found: set[str] = set()
    for path in (path for pattern in SPEAK for path in (REPOSITORY / "obskit").glob(pattern)):
        tree = ast.parse(path.read_text("utf-8"))
        names = {
            target.id: statement.value.value
            for statement in tree.body
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
            for target in statement.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                values = [keyword.value for keyword in node.keywords if keyword.arg == "id"]
                found |= {value.value for value in values if isinstance(value, ast.Constant)}
                found |= {names[value.id] for value in values if isinstance(value, ast.Name) and value.id in names}
    return found


def test_every_id_that_a_build_or_a_lint_reports_has_a_page() -> None:
    assert named_ids() >= {"module-error", "schema", "stale"}
    assert named_ids() - {page.id for page in lint.pages()} == set()


def test_help_tells_what_severities_mean(tmp_path: Path) -> None:
    ran = obskit(tmp_path, "lint", "--help")
    assert [line.split()[0] for line in ran.out.splitlines() if line.split()[:1] and line.split()[0] in SEVERITIES] == list(SEVERITIES)
    assert all(meaning in ran.out for meaning in MEANINGS.values())


def test_help_of_lint_is_narrow_and_has_an_example(tmp_path: Path) -> None:
    ran = obskit(tmp_path, "lint", "--help")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "Example:\n    obskit lint" in ran.out


def test_help_of_lint_imports_no_library(tmp_path: Path) -> None:
    ran = process(tmp_path, "lint", "--help", options=("-X", "importtime"))
    seen = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.err.splitlines() if line.startswith("import time:")}
    assert ran.code == 0
    assert "click" in seen
    assert seen & {"attr", "grafanalib", "jsonschema", "promql_parser", "yaml"} == set()


def test_lint_imports_nothing_that_renders(tmp_path: Path) -> None:
    ran = process(write(tmp_path, SHOP), "lint", options=("-X", "importtime"))
    seen = {line.rpartition("|")[2].strip() for line in ran.err.splitlines() if line.startswith("import time:")}
    assert ran.code == 0
    assert "obskit.lint" in seen
    assert not {name for name in seen if name.startswith(("obskit.render", "yaml", "jsonschema"))}


LINTED = {"findings", "changes", "files", "written", "exit_code", "about", "known"}


def test_json_of_lint_has_its_keys(bare: Path) -> None:
    ran = obskit(bare, "lint", "--format", "json")
    said = json.loads(ran.out)
    assert set(said) == LINTED
    assert (said["about"], said["known"], said["exit_code"], said["changes"], ran.code, ran.err) == ("4 modules", 0, 1, [], 1, "")


def test_traceback_shows_the_exception_of_the_author(tmp_path: Path) -> None:
    write(tmp_path, SHOP, {"dashboards_src/raising.py": "raise ValueError('no')\n"})
    assert "ValueError: no\n" in obskit(tmp_path, "--traceback", "lint").err
