"""A file to write, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from obskit.origin import Origin

Place = tuple[str | int, ...]
"""The way into a document: keys and indexes from its root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """`path` is relative to the output folder, posix; `text` ends in a newline; `data` is what `text` was encoded from.

    `sources` are the modules that make it, as paths relative to the project. `origins` say where parts of `data` were
    declared.
    """

    path: str
    text: str
    format: str
    origin: Origin | None = None
    sources: tuple[str, ...] = ()
    data: object = field(default=None, compare=False, repr=False)
    origins: Mapping[Place, Origin | None] = field(default_factory=dict, compare=False, repr=False)

    def declared_at(self, place: Place) -> Origin | None:
        """The origin of the innermost part around `place` that has one."""
        for length in range(len(place), 0, -1):
            found = self.origins.get(place[:length])
            if found is not None:
                return found
        return self.origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """The folder a format owns under the output folder: every regular file in it that ends in `suffix` is the format's."""

    format: str
    folder: str
    suffix: str
