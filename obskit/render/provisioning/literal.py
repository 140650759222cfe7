"""Text that Grafana's provisioning files must not expand.

Grafana reads `$NAME` and `${NAME}` in their values as environment variables, and `$$` as one dollar sign (its documentation, "Provision
Grafana", using environment variables). Keys it leaves alone.
"""

from __future__ import annotations

from typing import Any


def literal(value: Any) -> Any:
    """The value with the dollar signs of all its text doubled."""
    if isinstance(value, str):
        return value.replace("$", "$$")
    if isinstance(value, dict):
        return {key: literal(item) for key, item in value.items()}
    return [literal(item) for item in value] if isinstance(value, list) else value
