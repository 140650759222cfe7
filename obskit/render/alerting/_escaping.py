"""Texts that Grafana's provisioning reads back as they are, though it replaces variables in them.

Source: Grafana's package `provisioning/values`: a text is split at `$$`, in each part `$__env{X}`, `$__file{/p}`, `$X` and `${X}` are
replaced, and the parts are joined by `$`. So it is with all texts of contact points and policies, and of rules but for annotations
and queries; keys, numbers and mute times are left alone.
"""

from __future__ import annotations

from typing import Any


def escaped(text: str) -> str:
    """`text` so that Grafana reads it as it is."""
    return text.replace("$", "$$")


def literal(value: Any) -> Any:
    """A JSON value with every text in it escaped."""
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, dict):
        return {key: literal(item) for key, item in value.items()}
    return [literal(item) for item in value] if isinstance(value, list) else value
