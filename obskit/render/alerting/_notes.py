"""What Grafana cannot take of rules, or has no word for: told once, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from obskit.finding import Finding, Severity
from obskit.origin import Origin

ID = "delivery"


@dataclass(frozen=True, slots=True)
class Notes:
    """Collects findings while rules are made."""

    found: list[Finding] = field(default_factory=list)

    def say(self, severity: Severity, message: str, origin: Origin | None, hint: str = "", together: str = "") -> None:
        """One finding; those with the same words in `together` are shown as one with a count."""
        more = (together, "and {} more") if together else None
        self.found.append(Finding(id=ID, severity=severity, message=message, origin=origin, hint=hint, together=more))

    def say_once(self, message: str, origin: Origin | None, hint: str) -> None:
        """What is to be known of all rules of a kind, at the first."""
        if all(finding.message != message for finding in self.found):
            self.say("info", message, origin, hint)
