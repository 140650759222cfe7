"""Hands that write files: plan and apply the output, serialise builds, remember what has not changed."""

from obskit.store import cache
from obskit.store.applying import apply
from obskit.store.lock import locked
from obskit.store.planning import Plan, plan

__all__ = ["Plan", "apply", "cache", "locked", "plan"]
