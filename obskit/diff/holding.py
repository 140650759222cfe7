"""Lists of named objects, as links, transformations and overrides are: matched by name, told by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from obskit.diff.assumed import ASSUMED
from obskit.diff.changes import Edit
from obskit.diff.leaves import edit, leaves, spelled
from obskit.diff.pairs import in_order, paired
from obskit.diff.texts import plain, quoted, short, words


def held(
    before: Sequence[Any], after: Sequence[Any], what: str, name: Callable[[Any], str], members: Callable[[Any], Any] = lambda item: item
) -> Iterator[Edit]:
    """The edits that make one list of the other: added, removed, changed, in another order. `name` tells items apart."""
    if before == after:
        return
    pairs = paired(before, after, [lambda item: (name(item), words(item)), name], [lambda item: words(members(item))])
    for one in pairs.gone:
        yield Edit(what=f"{what} {quoted(name(before[one]))}", before=short(words(members(before[one]))))
    for two in pairs.come:
        yield Edit(what=f"{what} {quoted(name(after[two]))}", after=short(words(members(after[two]))))
    for one, two in pairs.both:
        called = f"{what} {quoted(name(after[two]))}"
        if name(before[one]) != name(after[two]):
            yield Edit(what=what, before=quoted(name(before[one])), after=quoted(name(after[two])))
        for path, left, right in leaves(members(before[one]), members(after[two]), assumed=ASSUMED):
            found = edit(path, left, right)
            yield Edit(what=f"{called}: {spelled(path)}", before=found.before, after=found.after)
    if len(in_order(pairs.both)) != len(pairs.both):
        texts = [", ".join(plain(name(item)) for item in items) for items in (before, after)]
        yield Edit(what=f"order of {what}s", before=short(texts[0]), after=short(texts[1]))


def links(before: Any, after: Any) -> Iterator[Edit]:
    """The edits of a board's or panel's links."""
    yield from held(_objects(before), _objects(after), "link", lambda item: str(item.get("title") or item.get("url") or ""), _untitled)


def transformations(before: Any, after: Any) -> Iterator[Edit]:
    """The edits of a panel's transformations, which work in their order."""
    yield from held(_objects(before), _objects(after), "transformation", lambda item: str(item.get("id")), _unnamed)


def _untitled(item: Any) -> Any:
    return {key: value for key, value in item.items() if key != "title"} if item.get("title") else item


def _unnamed(item: Any) -> Any:
    return {key: value for key, value in item.items() if key != "id"}


def _objects(given: Any) -> list[Any]:
    return [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []
