"""The settings: `[tool.obskit]` of a project's pyproject.toml, read once. The only reader of tomllib and the environment."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from obskit.errors import SettingsError
from obskit.finding import SEVERITIES, Severity
from obskit.naming import did_you_mean
from obskit.origin import Origin

FILE = "pyproject.toml"
DASHBOARDS, RULES = ("dashboards_src",), ("rules_src",)
LEVELS = (*SEVERITIES, "off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The versions that the output is for, as `major.minor`."""

    grafana: str = "13.0"
    prometheus: str = "3.0"
    tempo: str = "3.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """`fail`: the severity that fails a build. `unknown`: the level of signals that no catalogue declares.

    `external`: patterns (regular expressions, matched in full) of signals owned elsewhere. `levels`: check id to level.
    """

    fail: Severity = "error"
    unknown: str = "error"
    external: tuple[str, ...] = ("up", "scrape_.*", "process_.*")
    levels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a project says about itself; `root` is the absolute folder of its pyproject.toml, `env` is raw for now."""

    root: Path
    dashboards: tuple[str, ...] = DASHBOARDS
    rules: tuple[str, ...] = RULES
    out: str = "build"
    formats: tuple[str, ...] = ("dashboards", "rules")
    folder: str = "General"
    catalogs: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    targets: Targets = Targets()
    lint: Lint = Lint()
    env: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def folders(self) -> tuple[str, ...]:
        """All source folders, rules first: dashboards import rules."""
        return tuple(dict.fromkeys((*self.rules, *self.dashboards)))


def load(project: str | os.PathLike[str] = ".") -> Settings:
    """The settings of the project in or above the folder `project`.

    Raises SettingsError when there is no pyproject.toml, it is no TOML, or `[tool.obskit]` has an unknown key or a wrong type.
    """
    path = _find(Path(project))
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{FILE} is not TOML: {error}", origin=Origin(FILE)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{FILE} cannot be read: {error}", hint="it must be a UTF-8 text file") from error
    tool = table.get("tool", {})
    given = tool.get("obskit", {}) if isinstance(tool, dict) else {}
    return _settings(path.parent, given)


def near(project: str | os.PathLike[str] = ".") -> Settings | None:
    """The settings of the project in or above the folder, or None where there is none: no pyproject.toml that speaks of obskit.

    Raises SettingsError as `load` does when there is one.
    """
    try:
        path = _find(Path(project))
    except SettingsError:
        return None
    speaks = "[tool.obskit" in path.read_text("utf-8", errors="replace")
    if not speaks and not any((path.parent / folder).is_dir() for folder in (*DASHBOARDS, *RULES)):
        return None
    return load(project)


def env_flag(name: str) -> bool:
    """Whether an environment variable is set to anything."""
    return bool(os.environ.get(name))


def environment(*, without: Collection[str]) -> dict[str, str]:
    """The environment for a process to be started, without the named variables."""
    return {name: value for name, value in os.environ.items() if name not in without}


def _find(project: Path) -> Path:
    folder = Path(os.path.abspath(project))
    if not folder.is_dir():
        raise SettingsError(f'project folder "{project}" does not exist')
    for candidate in (folder, *folder.parents):
        if (candidate / FILE).is_file():
            return candidate / FILE
    raise SettingsError(f'no {FILE} in "{project}" or above it', hint="run inside a project, or name it with --project DIR")


def _settings(root: Path, given: Any) -> Settings:
    table, default = _Table("tool.obskit", given), Settings(root=root)
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
        env=table.tables("env"),
    )
    table.finish()
    for folder in (*settings.folders, settings.out, *settings.inputs):
        _inside(folder)
    for name in (*settings.catalogs, *settings.plugins):
        if not all(part.isidentifier() for part in name.split(".")):
            raise _wrong(f'"{name}" is not the name of a package', 'as in an import: "company_signals"')
    settings = _present(settings, given)
    for folder in settings.folders:
        if Path(settings.out).is_relative_to(folder) or Path(folder).is_relative_to(settings.out):
            raise _wrong(f'output folder "{settings.out}" is also a source folder', "give the output a folder of its own")
    for name in settings.inputs:
        if not (root / name).exists():
            raise _wrong(f'input "{name}" does not exist', "inputs are files or folders that source modules read")
    if not settings.formats:
        raise _wrong("tool.obskit.formats is empty", 'formats = ["dashboards", "rules"]')
    if not settings.folders:
        raise _wrong("tool.obskit names no source folder", 'dashboards = ["dashboards_src"]')
    return settings


def _present(settings: Settings, given: Mapping[str, Any]) -> Settings:
    """Without a default source folder that is not there, as long as the other one is: not every project has both."""
    defaults = {"dashboards": DASHBOARDS, "rules": RULES}
    missing = [name for name, (folder,) in defaults.items() if name not in given and not (settings.root / folder).is_dir()]
    if len(missing) != 1:
        return settings
    return replace(settings, dashboards=()) if missing == ["dashboards"] else replace(settings, rules=())


def _targets(table: _Table) -> Targets:
    defaults = Targets()
    given = {name: table.string(name, getattr(defaults, name)) for name in ("grafana", "prometheus", "tempo")}
    table.finish()
    for name, text in given.items():
        if not re.fullmatch(r"[0-9]{1,4}\.[0-9]{1,4}", text):
            raise _wrong(f'tool.obskit.targets.{name} is "{text}"', 'a version as major.minor: "3.0"')
    return Targets(**given)


def _lint(table: _Table) -> Lint:
    defaults = Lint()
    fail = table.choice("fail", defaults.fail, ("error", "warning"))
    unknown = table.choice("unknown", defaults.unknown, LEVELS)
    external = table.strings("external", defaults.external)
    for pattern in external:
        try:
            re.compile(pattern)
        except re.error as error:
            raise _wrong(f'tool.obskit.lint.external: "{pattern}" is not a regular expression: {error}') from error
    levels = table.table("levels")
    chosen = {name: levels.choice(name, "", LEVELS) for name in levels.given}
    table.finish()
    return Lint(fail="warning" if fail == "warning" else "error", unknown=unknown, external=external, levels=chosen)


def _inside(folder: str) -> None:
    path = Path(folder)
    if any(part.startswith(".") and part != ".." for part in path.parts):
        raise _wrong(f'"{folder}" is a hidden folder', "choose one whose name does not begin with a dot")
    if path.is_absolute() or ".." in path.parts or folder in ("", ".") or "\0" in folder:
        raise _wrong(f'"{folder}" is not a folder inside the project', "name it relative to pyproject.toml, without ..")


def _wrong(message: str, hint: str = "") -> SettingsError:
    return SettingsError(message, hint=hint, origin=Origin(FILE))


class _Table:
    """One TOML table, asked key by key; what was never asked for is unknown."""

    def __init__(self, name: str, given: Any) -> None:
        if not isinstance(given, dict):
            raise _wrong(f"{name} must be a table, not {given!r}", f"[{name}]")
        self.name, self.given, self.known = name, given, set[str]()

    def _get(self, key: str, default: Any, kind: type, example: str) -> Any:
        self.known.add(key)
        value = self.given.get(key, default)
        if not isinstance(value, kind):
            raise _wrong(f"{self.name}.{key} must be {example}, not {value!r}")
        return value

    def string(self, key: str, default: str) -> str:
        return str(self._get(key, default, str, "a string"))

    def choice(self, key: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.string(key, default)
        if value != default and value not in choices:
            raise _wrong(f'{self.name}.{key} is "{value}"', did_you_mean(value, choices) or "one of: " + ", ".join(choices))
        return value

    def strings(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self._get(key, list(default), list, "a list of strings")
        if not all(isinstance(item, str) for item in value):
            raise _wrong(f"{self.name}.{key} must be a list of strings, not {value!r}")
        return tuple(value)

    def table(self, key: str) -> _Table:
        self.known.add(key)
        return _Table(f"{self.name}.{key}", self.given.get(key, {}))

    def tables(self, key: str) -> dict[str, Mapping[str, Any]]:
        outer = self.table(key)
        return {name: _Table(f"{outer.name}.{name}", inner).given for name, inner in outer.given.items()}

    def finish(self) -> None:
        for key in self.given:
            if key not in self.known:
                hint = did_you_mean(key, self.known) or "known keys: " + ", ".join(sorted(self.known))
                raise _wrong(f'unknown key "{key}" in [{self.name}]', hint)
