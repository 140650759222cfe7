"""What a project says about itself, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from obskit.errors import SettingsError
from obskit.finding import SEVERITIES, Severity
from obskit.naming import did_you_mean
from obskit.settings.delivery import Alerting, Alertmanager, Docs, Kubernetes, Provisioning
from obskit.settings.environment import Environment
from obskit.settings.table import FILE

__all__ = ["BARS", "DASHBOARDS", "ENVIRONMENTS", "FILE", "LEVELS", "RULES", "Lint", "Settings", "Targets", "failing"]

DASHBOARDS, RULES = ("dashboards_src",), ("rules_src",)
LEVELS = (*SEVERITIES, "off")
BARS = ("error", "warning")
"""Severities that may be what fails a build."""
ENVIRONMENTS = "env"
"""The folder in the output that holds what is built for environments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The versions that the output is for, as `major.minor`."""

    grafana: str = "13.0"
    prometheus: str = "3.0"
    tempo: str = "3.0"
    alertmanager: str = "0.28"

    def has_grafana(self, since: str) -> bool:
        """Whether the Grafana in use has what came with version `since`, both `major.minor`."""
        return _numbers(self.grafana) >= _numbers(since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """`fail`: the severity that fails a build. `unknown`: the level of signals that no catalogue declares.

    `external`: patterns (regular expressions, matched in full) of signals owned elsewhere; the settings add to those that always
    are. `levels`: check id to level.
    """

    fail: Severity = "error"
    unknown: str = "error"
    external: tuple[str, ...] = ("up", "scrape_.*", "process_.*")
    levels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a project says about itself; `root` is the absolute folder of its pyproject.toml.

    `env` are the environments by name; `environment` is the one that is built for, None for the portable build.
    """

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
    docs: Docs = field(default_factory=Docs)
    provisioning: Provisioning = field(default_factory=Provisioning)
    alerting: Alerting = field(default_factory=Alerting)
    alertmanager: Alertmanager = field(default_factory=Alertmanager)
    kubernetes: Kubernetes = field(default_factory=Kubernetes)
    env: Mapping[str, Environment] = field(default_factory=dict)
    environment: Environment | None = None

    @property
    def folders(self) -> tuple[str, ...]:
        """All source folders, rules first: dashboards import rules."""
        return tuple(dict.fromkeys((*self.rules, *self.dashboards)))

    @property
    def call(self) -> str:
        """What `obskit` is told to build this."""
        return f"build --env {self.environment.name}" if self.environment else "build"

    @property
    def everywhere(self) -> tuple[Settings, ...]:
        """These settings, and then those for each environment by name."""
        return (self, *(self.built_for(name) for name in sorted(self.env)))

    def built_for(self, name: str) -> Settings:
        """These settings for the environment `name`, with an output folder of its own. Raises SettingsError when there is none."""
        if name not in self.env:
            known = "environments: " + ", ".join(sorted(self.env)) if self.env else f"declare it in {FILE}: [tool.obskit.env.{name}]"
            raise SettingsError(f'there is no environment "{name}"', hint=did_you_mean(name, self.env) or known)
        there, out = self.env[name], f"{self.out}/{ENVIRONMENTS}/{name}"
        docs = Docs(url=there.docs_url) if there.docs_url else self.docs.moved(self.out, out)
        return replace(self, out=out, docs=docs, environment=there)


def failing(settings: Settings, bar: Severity | None) -> Settings:
    """The same settings with another severity that fails; with None, the settings as they are."""
    return replace(settings, lint=replace(settings.lint, fail=bar)) if bar else settings


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
