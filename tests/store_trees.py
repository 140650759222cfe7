"""Artifacts to store, and what stands on disk afterwards."""

from __future__ import annotations

import os
from pathlib import Path

import obskit
from obskit.artifact import Artifact, Territory
from obskit.origin import Origin
from obskit.store import Plan, apply, plan

BOARDS = Territory(format="dashboards", folder="grafana/dashboards", suffix=".json")
RULES = Territory(format="rules", folder="prometheus/rules", suffix=".yaml")
BOTH = (BOARDS, RULES)
TARGET = "build/grafana/dashboards/a.json"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(obskit.__file__).parents[1])}

Tree = dict[str, object]


def board(name: str, text: str = "{}\n", origin: Origin | None = None) -> Artifact:
    return Artifact(path=f"grafana/dashboards/{name}", text=text, format="dashboards", origin=origin)


def rule(name: str, text: str = "groups: []\n") -> Artifact:
    return Artifact(path=f"prometheus/rules/{name}", text=text, format="rules")


def build(root: Path, *artifacts: Artifact, territories: tuple[Territory, ...] = BOTH) -> Plan:
    made = plan(root, "build", artifacts, territories)
    apply(made)
    return made


def kinds(made: Plan) -> dict[str, str]:
    return {change.path.rpartition("/")[2]: change.kind for change in made.changes}


def tree(root: Path) -> Tree:
    """Everything below `root`: links by target, files by content, mode and time."""
    found: Tree = {}
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            place = Path(folder, name)
            seen = place.lstat()
            if place.is_symlink():
                found[str(place.relative_to(root))] = os.readlink(place)
            elif place.is_dir():
                found[str(place.relative_to(root))] = "folder"
            elif not place.is_file():
                found[str(place.relative_to(root))] = "special"
            else:
                found[str(place.relative_to(root))] = (place.read_bytes(), seen.st_mode, seen.st_mtime_ns)
    return found


def put(root: Path, path: str, content: str | bytes = "old\n") -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content.encode() if isinstance(content, str) else content)
    return place
