"""Where a name comes from that an author uses without importing it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Collection

ROOMS = ("obskit.catalog", "obskit.rules", "obskit.dashboards", "obskit.notify", "obskit.datasources")
"""What authors import from, what is there in several first."""


def importing(name: str, modules: Collection[str]) -> str:
    """The import that gives `name`, from obskit or a source module that has been loaded; empty where none does."""
    for room in ROOMS:
        if name in importlib.import_module(room).__all__:
            return f"from {room} import {name}"
    for module in sorted(modules):
        loaded = sys.modules.get(module)
        if not name.startswith("_") and name in vars(loaded or object):
            return f"from {module} import {name}"
    return ""
