"""What holds for all tests."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("obskit", deadline=None)  # speed is measured in tests/bench, not here
settings.register_profile("ci", deadline=None, derandomize=True, database=None)  # a change is judged by what it changes, not by luck
settings.load_profile("ci" if os.environ.get("CI") else "obskit")

# What the shell, a hook of git or a CI says of itself is not the tests': repositories of theirs would be the developer's own.
for name in [name for name in os.environ if name.startswith("GIT_")]:
    del os.environ[name]
for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES"):
    os.environ.pop(name, None)
os.environ |= {"TERM": "xterm", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def pytest_sessionstart() -> None:
    """Projects that tests make have no settings but their own: a pyproject.toml above them would be found."""
    above = [folder / "pyproject.toml" for folder in (Path(tempfile.gettempdir()), *Path(tempfile.gettempdir()).parents)]
    there = [str(path) for path in above if path.exists()]
    if there:
        raise pytest.UsageError(f"take {there[0]} away: it would be the settings of every project that a test makes")
