"""Markdown that must fit: `obskit diff --format markdown --at-most BYTES` is never longer, and says what it left out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from compared import BOARD
from markdown_it import MarkdownIt
from project import Ran, obskit


@pytest.fixture(autouse=True)
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty boards that differ, with titles that are long in bytes, of which the last is very long in lines."""
    monkeypatch.chdir(tmp_path)
    for side, unit in (("a", "s"), ("b", "ms")):
        Path(side).mkdir()
        for number in range(40):
            board = json.loads(json.dumps(BOARD).replace('"s"', f'"{unit}"')) | {"uid": f"shop-{number:02}", "title": f"商店 {number:02}"}
            for extra in range(200 if number == 39 else 0):
                panel = {"id": 1000 + extra, "type": "text", "title": f"{extra} of {side}", "options": {"content": side * 50}}
                board["panels"].append(panel)
            Path(side, f"{number:02}.json").write_text(json.dumps(board | {"refresh": f"{len(unit)}m"}))


def told(*options: str) -> Ran:
    return obskit(None, "diff", "a", "b", "--format", "markdown", *options)


@pytest.mark.parametrize("size", [1000, 3000, 6000, 12000])
def test_document_is_no_longer_than_it_may_be(size: int) -> None:
    ran = told("--at-most", str(size))
    assert ran.code == 1
    assert size // 3 < len(ran.out.encode()) <= size
    assert f"**Cut to {size} bytes**: " in ran.out.splitlines()[-1]


def test_every_board_is_told_or_counted() -> None:
    out = told("--at-most", "6000").out
    (left_out,) = re.findall(r"(\d+) boards? or files? not at all", out.splitlines()[-1])
    assert out.count("商店") + int(left_out) == 40


def test_board_that_is_too_long_itself_is_told_by_its_heading() -> None:
    out = told("--at-most", "12000").out
    assert '- board "商店 39" (shop&#45;39): left out here, too long' in out
    assert out.endswith("**Cut to 12000 bytes**: of 1 board or file only the heading. `obskit diff a b` tells all.\n")


def test_what_is_folded_is_closed_where_it_is_cut() -> None:
    out = told("--at-most", "12000").out
    assert out.count("<details>") == out.count("</details>")
    fences = [token for token in MarkdownIt().parse(out) if token.type == "fence"]
    assert all(token.markup for token in fences)


def test_document_that_fits_is_whole() -> None:
    assert told("--at-most", "10000000") == told()
    assert "Cut to" not in told().out


def test_only_markdown_is_cut() -> None:
    ran = obskit(None, "diff", "a", "b", "--at-most", "5000")
    assert ran == Ran(2, "", "obskit: error: only markdown is cut: obskit diff --format markdown --at-most 65536\n" + HINT)


HINT = "    hint: obskit diff origin/main --format markdown\n"
