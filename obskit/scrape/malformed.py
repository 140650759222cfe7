"""What is wrong with a metrics text, as findings."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.exposition import Exposition
from obskit.finding import Finding
from obskit.origin import Origin

ID = "exposition"


def malformed(exposition: Exposition, source: str) -> Iterator[Finding]:
    """The faults of a text that is called `source`."""
    for fault in exposition.faults:
        yield Finding(
            id=ID,
            severity=fault.severity,
            message=fault.message,
            origin=Origin(source, fault.line),
            hint=fault.hint,
            query=fault.text,
            span=fault.span,
        )
