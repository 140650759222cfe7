"""Hands that write files: plan and apply the output, serialise builds, remember what has not changed.

`plan` and `apply` are imported when they are first asked for: a run in which nothing changed needs neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from obskit.store import cache
from obskit.store.lock import locked

if TYPE_CHECKING:
    from obskit.store.applying import apply
    from obskit.store.planning import Plan, plan

__all__ = ["Plan", "apply", "cache", "locked", "plan"]


def __getattr__(name: str) -> Any:
    if name == "apply":
        from obskit.store.applying import apply

        return apply
    if name in ("Plan", "plan"):
        from obskit.store import planning

        return getattr(planning, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
