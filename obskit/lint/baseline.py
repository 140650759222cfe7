"""Findings that are known: which of today's a baseline has, which of the baseline's are gone, and what to write down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from obskit.finding import Finding
from obskit.lint.others import ALWAYS

Identity = tuple[str, str, str, str]
"""See `Finding.identity`: no line numbers, so that code which moves stays known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """`new` findings, how many are `known`, and how many of the baseline no longer occur (`fixed`)."""

    new: tuple[Finding, ...]
    known: int
    fixed: int


def compared(findings: Iterable[Finding], baseline: Mapping[Identity, int], covered: Callable[[Identity], bool]) -> Compared:
    """Today's findings against a baseline, which counts those that are alike. Only entries that today's run `covered` can be fixed.

    Of findings that are alike, the first ones are known.
    """
    left = Counter(dict(baseline))
    new: list[Finding] = []
    known = 0
    for finding in findings:
        identity = finding.identity()
        if left[identity] > 0 and finding.id not in ALWAYS:
            left[identity] -= 1
            known += 1
        else:
            new.append(finding)
    fixed = sum(count for identity, count in left.items() if count > 0 and covered(identity))
    return Compared(new=tuple(new), known=known, fixed=fixed)


def renewed(findings: Iterable[Finding], baseline: Mapping[Identity, int], covered: Callable[[Identity], bool]) -> dict[Identity, int]:
    """The baseline to write: today's findings, and what the old one has that today's run did not cover. Modules that do not load
    are never in it."""
    kept = {identity: count for identity, count in baseline.items() if not covered(identity)}
    return kept | dict(Counter(finding.identity() for finding in findings if finding.id not in ALWAYS))
