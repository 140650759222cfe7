"""`obskit` as a command on the path, the way a shell, a hook or a job calls it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from project import REPOSITORY


def installed(folder: Path, **more: str) -> dict[str, str]:
    """An environment in which `obskit` and `python` are on the path, and nothing of the machine's CI; the command lies in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    command = folder / "obskit"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m obskit "$@"\n')
    command.chmod(0o755)
    ours = ("GITHUB_", "RUNNER_", "COMP_", "GIT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours) and name not in ("NO_COLOR", "FORCE_COLOR")}
    path = os.pathsep.join((str(folder), os.path.dirname(sys.executable), kept.get("PATH", os.defpath)))
    return {**kept, "PATH": path, "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1", **more}
