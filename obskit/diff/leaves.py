"""Two JSON values compared down to their leaves, for what no words exist: a path of keys, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from obskit.diff.assumed import ASSUMED
from obskit.diff.changes import Edit
from obskit.diff.texts import pair, plain, short

Path = tuple[str | int, ...]
ABSENT: Any = type("Absent", (), {"__repr__": lambda _self: "ABSENT"})()
"""Stands for what is not there; null, empty text, empty lists and empty objects are as good."""

Assumed = Mapping[str, tuple[Any, ...]]
"""Last key of a path, or its last two, to the values that are as good as absent."""


def leaves(before: Any, after: Any, path: Path = (), assumed: Assumed | None = None) -> Iterator[tuple[Path, Any, Any]]:
    """Each place where two values differ, with both values; objects by their keys, lists of one length by their items.

    A value that `assumed` names for the last key of its path is as good as absent.
    """
    one, two = _known(before, path, assumed), _known(after, path, assumed)
    if one is two or (type(one) is type(two) and one == two) or (_number(one) and _number(two) and one == two):
        return
    nested = {type(one), type(two)} - {type(ABSENT)} == {dict}
    if nested:
        first, second = ({} if side is ABSENT else side for side in (one, two))
        for key in sorted(first.keys() | second.keys(), key=str):
            yield from leaves(first.get(key, ABSENT), second.get(key, ABSENT), (*path, key), assumed)
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two) and any(isinstance(item, dict) for item in (*one, *two)):
        for index, (left, right) in enumerate(zip(one, two, strict=True)):
            yield from leaves(left, right, (*path, index), assumed)
    else:
        yield path, one, two


def edit(path: Path, before: Any, after: Any, what: str = "", within: str = "") -> Edit:
    """The edit of a leaf, under its path unless there is a word for it."""
    first, second = texts(*_taken_for_granted(path, before, after))
    return Edit(what=what or spelled(path), before=first, after=second, raw=not what, within=within)


def _taken_for_granted(path: Path, before: Any, after: Any) -> tuple[Any, Any]:
    """Of a flag or number that is absent on one side, what that means there."""
    for value in _granted(path, ASSUMED)[:1] if path else ():
        if before is ABSENT and type(after) is type(value):
            return value, after
        if after is ABSENT and type(before) is type(value):
            return before, value
    return before, after


def texts(before: Any, after: Any) -> tuple[str | None, str | None]:
    """Both values in words, None for one that is absent."""
    if before is not ABSENT and after is not ABSENT:
        return pair(before, after)
    return _alone(before), _alone(after)


def spelled(path: Path) -> str:
    """A path as people write it: `fieldConfig.defaults.custom.lineWidth`, `targets[0].foo`."""
    text = ""
    for key in path:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else str(key)
    return text or "value"


def _alone(value: Any) -> str | None:
    return None if value is ABSENT else short(plain(value))


def _known(value: Any, path: Path, assumed: Assumed | None) -> Any:
    if value is None or (value == "" and isinstance(value, str)) or (isinstance(value, (list, dict)) and not value):
        return ABSENT
    if assumed and path and any(type(value) is type(one) and value == one for one in _granted(path, assumed)):
        return ABSENT
    return value


def _granted(path: Path, assumed: Assumed) -> tuple[Any, ...]:
    return assumed.get(str(path[-1]), ()) or assumed.get(".".join(map(str, path[-2:])), ())


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
