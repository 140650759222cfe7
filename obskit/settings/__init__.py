"""The settings: `[tool.obskit]` of a project's pyproject.toml, read once. The only reader of tomllib and the environment."""

from obskit.settings.delivery import Alerting, Alertmanager, Docs, Kubernetes, Provisioning
from obskit.settings.environment import Environment
from obskit.settings.model import ENVIRONMENTS, FILE, LEVELS, Lint, Settings, Targets
from obskit.settings.reading import env_flag, load, near

__all__ = [
    "ENVIRONMENTS", "FILE", "LEVELS", "Alerting", "Alertmanager", "Docs", "Environment", "Kubernetes", "Lint", "Provisioning", "Settings",
    "Targets", "env_flag", "load", "near",
]  # fmt: skip
