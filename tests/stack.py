"""The stack of obskit/examples, read, and the shipped project built with every format that fills it."""

from __future__ import annotations

import dataclasses
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from obskit import analysis, render, rooms, source
from obskit.artifact import Artifact
from obskit.settings import Settings, load
from obskit.source import Project

ROOT = Path(__file__).parent.parent
STACK = ROOT / "obskit/examples/stack"
FILES = ("compose.yaml", "prometheus.yaml", "tempo.yaml", "collector.yaml")
FORMATS = ("dashboards", "rules", "provisioning", "alerting", "alertmanager")
"""What the stack reads; those that there are not yet are left out."""

_DEFAULT = re.compile(r"\$\{\w+:-([^}]*)\}")


@cache
def read(name: str) -> Any:
    return yaml.safe_load((STACK / name).read_text("utf-8"))


def services() -> dict[str, Any]:
    found: dict[str, Any] = read("compose.yaml")["services"]
    return found


def defaulted(text: str) -> str:
    """The text with the default of each variable, as Compose fills it in when none is set."""
    return _DEFAULT.sub(lambda match: match[1], text)


def mounts(service: str) -> dict[str, str]:
    """Target to source of what is mounted from this machine."""
    return {one["target"]: defaulted(one["source"]) for one in services()[service].get("volumes", []) if isinstance(one, dict)}


def ports(service: str) -> set[int]:
    """The ports that a service listens on."""
    return {int(port.rsplit(":", 1)[1]) for port in services()[service]["ports"]}


@cache
def settings() -> Settings:
    there = tuple(name for name in FORMATS if name in rooms.folders("obskit.render"))
    return dataclasses.replace(load(ROOT), formats=there)


@cache
def project() -> Project:
    return source.load(settings())


@cache
def artifacts() -> tuple[Artifact, ...]:
    return render.run(analysis.run(project()), render.formats(settings()))


def built(format_: str, folder: str = "") -> list[Any]:
    """The data of a format's files, those below a folder."""
    return [each.data for each in artifacts() if each.format == format_ and each.path.startswith(folder)]


def values(data: Any) -> list[Any]:
    """Every value in `data` that holds no others."""
    if isinstance(data, (dict, list)):
        return [value for item in (data.values() if isinstance(data, dict) else data) for value in values(item)]
    return [data]
