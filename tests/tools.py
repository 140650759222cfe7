"""Real tools in tests: skipped with a word where they are missing, required where OBSKIT_REQUIRE_TOOLS is set."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest


def missing(reason: str) -> NoReturn:
    """Skips the test for what is not installed, or fails it where everything has to be."""
    (pytest.fail if os.environ.get("OBSKIT_REQUIRE_TOOLS") else pytest.skip)(reason)


def outside_of_repositories(folder: Path) -> None:
    """Skips the test where the folder lies in a repository: it is about what holds in none."""
    if any((above / ".git").exists() for above in folder.parents):
        pytest.skip("the temporary folder lies in a repository")


def run_tool(name: str, *arguments: str, timeout: float = 60) -> str:
    """What the tool printed. Fails when it is missing and required, or when it exits with an error."""
    path = shutil.which(name)
    if path is None:
        missing(f"{name} is not installed")
    done = subprocess.run([path, *arguments], capture_output=True, text=True, timeout=timeout, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr
