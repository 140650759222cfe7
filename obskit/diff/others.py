"""Built files that are neither dashboards nor rule files: those with declarations of their own told by keys, the rest by name."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from obskit.diff.changes import Edit, State, Thing
from obskit.diff.leaves import ABSENT, Path, edit, leaves
from obskit.diff.texts import words

_NAMES = ("title", "name", "uid", "refId", "matchers", "object_matchers")
"""What tells the objects of a list apart, if all of them have it and no two alike."""
_IDS = frozenset(("panelId", "__panelId__"))
"""What follows from the titles of panels; a link to another panel is told with the rule file."""


def others(before: Mapping[str, Any], after: Mapping[str, Any], known: Container[str]) -> Iterator[Thing]:
    """What became of the files, by path: `before` and `after` hold those that differ, with their data or None for the name alone.

    Rules of Grafana that are called as one of `known` say nothing new: what changed in them is told with the rule file.
    """
    named: list[Edit] = []
    for path in sorted(before.keys() | after.keys()):
        state: State = "added" if path not in before else "removed" if path not in after else "changed"
        one, two = before.get(path), after.get(path)
        is_read = one is not None and two is not None
        found = list(_walked(one, two, ())) if is_read else []
        if is_read and not found:
            continue  # but for layout, comments and the order of keys it is the same
        edits = tuple(edit(*place) for place in found if not _is_known(place[0], known))
        if edits:
            yield Thing(kind="file", name=path, key=path, state=state, edits=edits)
        else:
            named.append(Edit(what=path, before="" if state == "removed" else None, after="" if state == "added" else None))
    if named:
        yield Thing(kind="files", name="other built files", key="", state="changed", edits=tuple(named))


def _is_known(path: Path, known: Container[str]) -> bool:
    """Whether what changed here is told elsewhere, or is no more than an id."""
    is_rule = len(path) > 3 and path[0] == "groups" and path[2] == "rules"
    return (is_rule and path[3] in known) or (bool(path) and path[-1] in _IDS)


def _walked(before: Any, after: Any, path: Path) -> Iterator[tuple[Path, Any, Any]]:
    """Each place where two values differ; lists of objects by their names, so that one more moves no other, and by their order."""
    one, two = _by_name(before), _by_name(after)
    if one is not None and two is not None:
        for name in one | two:
            if name in one and name in two:
                yield from _walked(one[name], two[name], (*path, name))
            else:
                yield (*path, name), one.get(name, ABSENT), two.get(name, ABSENT)
        orders = [[name for name in side if name in one and name in two] for side in (one, two)]
        if orders[0] != orders[1]:
            yield (*path, "order"), orders[0], orders[1]
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys(), key=str):
            yield from _walked(before.get(key, ABSENT), after.get(key, ABSENT), (*path, key))
    elif _objects(before) and _objects(after) and len(before) == len(after):
        for index, (left, right) in enumerate(zip(before, after, strict=True)):
            yield from _walked(left, right, (*path, index))
    else:
        yield from leaves(before, after, path)


def _by_name(value: Any) -> dict[str, Any] | None:
    """The objects of a list by their names; None where there is no such list, or names do not tell them apart."""
    if not _objects(value):
        return None
    for name in _NAMES:
        called = [_text(item.get(name)) for item in value]
        if all(called) and len(set(called)) == len(called):
            return dict(zip(called, value, strict=True))
    return None


def _objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _text(given: Any, between: str = ", ") -> str:
    if isinstance(given, list):
        return between.join(_text(item, "") for item in given)
    return given if isinstance(given, str) else words(given) if given is not None else ""
