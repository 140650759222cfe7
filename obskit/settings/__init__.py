"""The settings: `[tool.obskit]` of a project's pyproject.toml, read once. The only reader of tomllib and the environment."""

from obskit.settings.delivery import Alerting, Alertmanager, Docs, Kubernetes, Provisioning
from obskit.settings.environment import Environment
from obskit.settings.model import BARS, DASHBOARDS, ENVIRONMENTS, FILE, LEVELS, RULES, Lint, Settings, Targets, failing
from obskit.settings.reading import env_text, env_without, load, near

__all__ = [
    "BARS", "DASHBOARDS", "ENVIRONMENTS", "FILE", "LEVELS", "RULES", "Alerting", "Alertmanager", "Docs", "Environment", "Kubernetes",
    "Lint", "Provisioning", "Settings", "Targets", "env_text", "env_without", "failing", "load", "near",
]  # fmt: skip
