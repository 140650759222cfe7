"""Levels, waivers and plug-ins of the checks."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from project import SHOP, obskit, write

from obskit import analysis, lint, settings, source
from obskit.errors import SettingsError
from obskit.finding import Finding

TODAY = datetime.date(2027, 1, 31)
WAIVED = """
from obskit.catalog import Waive
from obskit.dashboards import dashboard, timeseries
board = dashboard("Shop", panels=[timeseries("Up", "up", unit="short", description="Up.")], waive=(%s,))
"""
BESIDE = (
    "board-tags", "unused-signal", "metric-name", "alert-severity", "alert-for", "alert-summary", "alert-description", "alert-runbook",
)  # fmt: skip
"""Checks that would have something to say of the small projects here, and that nothing here is about."""
PLAIN = WAIVED.replace(", waive=(%s,)", "")


def findings(root: Path, module: str, toml: str = "", today: datetime.date = TODAY) -> list[Finding]:
    for folder in ("dashboards_src", "rules_src"):
        (root / folder).mkdir()
    (root / "pyproject.toml").write_text(f"[tool.obskit]\n{toml}\n", encoding="utf-8")
    (root / "dashboards_src" / "shop.py").write_text(module, encoding="utf-8")
    project = source.load(settings.load(root))
    assert project.findings == ()
    return list(lint.run(analysis.run(project), today=today, ignore=BESIDE))


def said(found: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.id, finding.severity) for finding in found]


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("error", [("missing-uid", "error")]),
        ("warning", [("missing-uid", "warning")]),
        ("info", [("missing-uid", "info")]),
        ("off", []),
    ],
)
def test_level_of_a_check_is_set(tmp_path: Path, level: str, expected: list[tuple[str, str]]) -> None:
    assert said(findings(tmp_path, PLAIN, f'[tool.obskit.lint]\nlevels = {{ missing-uid = "{level}" }}')) == expected


def test_level_of_unknown_metrics_follows_the_setting(tmp_path: Path) -> None:
    catalogue = 'from obskit.catalog import Gauge, Service\nsize = Gauge("size", help="Size.", service=Service("shop"))\n'
    module = catalogue + PLAIN.replace('"up", unit', '"down", unit').replace('"Shop",', '"Shop", uid="shop",')
    assert said(findings(tmp_path, module, '[tool.obskit.lint]\nunknown = "info"')) == [("unknown-metric", "info")]


def test_level_of_a_check_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        findings(tmp_path, PLAIN, '[tool.obskit.lint]\nlevels = { missing-uids = "off" }')
    assert (caught.value.message, caught.value.hint) == (
        'tool.obskit.lint.levels names no check: "missing-uids"',
        'did you mean "missing-uid"?',
    )


@pytest.mark.parametrize("until", ["", ', until="2027-01-31"', ', until="2030-12-31"'])
def test_waiver_silences(tmp_path: Path, until: str) -> None:
    assert findings(tmp_path, WAIVED % f'Waive("missing-uid", "a demo"{until})') == []


@pytest.mark.parametrize(
    ("waiver", "expected", "message"),
    [
        ('Waive("board-uid", "a demo")', "unused-waiver", 'waiver of "board-uid" silences nothing'),
        ('Waive("missing-uids", "a demo")', "unused-waiver", 'waiver of "missing-uids" names no check'),
        ('Waive("missing-uid", "a demo", until="2027-01-30")', "expired-waiver", 'waiver of "missing-uid" ended on 2027-01-30'),
    ],
)
def test_waiver_that_does_nothing_is_found_where_it_is_written(tmp_path: Path, waiver: str, expected: str, message: str) -> None:
    found = findings(tmp_path, WAIVED % waiver)
    assert sorted(said(found)) == sorted([("missing-uid", "warning"), (expected, "warning")])
    (waived,) = [finding for finding in found if finding.id == expected]
    assert waived.message == message
    assert str(waived.origin) == "dashboards_src/shop.py:4"


def test_waiver_of_a_panel_silences_no_other_panel(tmp_path: Path) -> None:
    module = """
from obskit.catalog import Waive
from obskit.dashboards import dashboard, timeseries
first = timeseries("First", "up", unit="short", waive=(Waive("panel-description", "speaks for itself"),))
board = dashboard("Shop", uid="shop", panels=[first, timeseries("Second", "up", unit="short")])
"""
    assert [finding.message for finding in findings(tmp_path, module)] == ['panel "Second" has no description']


def test_waiver_of_an_alert_silences(tmp_path: Path) -> None:
    module = """
from obskit.catalog import Waive
from obskit.rules import Alert
down = Alert(name="Down", expr="up == 0", panel="shop/up", waive=(Waive("alert-panel", "comes with the next board"),))
"""
    assert findings(tmp_path, module) == []


def test_check_of_a_plugin_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "installed" / "shop_lint_plugin" / "checks"
    room.mkdir(parents=True)
    (room.parent / "__init__.py").write_text("", encoding="utf-8")
    (room / "__init__.py").write_text("", encoding="utf-8")
    (room / "no_boards.py").write_text(
        '"""Boards."""\nfrom obskit.lint import Problem\nLEVEL = "info"\n'
        "def check(analysed):\n    return [Problem(board.title, board.origin) for board in analysed.project.boards]\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path / "installed")
    found = findings(tmp_path, PLAIN, 'plugins = ["shop_lint_plugin"]\n[tool.obskit.lint]\nlevels = { missing-uid = "off" }')
    assert [(finding.id, finding.severity, finding.message) for finding in found] == [("no-boards", "info", "Shop")]
    assert "no-boards" in lint.ids(["shop_lint_plugin"])
    assert "no-boards" not in lint.ids()


def test_many_panels_that_lack_the_same_are_told_once(tmp_path: Path) -> None:
    board = (
        "from obskit.dashboards import dashboard, stat\n"
        "b = dashboard('B', uid='b', panels=[stat(f'P{n}', 'up', unit='none') for n in range(9)])\n"
    )
    ran = obskit(write(tmp_path, {"pyproject.toml": "", "dashboards_src/b.py": board}), "build")
    (said,) = [line for line in ran.out.splitlines() if "panel-description" in line]
    assert 'panel "P0" has no description (nor have 8 other panels of "B")' in said


BROKEN = "import nowhere_at_all\n"
WRONG = (
    "from obskit.dashboards import dashboard, stat\n"
    "b = dashboard('B', uid='b', panels=[stat('S', 'sum(shop_missing)', unit='none', description='d')])\n"
)


@pytest.mark.parametrize(("broken", "told"), [("dashboards_src/broken.py", True), ("rules_src/broken.py", False)])
def test_unknown_metrics_are_told_unless_a_catalogue_may_be_missing(tmp_path: Path, broken: str, told: bool) -> None:
    ran = obskit(write(tmp_path, SHOP, {broken: BROKEN, "dashboards_src/wrong.py": WRONG}), "build")
    assert ("[unknown-metric]" in ran.out, "[module-error]" in ran.out) == (told, True)


def test_schema_does_not_repeat_what_a_check_has_said(tmp_path: Path) -> None:
    board = "from grafanalib.core import Dashboard\nb = Dashboard(title='B', uid='../b')\n"
    ran = obskit(write(tmp_path, {"pyproject.toml": "", "dashboards_src/b.py": board}), "build")
    assert ("[board-uid]" in ran.out, "[schema]" in ran.out) == (True, False)
