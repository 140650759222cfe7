"""A foreign file that was read: its data, and on which line each part of it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from obskit.artifact import Place
from obskit.finding import Finding, Severity
from obskit.origin import Origin

SYNTAX = "file-syntax"
"""The finding of a file that is not JSON or YAML, or whose data contradict themselves."""


class Positions(Protocol):
    """Where the parts of a document stand."""

    def line(self, place: Place) -> int:
        """The 1-based line of the key or item at `place`; of the nearest part around it where there is none."""
        ...

    def text(self, place: Place) -> str | None:
        """The number, word or text at `place` as it is written, without quotes; None when it is none of these."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of a file; `name` is how messages call the file, `index` counts the documents of a YAML stream.

    `data` is plain JSON: objects with text keys, lists, text, numbers, booleans and None. `readable` is False when there
    are none because the file could not be read; the findings say why. `holder` is the kind of the object that it stands in as text.
    """

    name: str
    data: Any = field(default=None, repr=False)
    positions: Positions | None = field(default=None, repr=False, compare=False)
    index: int = 0
    readable: bool = True
    findings: tuple[Finding, ...] = ()
    holder: str = ""

    def line(self, place: Place) -> int:
        return self.positions.line(place) if self.positions else 0

    def origin(self, place: Place, where: str = "") -> Origin:
        return Origin(self.name, self.line(place), where)

    def text(self, place: Place) -> str | None:
        return self.positions.text(place) if self.positions else None


class Lines:
    """Offsets of a text to lines; the text is looked through once, when the first line is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self._text)]

    def line(self, offset: int) -> int:
        return bisect_right(self._breaks, offset - 1) + 1 if offset > 0 else 1


def unreadable(name: str, message: str, line: int = 0, hint: str = "") -> Document:
    """The document of a file that cannot be read."""
    return Document(name=name, readable=False, findings=(syntax(name, message, line, hint),))


def syntax(name: str, message: str, line: int = 0, hint: str = "", severity: Severity = "error") -> Finding:
    return Finding(id=SYNTAX, severity=severity, message=message, hint=hint, origin=Origin(name, line))


def depth_of(data: Any, most: int) -> int:
    """How deep objects and lists are nested, counted up to one more than `most`."""
    level: Iterable[Any] = [data]
    for depth in range(most + 2):
        inner = [item for item in level if isinstance(item, (dict, list))]
        if not inner:
            return depth
        level = [child for item in inner for child in (item.values() if isinstance(item, Mapping) else item)]
    return most + 1
