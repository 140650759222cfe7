"""What several rules of a file lack alike, shown once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from obskit.analysis.placed import Placed
from obskit.lint.problem import Problem


def alike(found: Iterable[Placed], what: str, hint: str) -> Iterator[Problem]:
    """`alert "A" <what>` for each rule; those of one file are shown together."""
    for file, _, rule in found:
        together = (f"{file.name}: {what}", "and {} more in this file")
        yield Problem(f'{rule.kind} "{rule.name}" {what}', rule.origin, hint, waive=rule.waive, together=together)
