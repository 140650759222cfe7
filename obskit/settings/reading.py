"""Reads the settings, once, and refuses what it does not know."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from obskit.errors import SettingsError
from obskit.origin import Origin
from obskit.regexes import compiled
from obskit.settings.delivery import Alerting, Alertmanager, Docs, Kubernetes, Provisioning
from obskit.settings.environment import environments
from obskit.settings.model import BARS, DASHBOARDS, LEVELS, RULES, Lint, Settings, Targets
from obskit.settings.table import FILE, Table, wrong


def load(project: str | os.PathLike[str] = ".") -> Settings:
    """The settings of the project in or above the folder `project`.

    Raises SettingsError when there is no pyproject.toml, it is no TOML, or `[tool.obskit]` has an unknown key or a wrong type.
    """
    path = _find(Path(project))
    try:
        text = path.read_bytes().decode("utf-8-sig")
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        raise SettingsError(f"{FILE} is not TOML: {error}", origin=Origin(FILE, int(place[1]) if place else 0)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{FILE} cannot be read: {error}", hint="it must be a UTF-8 text file") from error
    tool = table.get("tool", {})
    given = tool.get("obskit", {}) if isinstance(tool, dict) else {}
    return _settings(path.parent, given, text)


def near(project: str | os.PathLike[str] = ".") -> Settings | None:
    """The settings of the project in or above the folder, or None where there is none: no pyproject.toml that speaks of obskit.

    Raises SettingsError as `load` does when there is one.
    """
    try:
        path = _find(Path(project))
    except SettingsError:
        return None
    if not _speaks(path) and not any((path.parent / folder).is_dir() for folder in (*DASHBOARDS, *RULES)):
        return None
    return load(project)


def _speaks(path: Path) -> bool:
    """Whether the file has `tool.obskit`, however that is written; of a file that is no TOML, whether its text has the word."""
    text = path.read_text("utf-8-sig", errors="replace")
    try:
        tool = tomllib.loads(text).get("tool")
    except tomllib.TOMLDecodeError:
        return "obskit" in text
    return isinstance(tool, dict) and "obskit" in tool


def env_text(name: str) -> str:
    """An environment variable, empty when it is not set."""
    return os.environ.get(name, "")


def env_without(names: Collection[str]) -> dict[str, str]:
    """The environment for a process to be started, without the named variables."""
    return {name: value for name, value in os.environ.items() if name not in names}


def _find(project: Path) -> Path:
    folder = Path(os.path.abspath(project))
    if folder.is_file():
        hint = f"name its folder: obskit --project {os.path.dirname(project) or '.'}"
        raise SettingsError(f'"{project}" is a file, where the folder of a project is due', hint=hint)
    if not folder.is_dir():
        raise SettingsError(f'project folder "{project}" does not exist', hint="name a folder in or under the one with " + FILE)
    for candidate in (folder, *folder.parents):
        if (candidate / FILE).is_file():
            return candidate / FILE
    hint = "run inside a project, name it with --project DIR, or begin one: obskit init DIR"
    raise SettingsError(f'no {FILE} in "{project}" or above it', hint=hint)


def _settings(root: Path, given: Any, text: str) -> Settings:
    table, default = Table("tool.obskit", given, text), Settings(root=root)
    settings = Settings(
        root=root,
        dashboards=table.strings("dashboards", default.dashboards),
        rules=table.strings("rules", default.rules),
        out=table.string("out", default.out),
        formats=table.strings("formats", default.formats),
        folder=table.string("folder", default.folder),
        catalogs=table.strings("catalogs", ()),
        inputs=table.strings("inputs", ()),
        plugins=table.strings("plugins", ()),
        targets=_targets(table.table("targets")),
        lint=_lint(table.table("lint")),
        docs=Docs.of(table.table("docs")),
        provisioning=Provisioning.of(table.table("provisioning")),
        alerting=Alerting.of(table.table("alerting")),
        alertmanager=Alertmanager.of(table.table("alertmanager")),
        kubernetes=Kubernetes.of(table.table("kubernetes")),
        env=environments(table.table("env"), text),
    )
    table.finish()
    for folder in (*settings.folders, settings.out, *settings.inputs):
        _inside(folder)
    for name in (*settings.catalogs, *settings.plugins):
        if not all(part.isidentifier() for part in name.split(".")):
            raise wrong(f'"{name}" is not the name of a package', 'as in an import: "company_signals"')
    settings = _present(settings, given)
    for folder in settings.folders:
        if Path(settings.out).is_relative_to(folder) or Path(folder).is_relative_to(settings.out):
            raise table.wrong("out", f'output folder "{settings.out}" is also a source folder', "give the output a folder of its own")
    for name in settings.inputs:
        if not (root / name).exists():
            raise table.wrong("inputs", f'input "{name}" does not exist', "inputs are files or folders that source modules read")
    if not settings.formats:
        raise table.wrong("formats", "tool.obskit.formats is empty", 'formats = ["dashboards", "rules"]')
    if not settings.folders:
        raise wrong("tool.obskit names no source folder", 'dashboards = ["dashboards_src"]')
    return settings


def _present(settings: Settings, given: Mapping[str, Any]) -> Settings:
    """Without a default source folder that is not there, as long as the other one is: not every project has both."""
    defaults = {"dashboards": DASHBOARDS, "rules": RULES}
    missing = [name for name, (folder,) in defaults.items() if name not in given and not (settings.root / folder).is_dir()]
    if len(missing) != 1:
        return settings
    return replace(settings, dashboards=()) if missing == ["dashboards"] else replace(settings, rules=())


def _targets(table: Table) -> Targets:
    defaults = Targets()
    given = {name: table.string(name, getattr(defaults, name)) for name in ("grafana", "prometheus", "tempo", "alertmanager")}
    table.finish()
    for name, text in given.items():
        if not re.fullmatch(r"[0-9]{1,4}\.[0-9]{1,4}", text):
            raise table.wrong(name, f'tool.obskit.targets.{name} is "{text}"', 'a version as major.minor: "3.0"')
    return Targets(**given)


def _lint(table: Table) -> Lint:
    defaults = Lint()
    fail = table.choice("fail", defaults.fail, BARS)
    unknown = table.choice("unknown", defaults.unknown, LEVELS)
    external = tuple(dict.fromkeys((*defaults.external, *table.strings("external", ()))))
    for pattern in external:
        try:
            compiled(pattern)
        except re.error as error:
            raise table.wrong("external", f'tool.obskit.lint.external: "{pattern}" is not a regular expression: {error}') from error
    levels = table.table("levels")
    chosen = {name: levels.choice(name, "", LEVELS) for name in levels.given}
    table.finish()
    return Lint(fail="warning" if fail == "warning" else "error", unknown=unknown, external=external, levels=chosen)


def _inside(folder: str) -> None:
    path = Path(folder)
    if any(part.startswith(".") and part != ".." for part in path.parts):
        raise wrong(f'"{folder}" is a hidden folder', "choose one whose name does not begin with a dot")
    if path.is_absolute() or ".." in path.parts or folder in ("", ".") or "\0" in folder:
        raise wrong(f'"{folder}" is not a folder inside the project', "name it relative to pyproject.toml, without ..")
