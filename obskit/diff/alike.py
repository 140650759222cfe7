"""What an environment changes just as the portable build does is told there once, with its name; what is left is its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from obskit.diff.changes import Difference, Elsewhere, Part, Renamed, Thing

Told = TypeVar("Told", Thing, Part, Renamed)


def told_once(portable: Difference, others: Sequence[Elsewhere]) -> tuple[Difference, tuple[Elsewhere, ...]]:
    """The portable difference, naming who changes alike, and of each environment what it changes otherwise; counts stay those of all."""
    own = []
    for one in others:
        portable, left = _folded(portable, one.difference, one.name)
        own.append(replace(one, difference=left))
    return portable, tuple(own)


def _folded(portable: Difference, other: Difference, name: str) -> tuple[Difference, Difference]:
    renames = tuple(_also(one, name) if one in other.renames else one for one in portable.renames)
    things = list(portable.things)
    numbers = {_key(thing): number for number, thing in enumerate(things)}
    left = []
    for thing in other.things:
        number = numbers.get(_key(thing))
        if number is None:
            left.append(thing)
            continue
        things[number], rest = _compared(things[number], thing, name)
        if rest is not None:
            left.append(rest)
    own = tuple(one for one in other.renames if one not in portable.renames)
    return replace(portable, renames=renames, things=tuple(things)), replace(other, renames=own, things=tuple(left))


def _key(thing: Thing) -> tuple[str, str]:
    return thing.kind, thing.key if thing.kind == "board" else thing.name


def _compared(thing: Thing, other: Thing, name: str) -> tuple[Thing, Thing | None]:
    """The first with what they share told of it, and what is left of the other; folders have a prefix in an environment."""
    if replace(thing, folder="") == replace(other, folder=""):
        return _also(thing, name), None
    parts = tuple(_also(part, name) if part in other.parts else part for part in thing.parts)
    left = replace(other, parts=tuple(part for part in other.parts if part not in thing.parts))
    return replace(thing, parts=parts), left if left.edits or left.parts or left.state != "changed" else None


def _also(one: Told, name: str) -> Told:
    return replace(one, also=(*one.also, name))
