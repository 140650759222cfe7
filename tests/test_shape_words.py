"""What is said of an argument of the wrong form: where, what it must be, and how it is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from project import Files, obskit, write

SETTINGS: Files = {"pyproject.toml": '[tool.obskit]\nformats = ["dashboards", "rules", "docs"]\n[tool.obskit.lint]\nunknown = "off"\n'}
CATALOG = "from obskit.catalog import *\nshop = Service('shop', job='shop')\nmethod = Label('method', at_most=5)\n"
RULES = "from obskit.rules import *\nfrom obskit.catalog import Waive\n"
BOARD = "from obskit.dashboards import *\nfrom obskit.catalog import Waive\n"
ALERT = "Alert(name='A', expr='up == 0', summary='s', description='d', severity='warning'"
COUNTER = "c = Counter('a_total', help='h', service=shop, "
WAIVE = 'Waive("check", "why it does not apply")'

DECLARED = [
    (
        CATALOG + COUNTER + "labels=(method))",
        'labels of counter "a_total" must be a tuple of Label, not a Label',
        'labels=(Label("name", at_most=50),): a tuple needs its comma',
    ),
    (
        CATALOG + COUNTER + "waive=Waive('alert-runbook', 'x'))",
        'waive of counter "a_total" must be a tuple of Waive, not a Waive',
        f"waive=({WAIVE},): a tuple needs its comma",
    ),
    (
        CATALOG + "h = Histogram('a_seconds', help='h', service=shop, buckets=0.1)",
        'buckets of histogram "a_seconds" must be a tuple of numbers, not 0.1',
        "buckets=(0.5,): a tuple needs its comma",
    ),
    (
        CATALOG + "p = Param('p', 5, help='x', unit='seconds')",
        "unit of parameter \"p\" must be a Unit, not 'seconds'",
        "unit=units.SECONDS",
    ),
    (CATALOG + "p = Param('p', 5, least='1')", "least of parameter \"p\" must be a number or None, not '1'", "least=0.5"),
    (
        CATALOG + "s = Service('s', labels='namespace')",
        "labels of service \"s\" must be a tuple of texts, not 'namespace'",
        'labels=("namespace", "pod"): a tuple needs its comma',
    ),
    (
        RULES + f"a = {ALERT}, waive=Waive('alert-runbook', 'x'))",
        'waive of alert "A" must be a tuple of Waive, not a Waive',
        f"waive=({WAIVE},): a tuple needs its comma",
    ),
    (
        RULES + f"a = {ALERT}, waive=('alert-for',))",
        "waive of alert \"A\" must be a tuple of Waive, not one that holds 'alert-for'",
        f"waive=({WAIVE},)",
    ),
    (
        RULES + f"g = RuleGroup('q', rules=({ALERT})))",
        'rules of group "q" must be a tuple of Alert or Record, not an Alert',
        "rules=(first, second): a tuple needs its comma",
    ),
    (
        BOARD + "b = row('x', stat('m', 'up'))",
        'panels of row "x" must be a list, not a Stat',
        "panels=[stat(…), timeseries(…)]: in a list, also one alone",
    ),
    (
        BOARD + "b = dashboard('B', panels=[], waive=Waive('board-tags', 'x'))",
        'waive of dashboard "B" must be a tuple of Waive, not a Waive',
        f"waive=({WAIVE},): a tuple needs its comma",
    ),
    (
        BOARD + "p = stat('m', 'up', thresholds=1)",
        'thresholds of panel "m" must be a list of numbers or Param or pair (0.5, "…"), not 1',
        "thresholds=(0.01, 0.05): a tuple needs its comma",
    ),
    (
        BOARD + "p = stat('m', 'up', mappings={'0': 'off'})",
        "mappings of panel \"m\" hold {'0': 'off'}",
        'mappings=[value_mapping({"0": "Down", "1": "Up"})]',
    ),
    (
        BOARD + "p = stat('m', 'up', mappings=[{'0': 'off'}])",
        "mappings of panel \"m\" hold {'0': 'off'}",
        'mappings=[value_mapping({"0": "Down", "1": "Up"})]',
    ),
    (
        BOARD + "p = stat('m', 'up', mappings={'type': 'value', 'options': {'0': 'off'}})",
        'mappings of panel "m" hold a value without text',
        'mappings=[value_mapping({"0": "Down", "1": "Up"})]',
    ),
    (
        BOARD + "p = stat('m', 'up', overrides=({'unit': 's'},))",
        "overrides of panel \"m\" hold {'unit': 's'}",
        'overrides=[override("series", color="red")]',
    ),
    (
        BOARD + "p = stat('m', 'up', links='https://x')",
        "links of panel \"m\" must be a dict or a list of dicts, not 'https://x'",
        'links=[link("Runbook", "https://…")]',
    ),
    (
        BOARD + "p = table('m', 'up', transformations={'organize': {}})",
        "transformations of panel \"m\" hold {'organize': {}}",
        'transformations=[{"id": "…", "options": {…}}]',
    ),
    (
        BOARD + "b = dashboard('B', panels=[], annotations={'expr': 'up'})",
        "annotations of dashboard \"B\" hold {'expr': 'up'}",
        'annotations=[annotation("Deploys", "…")]',
    ),
]
"""A module, what is wrong in its last line, and what is to be written."""


@pytest.mark.parametrize(("text", "message", "hint"), DECLARED, ids=[message for _, message, _ in DECLARED])
def test_wrong_form_is_a_finding_that_shows_the_right_one(tmp_path: Path, text: str, message: str, hint: str) -> None:
    path = "dashboards_src/new.py" if text.startswith(BOARD) else "rules_src/new.py"
    base: Files = {"dashboards_src/__init__.py": "", "rules_src/__init__.py": ""}
    ran = obskit(write(tmp_path, SETTINGS, base, {path: text + "\n"}), "build")
    found = f"{path}:{len(text.splitlines())}: error: {message} [module-error]\n    hint: {hint}\n"
    assert (ran.code, ran.out) == (1, found)


LISTS = [
    CATALOG
    + COUNTER
    + "labels=[method], aliases=['b_total'], bounds=[0, None], waive=[])\nassert c.labels == (method,) and c.bounds == (0, None)",
    CATALOG + "h = Histogram('a_seconds', help='h', service=shop, buckets=[0.1, 1])\nassert h.buckets == (0.1, 1)",
    CATALOG + "assert Label('a', values=['x'], zero=['x']).values == ('x',)",
    CATALOG + "assert Param('p', 'x', values=['x']).values == ('x',)",
    CATALOG + "assert Service('s', labels=['pod']).labels == ('pod',)",
    RULES + "g = RuleGroup('g', rules=[" + ALERT + ", steps=['Look'], waive=[Waive('alert-for', 'x'), Waive('alert-runbook', 'x')])])",
]


@pytest.mark.parametrize("text", LISTS)
def test_list_stands_where_a_tuple_does(tmp_path: Path, text: str) -> None:
    ran = obskit(write(tmp_path, SETTINGS, {"dashboards_src/__init__.py": "", "rules_src/new.py": text + "\n"}), "build")
    assert "error" not in ran.out, ran


ALONE: list[tuple[str, tuple[str, ...], Any]] = [
    (
        "mappings=value_mapping({'0': 'off'})",
        ("fieldConfig", "defaults", "mappings"),
        [{"type": "value", "options": {"0": {"index": 0, "text": "off"}}}],
    ),
    (
        "overrides=override('x', unit='s')",
        ("fieldConfig", "overrides"),
        [{"matcher": {"id": "byName", "options": "x"}, "properties": [{"id": "unit", "value": "s"}]}],
    ),
    (
        "overrides=({'matcher': {'id': 'byName', 'options': 'x'}, 'properties': []},)",
        ("fieldConfig", "overrides"),
        [{"matcher": {"id": "byName", "options": "x"}, "properties": []}],
    ),
    ("links=link('R', 'https://x')", ("links",), [{"title": "R", "url": "https://x", "targetBlank": True}]),
    ("transformations={'id': 'merge', 'options': {}}", ("transformations",), [{"id": "merge", "options": {}}]),
]


@pytest.mark.parametrize(("option", "path", "built"), ALONE, ids=[option for option, _, _ in ALONE])
def test_one_part_counts_as_a_list_of_it(tmp_path: Path, option: str, path: tuple[str, ...], built: Any) -> None:
    text = BOARD + f"b = dashboard('B', uid='b', panels=[stat('m', 'up', {option})], links=link('A', 'https://a'))\n"
    ran = obskit(write(tmp_path, SETTINGS, {"rules_src/__init__.py": "", "dashboards_src/new.py": text}), "build")
    assert "error" not in ran.out, ran
    board = json.loads((tmp_path / "build/grafana/dashboards/general/b.json").read_text("utf-8"))
    (found,) = board["panels"]
    for step in path:
        found = found[step]
    assert found == built
    assert board["links"][0]["title"] == "A"


OWN = """
import collections.abc
import re
import typing
from collections import Counter
from dataclasses import dataclass, field
from obskit.rules import Alert
@dataclass(frozen=True, kw_only=True)
class TeamAlert(Alert):
    teams: frozenset[str] = frozenset()
    seen: Counter[str] = field(default_factory=Counter)
    none: tuple[()] = ()
    pages: list[str] = field(default_factory=list)
    team: str = None
    pattern: "re.Pattern[str] | None" = None
    unknown: "Unheard" = 3
    def __post_init__(self):
        super().__post_init__()
        self.pages.append("x")
"""
GOOD = "for_='5m', severity='page', summary='s'"


def test_fields_that_an_author_adds_are_the_authors(tmp_path: Path) -> None:
    alert = f"a = TeamAlert(name='A', expr='up == 0', {GOOD}, teams=frozenset({{'x'}}))\n"
    write(tmp_path, {"pyproject.toml": "[tool.obskit]\n", "rules_src/shop.py": OWN + alert})
    ran = obskit(tmp_path, "build")
    assert ran.code == 0, ran


def test_fields_that_an_author_inherits_are_still_checked(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.obskit]\n", "rules_src/shop.py": OWN + f"a = TeamAlert(name='A', expr=3, {GOOD})\n"})
    assert 'expr of alert "A" must be' in obskit(tmp_path, "build").out


def test_numbers_are_mapped_to_texts(tmp_path: Path) -> None:
    panel = "stat('Up', 'up', mappings=[value_mapping({1: 'up', 0: 'down'})])"
    board = f"from obskit.dashboards import *\nb = dashboard('B', uid='b', panels=[{panel}])\n"
    write(tmp_path, {"pyproject.toml": "[tool.obskit]\n", "dashboards_src/b.py": board})
    assert obskit(tmp_path, "build").code == 0
    assert '"1": {' in (tmp_path / "build/grafana/dashboards/general/b.json").read_text()
