"""Findings held against the file that has the known ones, and that file written anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from obskit.finding import Finding
from obskit.origin import Origin

Identity = tuple[str, str, str, str]
"""See `Finding.identity`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """`new` findings, how many are `known`, and what there is to say of the baseline itself."""

    new: tuple[Finding, ...]
    known: int
    told: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A baseline: its file, if there is one, what it has, and whether it is to be written. `command` is the one that writes it."""

    place: Path | None
    old: Mapping[Identity, int]
    write: bool
    command: str

    @classmethod
    def read(cls, place: Path | None, *, write: bool, command: str) -> Known:
        """Raises ObskitError when the file is missing, unless it is to be written, or is no baseline: such is not overwritten."""
        from obskit.store.baseline import load

        old = load(place, command) if place and (not write or place.exists()) else {}
        return cls(place=place, old=old, write=write, command=command)

    def held_against(
        self, findings: Sequence[Finding], covered: Callable[[Identity], bool], *, complete: bool = True, tell: bool = True
    ) -> Held:
        """Today's findings against the baseline, which is written first where that was asked for.

        `covered` says of an entry whether today's run could have found it: others are neither fixed nor dropped. A run that is
        not `complete` writes nothing and calls nothing fixed; with `tell` False nothing is told of what is fixed.
        """
        from obskit.lint.baseline import compared, renewed
        from obskit.store.baseline import save

        old = self.old
        if self.place and self.write and complete:
            old = renewed(findings, old, covered)
            save(self.place, old)
        result = compared(findings, old, covered)
        fixed = (self._fixed(result.fixed, self.place),) if self.place and result.fixed and complete and tell else ()
        return Held(new=result.new, known=result.known, told=fixed)

    def _fixed(self, number: int, place: Path) -> Finding:
        what = "1 finding of the baseline is" if number == 1 else f"{number} findings of the baseline are"
        hint = f"write the baseline again: obskit {self.command} --baseline {place} --write-baseline"
        return Finding(id="baseline", severity="info", message=f"{what} fixed", origin=Origin(place.as_posix()), hint=hint)
