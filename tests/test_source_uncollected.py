"""What is declared and would be in no file is told; what is meant to be left out is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import SHOP, obskit, write

ALERT = (
    "from dataclasses import replace\nfrom obskit.rules import Alert, RuleGroup\n"
    "def made(name): return Alert(name=name, expr='up == 0')\n"
)
BOARD = (
    "from obskit.dashboards import dashboard, stat\n"
    "def made(title): return dashboard(title, uid=title.lower(), description='d', panels=[stat('S', 'up', unit='none', description='d')])\n"
)


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        ("rules_src/new.py", ALERT + "for n in 'AB': last = made(n)\n", ['Alert "A"']),
        ("rules_src/new.py", ALERT + "one = made('A')\none = made('B')\n", ['Alert "A"']),
        ("rules_src/new.py", ALERT + "made('A')\n", ['Alert "A"']),
        ("rules_src/new.py", ALERT + "held = {'a': made('A')}\n", ['Alert "A"']),
        ("rules_src/new.py", ALERT + "RuleGroup('g', rules=(made('A'),))\n", ['Alert "A"', 'RuleGroup "g"']),
        ("dashboards_src/new.py", BOARD + "held = {'a': made('A')}\n", ['Dashboard "A"']),
        ("rules_src/new.py", ALERT + "held = [made('A'), made('B')]\n", []),
        ("rules_src/new.py", ALERT + "group = RuleGroup('g', rules=(made('A'),))\n", []),
        ("rules_src/new.py", ALERT + "_template = made('A')\none = replace(_template, name='B')\n", []),
        ("rules_src/new.py", ALERT + "one = replace(made('A'), for_='5m')\n", []),
        ("dashboards_src/new.py", BOARD + "one = made('A').auto_panel_ids()\n", []),
        ("rules_src/_private.py", ALERT + "one = made('A')\n", []),
    ],
)
def test_declaration_in_no_file_is_told(tmp_path: Path, path: str, text: str, names: list[str]) -> None:
    ran = obskit(write(tmp_path, SHOP, {path: text}), "build")
    told = [line for line in ran.out.splitlines() if "[uncollected]" in line]
    assert (ran.code, len(told), [name for name in names if not any(name in line for line in told)]) == (0, len(names), [])
