"""Every check's page is its test: its Bad examples are found where they are written, its Good ones pass."""

from __future__ import annotations

import datetime
import inspect
import textwrap
from pathlib import Path

import pytest

from obskit import analysis, lint, rooms, settings, source
from obskit.finding import Finding

ROOM = "obskit.lint.checks"
TODAY = datetime.date(2027, 1, 31)
EXAMPLE = "dashboards_src/example.py"
PRELUDE = (
    "from obskit.catalog import *; from obskit.dashboards import *; from obskit.notify import *; from obskit.rules import *; "
    'import grafanalib.core as G; shop = Service("shop", job="shop")'
)
TITLES = ("Settings:", "Bad:", "Good:")
CHECKS = rooms.names(ROOM)


def page(check: str) -> str:
    return inspect.cleandoc(rooms.room(ROOM, check).__doc__ or "")


def blocks(check: str, title: str) -> list[str]:
    """The indented blocks under lines that read `title`."""
    found: list[list[str]] = []
    inside = False
    for line in page(check).splitlines():
        if line in TITLES:
            inside = line == title
            found += [[]] if inside else []
        elif line and not line.startswith(" "):
            inside = False
        elif inside:
            found[-1].append(line)
    return [textwrap.dedent("\n".join(lines)).strip() for lines in found]


def examples(title: str) -> list[object]:
    return [
        pytest.param(check, block, id=f"{check}-{number}")
        for check in CHECKS
        for number, block in enumerate(blocks(check, title), start=1)
    ]


def findings(root: Path, check: str, example: str) -> tuple[Finding, ...]:
    for folder in ("dashboards_src", "rules_src"):
        (root / folder).mkdir()
    (root / "pyproject.toml").write_text("\n".join(["[tool.obskit]", *blocks(check, "Settings:"), ""]), encoding="utf-8")
    (root / EXAMPLE).write_text(f"{PRELUDE}\n{example}\n", encoding="utf-8")
    project = source.load(settings.load(root))
    assert project.findings == ()
    return lint.run(analysis.run(project), today=TODAY)


@pytest.mark.parametrize("check", CHECKS)
def test_check_has_a_page(check: str) -> None:
    first, empty, *prose = page(check).split("\n")[:3]
    assert first.endswith(".")
    assert empty == ""
    assert prose[0]
    assert prose[0] not in TITLES


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("title", ["Bad:", "Good:"])
def test_check_has_examples(check: str, title: str) -> None:
    assert all(blocks(check, title))
    assert blocks(check, title)


@pytest.mark.parametrize(("check", "example"), examples("Bad:"))
def test_bad_example_is_found_where_it_is_written(tmp_path: Path, check: str, example: str) -> None:
    places = [found.origin for found in findings(tmp_path, check, example) if found.id == check]
    lines = range(2, 2 + len(example.splitlines()))
    assert [place for place in places if place and place.path == EXAMPLE and place.line in lines], places


@pytest.mark.parametrize(("check", "example"), examples("Good:"))
def test_good_example_passes(tmp_path: Path, check: str, example: str) -> None:
    assert [found for found in findings(tmp_path, check, example) if found.id == check or found.severity == "error"] == []


SEVERAL = [
    # (what is written, what it says, in order)
    (
        "a missing datasource variable is not a missing variable too",
        'board = G.Dashboard(title="Shop", uid="shop", panels=[G.TimeSeries(title="Up", description="Up.",'
        ' unit="short", dataSource={"type": "prometheus", "uid": "${prom}"}, targets=[G.Target(expr="up")])])',
        ["undefined-datasource"],
    ),
    (
        "a query that is too large is reported once",
        'board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "up" + " " * 300000, unit="short", description="Up.")])',
        ["query-size"],
    ),
    (
        "each undefined variable of a query is reported once",
        'board = dashboard("Shop", uid="shop", panels=[timeseries("Up", \'up{a="$a", b="$b", c="$a"}\', unit="short", description="U.")])',
        ["undefined-variable", "undefined-variable"],
    ),
    (
        "filters, and variables that others use, are used",
        'board = dashboard("Shop", uid="shop", variables=[custom_variable("zone", ["eu"]),'
        ' query_variable("job", \'label_values(up{zone="$zone"}, job)\')],'
        ' panels=[timeseries("Up", \'up{job=~"$job"}\', unit="short", description="Up.")])',
        [],
    ),
    (
        "the same id given twice is no matter of titles",
        'board = G.Dashboard(title="Shop", uid="shop", panels=[G.Text(title="Up", id=7), G.Text(title="Up", id=9)])',
        [],
    ),
]


@pytest.mark.parametrize(("example", "expected"), [row[1:] for row in SEVERAL], ids=[row[0] for row in SEVERAL])
def test_checks_share_the_work(tmp_path: Path, example: str, expected: list[str]) -> None:
    grave = [found.id for found in findings(tmp_path, "missing-uid", example) if found.severity != "info"]
    assert grave == expected


def test_thousand_panels_upon_each_other_are_each_reported_once(tmp_path: Path) -> None:
    example = (
        'board = dashboard("Shop", uid="shop", panels=[timeseries(f"Up {n}", "up", extra={"gridPos": {"x": 0, "y": 0, "w": 24, "h": 8}})'
        " for n in range(1000)])"
    )
    assert sum(found.id == "panel-overlap" for found in findings(tmp_path, "panel-overlap", example)) == 999
