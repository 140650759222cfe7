"""A name that changed in many queries is told once: the renames are taken out of the edits, with how many places they touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from obskit.diff.changes import Edit, Part, Rename, Renamed, Thing
from obskit.diff.renaming import SERIES

KINDS = ("panel", "alert", "record", "variable", "annotation")
"""Of what a rename touches, in the order it is told."""
_MANY = 2


def folded(
    things: Iterable[Thing], signal_of: Callable[[str], str], is_one: Callable[[Rename], bool]
) -> tuple[tuple[Renamed, ...], tuple[Thing, ...]]:
    """The renames of more than one place, and the things without them.

    `signal_of` gives the signal that a series belongs to. Where `is_one` denies a rename, one name took the place of the other: of
    a metric, that is told in each query.
    """
    things = tuple(things)
    found: dict[tuple[str, str, str], list[tuple[Thing, Part, Rename]]] = {}
    for thing in things:
        for part in thing.parts:
            for rename in dict.fromkeys(edit.rename for edit in part.edits if edit.rename is not None):
                found.setdefault(_key(rename, signal_of), []).append((thing, part, rename))
    many = {key: places for key, places in found.items() if len({(id(thing), id(part)) for thing, part, _ in places}) >= _MANY}
    sure = {key: is_one(_whole(key, places)) for key, places in many.items()}
    many = {key: places for key, places in many.items() if sure[key] or key[0] != "metric"}
    renames = tuple(_renamed(key, places, things, signal_of, sure[key]) for key, places in many.items())
    left = [_without(thing, many, signal_of) for thing in things]
    return renames, tuple(thing for thing in left if thing is not None)


def _whole(key: tuple[str, str, str], places: list[tuple[Thing, Part, Rename]]) -> Rename:
    """The rename of all places as one."""
    signals = tuple(sorted({name for _, _, rename in places for name in rename.signals}))
    return Rename(kind=places[0][2].kind, before=key[1], after=key[2], signals=signals)


def _key(rename: Rename, signal_of: Callable[[str], str]) -> tuple[str, str, str]:
    """The series of one histogram are renamed together."""
    before, after = rename.before, rename.after
    if rename.kind == "metric":
        for ending in SERIES[1:]:
            if before.endswith(ending) and after.endswith(ending) and signal_of(after) == after.removesuffix(ending):
                return rename.kind, before.removesuffix(ending), after.removesuffix(ending)
    return rename.kind, before, after


def _renamed(
    key: tuple[str, str, str],
    places: list[tuple[Thing, Part, Rename]],
    things: tuple[Thing, ...],
    signal_of: Callable[[str], str],
    is_one: bool,
) -> Renamed:
    touched = Counter(kind for kind, _ in {(part.kind, id(part)) for _, part, _ in places})
    renames = [edit.rename for thing in things for part in thing.parts for edit in part.edits if edit.rename is not None]
    mine = [rename for rename in renames if _key(rename, signal_of) == key]
    signals = tuple(sorted({signal_of(name) for rename in mine for name in rename.signals}))
    kind, before, after = places[0][2].kind, key[1], key[2]
    where = tuple(dict.fromkeys(thing.name for thing, _, _ in places))
    counts = tuple((name, touched[name]) for name in KINDS if touched[name])
    sure = is_one and any(rename.sure for rename in mine)
    return Renamed(kind=kind, before=before, after=after, signals=signals, sure=sure, touched=counts, where=where)


def _without(thing: Thing, many: Mapping[tuple[str, str, str], object], signal_of: Callable[[str], str]) -> Thing | None:
    """The thing without the edits that are told as renames; None when nothing else is left of it."""

    def told(edit: Edit) -> bool:
        return edit.rename is not None and _key(edit.rename, signal_of) in many

    parts = []
    for part in thing.parts:
        edits = tuple(edit for edit in part.edits if not told(edit))
        if edits or part.state != "changed" or part.renamed is not None or len(edits) == len(part.edits):
            parts.append(part if len(edits) == len(part.edits) else replace(part, edits=edits))
    if not parts and thing.parts and not thing.edits and thing.state == "changed" and thing.renamed is None:
        return None
    return replace(thing, parts=tuple(parts))
