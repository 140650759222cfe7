"""A written exception to a check: which check, why, and until when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Annotated

from obskit.errors import DeclarationError
from obskit.origin import Origin, here
from obskit.shape import shaped


@dataclass(frozen=True, slots=True)
class Waive:
    """Silences the check `check` on the declaration that carries it.

    `reason` is required. `until` (`YYYY-MM-DD`) is the last day it holds; none means for good.
    Raises DeclarationError on an empty reason or a date that is none.
    """

    check: str
    reason: str
    until: str | None = None
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        shaped(self, "waiver")
        if not self.check or not self.reason.strip():
            raise DeclarationError("a waiver names a check and says why", hint='Waive("metric-name", "documented name")')
        if self.until is not None:
            self.ends()

    def ends(self) -> datetime.date | None:
        """The last day the waiver holds, or None."""
        if self.until is None:
            return None
        try:
            return datetime.date.fromisoformat(self.until)
        except (TypeError, ValueError) as error:
            raise DeclarationError(f'waiver of "{self.check}": "{self.until}" is not a date', hint="write YYYY-MM-DD") from error


Waivers = Annotated[tuple[Waive, ...], '(Waive("check", "why it does not apply"),)']
"""What a declaration carries, and how it is written."""
