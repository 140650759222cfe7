"""Durations as a rule's JSON holds them."""

from __future__ import annotations

from obskit.duration import Duration
from obskit.errors import DeclarationError


def milliseconds(text: object) -> int | None:
    """The length, 0 where there is none, None where it is no duration."""
    if text in (None, ""):
        return 0
    try:
        return Duration.parse(text).milliseconds if isinstance(text, str) else None
    except DeclarationError:
        return None
