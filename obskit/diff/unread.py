"""What the neutral form of a board leaves out, told all the same when it changes: by its path of keys, before and after.

A member is read when the neutral form of the document depends on it; that is tried out, and never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from obskit.diff.assumed import SAVED
from obskit.diff.changes import Edit
from obskit.diff.forms import BoardForm, Neutral
from obskit.diff.leaves import ABSENT, Path, edit, leaves
from obskit.diff.placing import aligned
from obskit.diff.texts import short
from obskit.model import Json

MANY = 8
"""Unread members of one part, beyond which they are named together."""
_MEANT = {"maxDataPoints": "data points at most", "intervalFactor": "interval factor"}
"""Members that the neutral form takes a value of for none, though it shows."""
_PLACED = frozenset({"id", "gridPos", "panels"})
_SIDES = frozenset({"x", "y", "w", "h"})
_ELSEWHERE = frozenset({"panels", "rows", "templating", "annotations", "uid", "title"})
_LARGE = frozenset({"spec"})
"""Parts that are too large to be read again for each member: what holds for one member holds for its like."""
Document = Callable[[Any], Json]


def unread(before: BoardForm, after: BoardForm, same: Sequence[tuple[int, int]]) -> tuple[tuple[Edit, ...], dict[int, tuple[Edit, ...]]]:
    """Edits of the board, and of panels by their index on the second side; `same` are the panels that are the same."""
    if before.neutral is None or after.neutral is None or before.raw == after.raw:
        return (), {}
    one, two = before.raw, after.raw
    if ("elements" in one) != ("elements" in two):
        return (), {}  # two generations of the format have no members in common
    if "elements" in two:
        return _together(_elements(one, two, after.neutral)), {}
    tested = _Tested(after.neutral, one.get("schemaVersion") == two.get("schemaVersion"))
    found = list(_board(one, two, tested))
    first, second = _flat(one), _flat(two)
    panels: dict[int, tuple[Edit, ...]] = {}
    if len(first) == len(before.board.panels) and len(second) == len(after.board.panels):
        outer = {key: value for key, value in two.items() if key not in ("panels", "rows", "annotations")}
        for index, other in same:
            ones, twos = _of_panel(first[index]), _of_panel(second[other])
            if ones != twos:
                neutral = before.board.panels[index].json, after.board.panels[other].json
                edits = _together(_differing(ones, twos, neutral, _inside(outer), tested, "panel"))
                panels |= {other: edits} if edits else {}
    else:
        ones, twos = (_only(side, ("panels", "rows")) for side in (one, two))
        found += _differing(ones, twos, ({}, {}), lambda item: {**two, **item}, tested, "")
    return _together(iter(found)), panels


def _inside(outer: Json) -> Document:
    return lambda item: {**outer, "panels": [item]}


class _Tested:
    """Whether the change of a member shows in the neutral form, tried out for each kind of part and names of keys.

    Between documents of one generation (`same_age`), two values of one member that read alike are told apart all the same.
    """

    def __init__(self, neutral: Neutral, same_age: bool) -> None:
        self.neutral = neutral
        self.same_age = same_age
        self.known: dict[tuple[object, ...], bool] = {}

    def tells(self, document: Document, item: Any, path: Path, values: tuple[Any, Any], kind: str) -> bool:
        """Whether the neutral form tells the change, or knows that it is none."""
        both = ABSENT not in values
        key = (kind, *(step for step in path if isinstance(step, str)), *(type(value) for value in values))
        if key in self.known and (not both or kind in _LARGE):
            return self.known[key]
        item, values = _bare(item), (_bare(values[0], "datasource" in path), _bare(values[1], "datasource" in path))
        forms = [self.neutral(document(_with(item, path, value))) for value in values]
        found = forms[0] != forms[1]
        if not found and not (both and self.same_age):
            found = all(
                any(self.neutral(document(_with(item, path, probe))) != form for probe in _probes(value))
                for value, form in zip(values, forms, strict=True)
                if value is not ABSENT
            )
        self.known[key] = found
        return found

    def alike(self, document: Document, item: Any, path: Path, values: tuple[Any, Any]) -> bool:
        """Whether the neutral form of two values is the same."""
        first, second = (self.neutral(document(_with(item, path, value))) for value in values)
        return first == second


def _differing(before: Any, after: Any, neutral: tuple[Any, Any], document: Document, tested: _Tested, kind: str) -> Iterator[Edit]:
    """The members of a part that differ without showing in the neutral form."""
    for path, one, two in leaves(before, after):
        if not path or _kept_as_is(neutral, path, one, two):
            continue
        word = _MEANT.get(str(path[-1]))
        if word is None and not tested.tells(document, after, path, (one, two), f"{kind} {_type(after)}" if kind not in _LARGE else kind):
            yield edit(path, one, two)
        elif word is not None and tested.alike(document, after, path, (one, two)):
            yield edit(path, one, two, word)


def _kept_as_is(neutral: tuple[Any, Any], path: Path, one: Any, two: Any) -> bool:
    return bool(path) and all(_at(form, path) == value for form, value in zip(neutral, (one, two), strict=True))


def _board(before: Json, after: Json, tested: _Tested) -> Iterator[Edit]:
    bare = _only(after, ("templating", "annotations", "schemaVersion"))
    ones, twos = (_kept(side, _ELSEWHERE) for side in (before, after))
    yield from _differing(ones, twos, (ones, twos) if ones == twos else ({}, {}), lambda item: {**bare, **item}, tested, "board")
    sources = [one for one in _named(after.get("templating")).values() if one.get("type") == "datasource"]
    for holder in ("templating", "annotations"):
        outer = [_beside_list(side.get(holder)) for side in (before, after)]
        yield from (edit((holder, *path), one, two) for path, one, two in leaves(*outer))
        listed = [_named(side.get(holder)) for side in (before, after)]
        for name in [name for name in listed[1] if name in listed[0]]:

            def document(item: Any, holder: str = holder) -> Json:
                return {**bare, holder: {"list": [*(sources if holder == "templating" else ()), item]}}

            old, new = listed[0][name], listed[1][name]
            for found in _differing(_kept(old, SAVED), _kept(new, SAVED), (old, new) if old == new else ({}, {}), document, tested, holder):
                yield Edit(what=f"{holder} {short(name)}: {found.what}", before=found.before, after=found.after, raw=True)


def _elements(before: Json, after: Json, neutral: Neutral) -> Iterator[Edit]:
    """The members of a dashboard of version 2 that nobody reads."""
    tested = _Tested(neutral, same_age=True)
    ones, twos = (side["elements"] if isinstance(side["elements"], dict) else {} for side in (before, after))
    empty = {"kind": "GridLayout", "spec": {"items": []}}
    for name in sorted(ones.keys() & twos.keys()):

        def document(item: Any, name: str = name) -> Json:
            return {**after, "elements": {name: item}, "layout": empty}

        for found in _differing(ones[name], twos[name], ({}, {}), document, tested, "element"):
            yield Edit(what=f"elements.{name}.{found.what}", before=found.before, after=found.after, raw=True)
    bare = {name: {"kind": "Panel", "spec": {"title": name}} for name in twos}
    rest = [_kept(side, frozenset({"elements"})) for side in (before, after)]
    layouts = aligned(*(side.get("layout") for side in rest))
    rest = [{**side, "layout": layout} if "layout" in side else side for side, layout in zip(rest, layouts, strict=True)]
    yield from _differing(rest[0], rest[1], ({}, {}), lambda item: {**item, "elements": bare}, tested, "spec")


def _together(found: Iterator[Edit]) -> tuple[Edit, ...]:
    edits = tuple(found)
    if len(edits) <= MANY:
        return edits
    names = ", ".join(one.what for one in edits)
    return (Edit(what=f"{len(edits)} members that are not read: {names}"),)


def _flat(document: Json) -> list[Json]:
    """The panels as the neutral form lists them; of boards with rows of the old kind, none."""

    def flattened(items: Any) -> Iterator[Json]:
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict):
                yield item
                if item.get("type") == "row":
                    yield from flattened(item.get("panels"))

    return [] if document.get("rows") else list(flattened(document.get("panels")))


def _named(holder: Any) -> dict[str, Json]:
    given = holder.get("list") if isinstance(holder, dict) else None
    return {str(item.get("name")): item for item in given if isinstance(item, dict)} if isinstance(given, list) else {}


def _of_panel(panel: Json) -> Json:
    """A panel without its id, the panels in it, and where it stands as far as that can be read."""
    kept = _kept(panel, _PLACED)
    place = panel.get("gridPos")
    if isinstance(place, dict):
        place = {key: value for key, value in place.items() if key not in _SIDES or type(value) not in (int, float)}
    inside = panel.get("panels")
    strange = [item for item in inside if not isinstance(item, dict)] if isinstance(inside, list) else inside
    return {**kept, **({"gridPos": place} if place else {}), **({"panels": strange} if strange else {})}


def _beside_list(holder: Any) -> Any:
    """What stands where a list of objects is expected, but for those."""
    if not isinstance(holder, dict):
        return holder
    listed = holder.get("list")
    strange = [item for item in listed if not isinstance(item, dict)] if isinstance(listed, list) else listed
    return {**{key: value for key, value in holder.items() if key != "list"}, **({"list": strange} if strange else {})}


def _kept(part: Json, apart: frozenset[str]) -> Json:
    return {key: value for key, value in part.items() if key not in apart and key not in SAVED}


def _only(part: Json, keys: tuple[str, ...]) -> Json:
    return {key: part[key] for key in keys if key in part}


def _type(item: Any) -> str:
    return str(item.get("type") or item.get("kind") or "") if isinstance(item, dict) else ""


def _at(value: Any, path: Path) -> Any:
    for key in path:
        if isinstance(value, dict) and key in value:
            value = value[str(key)]
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return ABSENT
    return value


def _with(value: Any, path: Path, new: Any) -> Any:
    """A copy of a value with another one at a path."""
    if not path:
        return new
    key, rest = path[0], path[1:]
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        inner = _with(value[key], rest, new)
        return [*value[:key], None if inner is ABSENT else inner, *value[key + 1 :]]
    held = dict(value) if isinstance(value, dict) else {}
    inner = _with(held.get(str(key)), rest, new)
    if inner is ABSENT:
        held.pop(str(key), None)
    else:
        held[str(key)] = inner
    return held


def _bare(value: Any, inside: bool = False) -> Any:
    """A value whose datasources have no empty members: those are no difference (see `leaves`), and a query's own is that of its panel."""
    if isinstance(value, dict):
        kept = {key: _bare(item, inside or key == "datasource") for key, item in value.items()}
        return {key: item for key, item in kept.items() if not inside or item not in (None, "", [], {})}
    return [_bare(item, inside) for item in value] if isinstance(value, list) else value


def _probes(value: Any) -> Iterator[Any]:
    """Other values of the same type."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, float)):
        yield value + 1
    elif isinstance(value, str):
        yield value + " probe"
    elif isinstance(value, list):
        yield [*value, *(value[-1:] or [{"probe": 1}])]
        yield value[:-1]
    elif isinstance(value, dict):
        yield {**value, "probe": 1}
        yield {}
