"""The difference between what should be on disk and what is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["added", "changed", "removed", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to one file: `before` and `after` are its texts, None where the file is absent.

    `removed` is a file of the format's that no module makes any more. `sources` are the modules that make the file.
    """

    path: str
    kind: Kind
    before: str | None
    after: str | None
    sources: tuple[str, ...] = ()
