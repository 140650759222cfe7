"""Waivers in comments: which call they belong to, what they silence, what is said of those that silence nothing."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest
from project import SHOP, obskit, write

from obskit import lint as lint_room
from obskit import settings, source
from obskit.origin import Origin
from obskit.workflow import build
from obskit.workflow.lint import lint

TODAY = datetime.date(2027, 1, 31)
HEAD = "from obskit.dashboards import *\nfrom obskit.rules import *\nfrom obskit.catalog import *\n"
PANEL = 'timeseries("P", "up", unit="short")'


CHECKS = (
    "alert-panel", "duplicate-group", "duplicate-title", "metric-name", "missing-uid", "panel-description", "panel-unit",
    "unknown-metric", "unused-waiver", "expired-waiver", "waiver-syntax",
)  # fmt: skip
"""What the examples are about; other checks may find more in them."""


def said(root: Path, module: str, *, select: Sequence[str] = CHECKS, ignore: Sequence[str] = ()) -> list[str]:
    """`line id` of every finding; line 1 is the first one of `module`."""
    write(root, {"pyproject.toml": "", "dashboards_src/shop.py": HEAD + module})
    found = lint(settings.load(root), today=TODAY, select=select, ignore=ignore).findings
    return [f"{finding.origin.line - HEAD.count(chr(10)) if finding.origin else 0} {finding.id}" for finding in found]


BOARD = """\
board = dashboard("B", uid="b", panels=[{0}
    timeseries({1}
        "One", "up",{2}
        unit="short",
    ),{3}
{4}
    stat("Two", "up", unit="short"),{5}
])
{6}
"""
WAIVER = "  # obskit: ignore[panel-description] plain"
ONE, TWO = "2 panel-description", "7 panel-description"
PLACES = [
    # (what, where the comment stands, what is still reported)
    ("no comment", None, [ONE, TWO]),
    ("behind the outer call: it and what is in it", 0, []),
    ("behind the first line of a panel", 1, [TWO]),
    ("behind a line inside a panel", 2, [TWO]),
    ("behind the last line of a panel", 3, [TWO]),
    ("on the line above a panel", 4, [ONE]),
    ("behind a panel of one line", 5, [ONE]),
    ("after everything", 6, [ONE, TWO, "9 unused-waiver"]),
]


@pytest.mark.parametrize(("place", "expected"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_comment_belongs_to_the_nearest_declaration(tmp_path: Path, place: int | None, expected: list[str]) -> None:
    module = BOARD.format(*(WAIVER if number == place else "" for number in range(7)))
    assert said(tmp_path, module) == expected


LINES = [
    # (what, module, what is reported)
    ("a call in a panel that declares nothing is part of the panel",
     'b = dashboard("B", uid="b", panels=[\n timeseries(\n  str("P"),  # obskit: ignore[panel-description] plain\n'
     '  "up", unit="s"),\n])\n', []),
    ("several comments above one call",
     '# obskit: ignore[missing-uid] a demo\n# and\n# obskit: ignore[panel-description] plain\n'
     f'b = dashboard("B", panels=[{PANEL}])\n', []),
    ("an empty line parts a comment from the call",
     '# obskit: ignore[missing-uid] a demo\n\nb = dashboard("B", panels=[])\n', ["1 unused-waiver", "3 missing-uid"]),
    ("behind other code on the line above",
     'x = 1  # obskit: ignore[missing-uid] a demo\nb = dashboard("B", panels=[])\n', ["1 unused-waiver", "2 missing-uid"]),
    ("several checks in one comment",
     f'b = dashboard("B", panels=[{PANEL}])  # obskit: ignore[missing-uid, panel-description] a demo\n', []),
    ("of several checks one is not needed",
     'b = dashboard("B", panels=[])  # obskit: ignore[missing-uid, panel-unit] a demo\n', ["1 unused-waiver"]),
    ("behind another comment",
     'b = dashboard("B", panels=[])  # noqa: E501  # obskit: ignore[missing-uid] a demo\n', []),
    ("text that looks like a comment is none",
     'b = dashboard("B", panels=[], description="# obskit: ignore[missing-uid] a demo")\n', ["1 missing-uid"]),
    ("text over lines that looks like a comment is none",
     'b = dashboard("B", panels=[], description="""\n# obskit: ignore[missing-uid] a demo\n""")\n', ["1 missing-uid"]),
    ("until the last day", 'b = dashboard("B", panels=[])  # obskit: ignore[missing-uid, until=2027-01-31] a demo\n', []),
    ("past the last day",
     'b = dashboard("B", panels=[])  # obskit: ignore[missing-uid, until=2027-01-30] a demo\n', ["1 expired-waiver", "1 missing-uid"]),
    ("a function's panels, at one call of it",
     f'def p():\n return {PANEL}\nb = dashboard("B", uid="b", panels=[\n p(),  # obskit: ignore[panel-description] plain\n p()])\n',
     ["2 duplicate-title", "2 panel-description"]),
    ("a function's panels, in the function",
     'def p(n):\n return timeseries(n, "up", unit="s")  # obskit: ignore[panel-description] plain\n'
     'b = dashboard("B", uid="b", panels=[p("A"), p("B")])\n', []),
    ("a loop's panels", 'ps = [timeseries(n, "up", unit="s") for n in "ABCDEF"]  # obskit: ignore[panel-description] plain\n'
     'b = dashboard("B", uid="b", panels=ps)\n', []),
    ("one of many panels told together does not silence the others",
     'b = dashboard("B", uid="b", panels=[\n stat("P", "up", unit="s"),  # obskit: ignore[panel-description] plain\n'
     ' *[stat(n, "up", unit="s") for n in "ABCDE"]])\n', ["3 panel-description"] * 5),
    ("an alert", 'a = Alert(name="Down", expr="up == 0",\n  panel="b/none")  # obskit: ignore[alert-panel] comes later\n', []),
    ("a group of rules", 'g = RuleGroup("g", rules=(Record(name="a:b", expr="up"),))\n'
     'h = RuleGroup("g", rules=(Record(name="c:d", expr="up"),))  # obskit: ignore[duplicate-group] told apart elsewhere\n', []),
    ("a signal", 's = Gauge("shop_latency_ms", help="L.", service=Service("shop"), unit=units.MILLISECONDS)'
     '  # obskit: ignore[metric-name] documented\n', []),
    ("plain grafanalib", 'import grafanalib.core as G\n# obskit: ignore[missing-uid] a demo\nb = G.Dashboard(title="B")\n', []),
    ("a query of its own line",
     's = Gauge("g", help="G.", service=Service("s"))\nb = dashboard("B", uid="b", panels=[\n stat("S",\n'
     '  query("down_total"),  # obskit: ignore[unknown-metric] comes later\n  unit="s", description="d")])\n', []),
]  # fmt: skip


@pytest.mark.parametrize(("module", "expected"), [row[1:] for row in LINES], ids=[row[0] for row in LINES])
def test_comment_silences_what_it_stands_at(tmp_path: Path, module: str, expected: list[str]) -> None:
    assert said(tmp_path, module) == expected


WRONG = [
    # (comment, what is said, the hint)
    ("ignore[missing-uid]", "waiver-syntax", 'waiver of "missing-uid" has no reason', "say after the bracket why it does not apply"),
    ("ignore[missing-uid] -", "waiver-syntax", 'waiver of "missing-uid" has no reason', "say after the bracket why it does not apply"),
    ("ignore[] a demo", "waiver-syntax", "a waiver names no check", "write # obskit: ignore[metric-name, until="),
    ("ignore a demo", "waiver-syntax", "a comment for obskit is no waiver", "write # obskit: ignore[metric-name, until="),
    ("ignor[missing-uid] a demo", "waiver-syntax", "a comment for obskit is no waiver", "write # obskit: ignore[metric-name, until="),
    ("ignore[missing-uid, until=2027-02-30] a demo", "waiver-syntax", 'waiver of "missing-uid": "2027-02-30" is not a date', "write YYYY-"),
    ("ignore[missing-uid, till=2027-02-20] a demo", "waiver-syntax", 'waiver of "missing-uid" has no option "till"', "the only option is"),
    ("ignore[missing-uids] a demo", "unused-waiver", 'waiver of "missing-uids" names no check', 'did you mean "missing-uid"?'),
    ("ignore[module-error] a demo", "unused-waiver", 'waiver of "module-error" names no check', '"module-error" is no lint check'),
    ("ignore[schema] a demo", "unused-waiver", 'waiver of "schema" names no check', '"schema" is no lint check'),
]


@pytest.mark.parametrize(("comment", "check", "message", "hint"), WRONG, ids=[row[0] for row in WRONG])
def test_comment_that_cannot_hold_is_found_and_silences_nothing(
    tmp_path: Path, comment: str, check: str, message: str, hint: str
) -> None:
    write(tmp_path, {"pyproject.toml": "", "dashboards_src/b.py": f'{HEAD}b = dashboard("B", panels=[])  # obskit: {comment}\n'})
    found = {finding.id: finding for finding in lint(settings.load(tmp_path), today=TODAY, select=CHECKS).findings}
    assert set(found) == {"missing-uid", check}
    assert (found[check].message, found[check].severity) == (message, "warning")
    assert found[check].hint.startswith(hint)


UNUSED = f'b = dashboard("B", uid="b", panels=[{PANEL}])  # obskit: ignore[panel-description, missing-uid] a demo\n'


def test_waiver_of_a_check_that_did_not_run_is_not_unused(tmp_path: Path) -> None:
    assert said(tmp_path, UNUSED) == ["1 unused-waiver"]
    assert said(tmp_path, UNUSED, select=["panel-description", "unused-waiver"]) == []
    assert said(tmp_path, UNUSED, ignore=["missing-uid"]) == []


def test_waiver_is_not_unused_while_a_module_is_broken(tmp_path: Path) -> None:
    write(tmp_path, {"dashboards_src/broken.py": "raise ValueError\n"})
    assert [one.partition(" ")[2] for one in said(tmp_path, UNUSED)] == ["module-error"]


def test_comment_silences_no_broken_module(tmp_path: Path) -> None:
    write(tmp_path, SHOP, {"dashboards_src/broken.py": "raise ValueError  # obskit: ignore[module-error] no\n"})
    assert "[module-error]" in obskit(tmp_path, "lint").out


def test_comment_in_a_private_module_holds(tmp_path: Path) -> None:
    board = "from dashboards_src._parts import part\n" + HEAD + 'b = dashboard("B", uid="b", panels=[part])\n'
    parts = HEAD + f"part = {PANEL}  # obskit: ignore[panel-description] plain\n"
    write(tmp_path, {"pyproject.toml": "", "dashboards_src/b.py": board, "dashboards_src/_parts.py": parts})
    assert lint(settings.load(tmp_path), today=TODAY, select=CHECKS).findings == ()


def test_comment_that_belongs_to_no_call_is_nobodys(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "", "dashboards_src/b.py": "# obskit: ignore[missing-uid] nobody's\n"})
    found = lint_room.comments_of(source.load(settings.load(tmp_path)))
    assert len(found.all) == 1
    assert found.at(Origin("dashboards_src/b.py")) == ()
    assert found.at(None) == ()


def test_comment_that_belongs_to_no_call_is_not_that_of_the_first_line(tmp_path: Path) -> None:
    module = "from obskit.dashboards import dashboard; b = dashboard('B', panels=[])\n\n\n# obskit: ignore[missing-uid] nobody's\n"
    write(tmp_path, {"pyproject.toml": "", "dashboards_src/b.py": module})
    found = lint(settings.load(tmp_path), today=TODAY, select=CHECKS).findings
    assert [finding.id for finding in found] == ["missing-uid", "unused-waiver"]


@pytest.mark.parametrize("place", range(7))
def test_build_and_lint_agree_on_comments(tmp_path: Path, place: int) -> None:
    module = BOARD.format(*(WAIVER if number == place else "" for number in range(7)))
    write(tmp_path, {"pyproject.toml": "", "dashboards_src/b.py": HEAD + module})
    here = settings.load(tmp_path)
    assert build(here, today=TODAY, check=True).findings == lint(here, today=TODAY).findings


def test_foreign_files_have_no_comments(tmp_path: Path) -> None:
    write(tmp_path, SHOP, {"dashboards_src/_b.py": "# obskit: ignore[missing-uid] nobody's\n"})
    project = source.Project(settings=settings.load(tmp_path), files=("boards/a.json",))
    assert lint_room.comments_of(project).all == ()


def test_comments_are_read_in_the_encoding_of_the_module(tmp_path: Path) -> None:
    text = f'# -*- coding: latin-1 -*-\n{HEAD}b = dashboard("Grüße", panels=[])  # obskit: ignore[missing-uid] für später\n'
    write(tmp_path, {"pyproject.toml": "", "dashboards_src/b.py": text.encode("latin-1")})
    assert lint(settings.load(tmp_path), today=TODAY, select=CHECKS).findings == ()


def built(root: Path, today: datetime.date) -> set[str]:
    """The ids that a build finds, as far as the examples are about them."""
    return {finding.id for finding in build(settings.load(root), today=today).findings} & {*CHECKS}


@pytest.mark.parametrize(("days", "expected"), [(0, set()), (9, set()), (10, {"expired-waiver", "panel-description"})])
def test_build_remembers_when_a_comment_ends(tmp_path: Path, days: int, expected: set[str]) -> None:
    waived = f'b = dashboard("B", uid="b", panels=[{PANEL}])  # obskit: ignore[panel-description, until=2027-02-09] soon\n'
    root = write(tmp_path, SHOP, {"dashboards_src/b.py": HEAD + waived})
    assert built(root, TODAY) == set()
    assert built(root, TODAY + datetime.timedelta(days)) == expected


def test_group_that_waits_in_a_comment_ends_too(tmp_path: Path) -> None:
    groups = (
        'g = RuleGroup("g", rules=(Record(name="a:b", expr="up"),))\n'
        'h = RuleGroup("g", rules=(Record(name="c:d", expr="up"),))  # obskit: ignore[duplicate-group, until=2027-02-09] soon\n'
    )
    root = write(tmp_path, SHOP, {"rules_src/more.py": HEAD + groups})
    assert built(root, TODAY) == set()
    assert built(root, TODAY + datetime.timedelta(10)) == {"duplicate-group", "expired-waiver"}
