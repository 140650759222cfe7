"""Where the parts of a query stand, for a reader who wants to point at one; `placed` works it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from obskit.promql.parse import Parsed
    from obskit.promql.placed import Places as Places


def places(parsed: Parsed) -> Places:
    """Where the parts of a query stand; the text is read again at the first question, and once."""
    return parsed.written.places
