"""Readings of JSON values that may be of any age: each takes anything and answers with the wanted kind, or with nothing."""

from __future__ import annotations

import math
import re
from typing import Any, TypeGuard

from obskit.model.json import NOTE, Json
from obskit.model.modern.thresholds import steps


def record(value: object) -> Json:
    """`value` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> list[Json]:
    """The objects among the items of a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def items(value: object) -> list[Any]:
    """`value` if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def word(value: object) -> str:
    """`value` if it is a text, else an empty one."""
    return value if isinstance(value, str) else ""


def number(value: object) -> float | int | None:
    """A finite number, also from its text; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value if math.isfinite(value) else None
    if not isinstance(value, str) or not _NUMBER.fullmatch(value.strip()):
        return None
    read = float(value)
    return int(read) if read.is_integer() else read


_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")


_CONTAINERS = frozenset({dict, list})


def without_nulls(value: Any) -> Any:
    """A copy without null members and items; only the base step of a list of thresholds keeps its null. A note is not looked into."""
    if type(value) is list:
        return [without_nulls(item) if type(item) in _CONTAINERS else item for item in value if item is not None]
    if type(value) is not dict:
        return value
    out: Json = {}
    for key, item in value.items():
        if type(item) in _CONTAINERS and key != NOTE:
            out[key] = steps(item) if key == "steps" and _are_steps(item) else without_nulls(item)
        elif item is not None:
            out[key] = item
    return out


def _are_steps(value: object) -> TypeGuard[list[Json]]:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) and "color" in item for item in value)
