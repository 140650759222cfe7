"""The clock by which people are told how long something took."""

from __future__ import annotations

import time


def seconds() -> float:
    """Seconds since a moment that means nothing."""
    return time.monotonic()
