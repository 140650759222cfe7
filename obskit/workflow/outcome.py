"""What came of a command, for whoever shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from obskit.change import Change
from obskit.finding import Finding, Severity, at_least
from obskit.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`findings` and `changes` of a build; `written` says whether the changes were applied.

    `failed` is True when a finding is at or above the failing severity, or a check found a difference. `strangers` are
    files in a format's folder that are not the format's. `modules` is how many modules were read; `exceptions` are those
    behind findings, for whoever wants them in full. `about` is what a command that builds nothing looked at ("3 files, 41
    queries"), and `known` how many findings it kept back because the baseline has them. `call` is the command that writes the
    changes: `build`, or `build --env prod`. `settings` are the project's, where
    there is one; `others` its files outside the source folders that modules imported, each with its digest when it was read.

    A round of a watch also has `causes`, the files that it is because of, `mended` when the round before failed and this one
    did not, and how many `seconds` it took.
    """

    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()
    strangers: tuple[str, ...] = ()
    modules: int = 0
    written: bool = False
    failed: bool = False
    out: str = "build"
    call: str = "build"
    about: str = ""
    known: int = 0
    others: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    causes: tuple[str, ...] = ()
    mended: bool = False
    seconds: float | None = field(default=None, compare=False)
    settings: Settings | None = field(default=None, compare=False, repr=False)
    exceptions: tuple[BaseException, ...] = field(default=(), compare=False)

    @property
    def exit_code(self) -> int:
        return 1 if self.failed else 0

    @property
    def differing(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind != "same")


def fails(findings: Sequence[Finding], bar: Severity) -> bool:
    """Whether any finding is at or above the failing severity."""
    return any(at_least(finding.severity, bar) for finding in findings)
