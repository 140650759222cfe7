"""Faults while they are gathered: cut to what can be shown, and no more of them than anybody reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from obskit.exposition.model import Fault
from obskit.finding import Severity

MOST = 500
"""Faults that are kept of one text."""
_WIDTH = 400


@dataclass(frozen=True, slots=True)
class Mistake:
    """A fault before its place is known: `span` are offsets into the line."""

    kind: str
    message: str
    span: tuple[int, int] | None = None
    hint: str = ""
    severity: Severity = "error"


class MalformedError(Exception):
    """A line that cannot be read; never leaves this room."""

    def __init__(self, kind: str, message: str, span: tuple[int, int], hint: str = "") -> None:
        super().__init__(message)
        self.mistake = Mistake(kind, message, span, hint)


class Notes:
    """The faults of one text; `lines` are its lines, the first has the number 1."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.left_out = 0
        self._faults: list[tuple[Fault, tuple[str, str]]] = []
        self._alike: Counter[tuple[str, str]] = Counter()

    def add(self, line: int, mistake: Mistake, about: str = "") -> None:
        """Notes a mistake in a line. Of those of one kind `about` the same thing the first is kept, and says how many there are."""
        key = (about, mistake.kind)
        if about:
            self._alike[key] += 1
        if self._alike[key] > 1:
            return
        if len(self._faults) < MOST:
            self._faults.append((_fault(line, self.lines[line - 1], mistake), key))
        else:
            self.left_out += 1

    def faults(self) -> tuple[Fault, ...]:
        """All faults, by line."""
        counted = [_counted(fault, self._alike[key]) for fault, key in self._faults]
        found = sorted(counted, key=lambda fault: fault.line)
        if self.left_out:
            message = f"{self.left_out} more things are wrong further down"
            found.append(Fault(kind="more", message=message, line=len(self.lines), hint="is it a metrics text at all?"))
        return tuple(found)


def _counted(fault: Fault, times: int) -> Fault:
    return replace(fault, message=f"{fault.message} ({times - 1} more like it)") if times > 1 else fault


def _fault(line: int, text: str, mistake: Mistake) -> Fault:
    """The fault, its line cut around the span."""
    span = mistake.span
    left = max(0, span[0] - _WIDTH // 2) if span and len(text) > _WIDTH else 0
    shown = text[left : left + _WIDTH]
    start, end = (min(max(0, at - left), len(shown)) for at in span) if span else (0, 0)
    return Fault(
        kind=mistake.kind,
        message=mistake.message,
        line=line,
        text=shown,
        span=(start, end) if span else None,
        column=span[0] + 1 if span else 0,
        hint=mistake.hint,
        severity=mistake.severity,
    )

