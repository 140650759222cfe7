"""The places of a project's declarations: where each was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from obskit.origin import Origin
from obskit.source import Project
from obskit.waiver import Waive

_LEFT_OUT = frozenset({"settings", "findings", "faults", "other_files", "files", "json"})


def places(project: Project) -> Iterator[Origin]:
    """The origin of every declaration of the project and of the parts it is made of; waivers and plain data have no say."""
    seen: set[int] = set()
    parts: dict[type, tuple[str, ...]] = {str: (), int: (), bool: (), float: (), type(None): (), Waive: ()}
    waiting: list[object] = [project]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Origin):
            yield value
        elif isinstance(value, (list, tuple)):
            waiting.extend(value)
        elif (names := _parts(type(value), parts)) and id(value) not in seen:
            seen.add(id(value))
            waiting.extend([getattr(value, name) for name in names])


def _parts(kind: type, known: dict[type, tuple[str, ...]]) -> tuple[str, ...]:
    """The fields of a dataclass that are worth a look; of any other type there are none."""
    if kind not in known:
        known[kind] = tuple(one.name for one in fields(kind) if one.name not in _LEFT_OUT) if is_dataclass(kind) else ()
    return known[kind]
