"""What a check, a validation or a loading module has to say about a declaration."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from obskit.origin import Origin

Severity = Literal["error", "warning", "info"]

MEANINGS: Mapping[Severity, str] = MappingProxyType(
    {"error": "it cannot work", "warning": "it works and will hurt", "info": "it could be better"}
)
"""What each severity says of a declaration, the gravest first."""

SEVERITIES: tuple[Severity, ...] = tuple(MEANINGS)

FEW = 3
"""Up to so many findings that belong together are shown one by one."""

_LINE = re.compile(r"(?<=\.py):\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found. `query` with `span` (start, end; character offsets into `query`) lets it be shown with a caret.

    `together` is a key and words ("and {} more in this file", where the number goes to `{}`): of more than a few findings of
    one check, severity and `together`, people are shown the first, and with those words how many others there are.
    """

    id: str
    severity: Severity
    message: str
    origin: Origin | None = None
    hint: str = ""
    query: str = ""
    span: tuple[int, int] | None = None
    together: tuple[str, str] | None = None

    def sort_key(self) -> tuple[str, int, int, str]:
        """Findings are shown by place, then severity, then check; then as they were found, which is as declared."""
        path, line = (self.origin.path, self.origin.line) if self.origin else ("", 0)
        return (path, line, SEVERITIES.index(self.severity), self.id)

    def identity(self) -> tuple[str, str, str, str]:
        """Check, path, part of the declaration, message: what stays the same when the lines of the file move."""
        path, where = (self.origin.path, self.origin.where) if self.origin else ("", "")
        return self.id, path, where, _LINE.sub("", self.message)


def ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    """The findings without repeats, in the order they are shown."""
    return tuple(sorted(dict.fromkeys(findings), key=Finding.sort_key))


def at_least(severity: Severity, bar: Severity) -> bool:
    """Whether `severity` is as grave as `bar`."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(bar)
