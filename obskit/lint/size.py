"""How large a query may be before nobody can be meant to read it."""

from __future__ import annotations

LARGEST = 64 * 1024
"""Bytes of UTF-8."""


def too_large(text: str) -> int:
    """The size of `text` in bytes if it is above the largest, else 0."""
    if len(text) * 4 <= LARGEST:
        return 0
    size = len(text.encode("utf-8", "surrogatepass"))
    return size if size > LARGEST else 0
