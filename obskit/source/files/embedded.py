"""Documents inside documents: the items of a List, the files of a ConfigMap, the JSON of a GrafanaDashboard object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from obskit.artifact import Place
from obskit.origin import Origin
from obskit.source.files.document import Document, Positions
from obskit.source.files.reading import read

_ENDINGS = (".json", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class _Shifted:
    """Positions of a text inside a file: `first` is the line before it; where the lines are not its own, all are that one."""

    positions: Positions
    first: int
    own: bool

    def line(self, place: Place) -> int:
        return self.first + self.positions.line(place) if self.own else self.first

    def text(self, place: Place) -> str | None:
        return self.positions.text(place)


@dataclass(frozen=True, slots=True)
class _Part:
    """Positions of a part of a document, whose place is `around`."""

    positions: Positions
    around: Place

    def line(self, place: Place) -> int:
        return self.positions.line((*self.around, *place))

    def text(self, place: Place) -> str | None:
        return self.positions.text((*self.around, *place))


def embedded(document: Document) -> Iterator[Document]:
    """The documents that `document` holds as text or, in a list of Kubernetes objects, as items; none if it is no such holder."""
    data = document.data
    if not isinstance(data, dict) or not isinstance(data.get("apiVersion"), str):
        return
    if data.get("kind") == "ConfigMap" and isinstance(data.get("data"), dict):
        for key, text in data["data"].items():
            if isinstance(text, str) and key.endswith(_ENDINGS):
                yield from _inside(document, ("data", key), text, f".{key.rpartition('.')[2]}")
    elif data.get("kind") == "List" and isinstance(data.get("items"), list):
        for index, item in enumerate(data["items"]):
            positions = _Part(document.positions, ("items", index)) if document.positions else None
            yield replace(document, data=item, positions=positions, findings=())
    elif data.get("kind") == "GrafanaDashboard" and isinstance(data.get("spec"), dict) and isinstance(data["spec"].get("json"), str):
        yield from _inside(document, ("spec", "json"), data["spec"]["json"], ".json")


def _inside(document: Document, place: Place, text: str, ending: str) -> Iterator[Document]:
    line = document.line(place)
    own = "\n" in text.strip() and document.text(place) is not None
    for inner in read(text.encode(), f"{document.name}{ending}"):
        findings = tuple(
            replace(one, origin=Origin(document.name, line + one.origin.line if own and one.origin else line)) for one in inner.findings
        )
        positions = _Shifted(inner.positions, line, own) if inner.positions else None
        yield replace(inner, name=document.name, positions=positions, findings=findings, index=document.index, holder=document.data["kind"])
