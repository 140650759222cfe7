"""Whatever an author gives in place of what is due: an error that names the argument and says its form, or a build that ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from project import Files, obskit, write
from shapes import APART, CALLS, SHELF, WRONG, arguments, called

from obskit.errors import DeclarationError

ARGUMENTS = list(arguments())


def test_everything_public_is_called() -> None:
    public = {name for room in SHELF for name in room.__all__}
    assert public == CALLS.keys() | APART


@pytest.mark.parametrize(("name", "call"), {name: call for name, call, _, _ in ARGUMENTS}.items())
def test_valid_call_is_valid(name: str, call: Callable[..., Any]) -> None:
    called(call, name)


@pytest.mark.parametrize(("name", "call", "option", "star"), ARGUMENTS, ids=[f"{name}-{option}" for name, _, option, _ in ARGUMENTS])
def test_wrong_argument_is_taken_or_a_placed_error(name: str, call: Callable[..., Any], option: str, star: str) -> None:
    errors = []
    for value in WRONG:
        try:
            called(call, name, option, star, value)
        except DeclarationError as error:
            errors.append(error)
    assert all(error.origin is not None and error.message for error in errors)


EVERYTHING = "formats = ['dashboards', 'rules', 'share', 'resources', 'provisioning', 'alerting', 'alertmanager', 'kubernetes', 'docs']"
TAKEN: Files = {
    "pyproject.toml": f"[tool.obskit]\n{EVERYTHING}\n",
    "rules_src/taken.py": "from shapes import taken\nvalues = taken('catalog', 'rules', 'notify', 'datasources')\n",
    "dashboards_src/taken.py": "from shapes import boards\nvalues = boards()\n",
}


def test_build_of_all_that_is_taken_ends(tmp_path: Path) -> None:
    ran = obskit(write(tmp_path, TAKEN), "build")
    assert (ran.code, "errors" in ran.err) == (1, True), ran.err[-3000:]
    assert "dashboards_src/taken.py" in ran.out or "shapes.py" in ran.out
