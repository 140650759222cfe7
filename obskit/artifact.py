"""A file to write, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from obskit.origin import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """`path` is relative to the output folder, posix; `text` ends in a newline; `data` is what `text` was encoded from.

    `sources` are the modules that make it, as paths relative to the project.
    """

    path: str
    text: str
    format: str
    origin: Origin | None = None
    sources: tuple[str, ...] = ()
    data: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """The folder a format owns under the output folder: every regular file in it that ends in `suffix` is the format's."""

    format: str
    folder: str
    suffix: str
