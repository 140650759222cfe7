"""Findings that belong together, shown to people as one; programs and the baseline are given every one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from obskit.finding import FEW, Finding

_Key = tuple[str, str, tuple[str, str]]


def folded(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings; of more than a few that belong together the first, saying how many others there are."""
    counts = Counter(key for finding in findings if (key := _key(finding)) is not None)
    shown: set[_Key] = set()
    for finding in findings:
        key = _key(finding)
        if key is None or counts[key] <= FEW:
            yield finding
        elif key not in shown:
            shown.add(key)
            others = key[2][1].replace("{}", str(counts[key] - 1), 1)
            yield replace(finding, message=f"{finding.message} ({others})")


def _key(finding: Finding) -> _Key | None:
    return (finding.id, finding.severity, finding.together) if finding.together is not None else None
