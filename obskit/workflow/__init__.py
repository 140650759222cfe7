"""The use cases: what a command asks for, done by the rooms below."""

from obskit.workflow.build import build
from obskit.workflow.outcome import Outcome

__all__ = ["Outcome", "build"]
