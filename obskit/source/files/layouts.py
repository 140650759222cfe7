"""The layouts of version 2 dashboards: rows, tabs and grids, down to the elements that they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from obskit.artifact import Place
from obskit.model import Json
from obskit.model.modern.reading import items, record, word
from obskit.source.files.report import Report, called

_HOLDERS = {"RowsLayout": "rows", "TabsLayout": "tabs"}
_GRIDS = frozenset(["GridLayout", "AutoGridLayout"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A row or tab with the title `row`, or the place of the element `name`; `grid` only where positions are the dashboard's own."""

    path: Place
    row: str | None = None
    name: str = ""
    repeat: str = ""
    grid: Json | None = None


class Layouts:
    """Reads a layout; `variables` are those of its rows and tabs, each with its path, and `strange` gets the kinds it does not know."""

    def __init__(self, place: Place, report: Report, strange: set[str]) -> None:
        self.place, self.report, self.strange = place, report, strange
        self.variables: list[tuple[Any, Place]] = []

    def spots(self, layout: Any) -> list[Spot]:
        return list(self._layout(layout, ("layout",), True))

    def _layout(self, given: Any, path: Place, top: bool) -> Iterator[Spot]:
        if not isinstance(given, dict):
            self.report.error((*self.place, *path), f"a layout must be an object, not {called(given)}")
            return
        kind, spec = word(given.get("kind")), record(given.get("spec"))
        if kind in _HOLDERS:
            yield from self._holders(spec, _HOLDERS[kind], (*path, "spec", _HOLDERS[kind]))
        elif kind in _GRIDS:
            yield from self._items(spec, (*path, "spec", "items"), kind == "GridLayout" and top)
        else:
            self.strange.add(f"layout {kind}")

    def _holders(self, spec: Json, key: str, path: Place) -> Iterator[Spot]:
        for index, one in enumerate(items(spec.get(key))):
            inner, at = record(record(one).get("spec")), (*path, index, "spec")
            self.variables += [(item, (*at, "variables", number)) for number, item in enumerate(items(inner.get("variables")))]
            yield Spot(path=(*at, "title"), row=word(inner.get("title")), repeat=_repeat(inner))
            yield from self._layout(inner.get("layout"), (*at, "layout"), False)

    def _items(self, spec: Json, path: Place, placed: bool) -> Iterator[Spot]:
        for index, one in enumerate(items(spec.get("items"))):
            inner, at = record(record(one).get("spec")), (*path, index, "spec")
            if record(one).get("kind") == "GridLayoutRow":
                yield Spot(path=(*at, "title"), row=word(inner.get("title")), repeat=_repeat(inner))
                yield from self._items({"items": inner.get("elements")}, (*at, "elements"), False)
                continue
            name = record(inner.get("element")).get("name")
            if not isinstance(name, str):
                self.report.error((*self.place, *at), "an item of a layout names no element")
                continue
            sides = {short: inner.get(long) for short, long in (("x", "x"), ("y", "y"), ("w", "width"), ("h", "height"))}
            yield Spot(path=(*at, "element", "name"), name=name, repeat=_repeat(inner), grid=sides if placed else None)


def _repeat(spec: Json) -> str:
    return word(record(spec.get("repeat")).get("value"))
