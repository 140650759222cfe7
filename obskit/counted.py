"""How many of a thing there are, in words."""

from __future__ import annotations

import re

_MASS = frozenset({"info"})
"""Words without a plural."""


def counted(number: int, thing: str) -> str:
    """A number with its thing, in the plural unless it is one: 1 file, 2 queries, 0 info."""
    return f"{number} {thing if number == 1 or thing in _MASS else _plural(thing)}"


def _plural(thing: str) -> str:
    return thing[:-1] + "ies" if re.search("[^aeiou]y$", thing) else thing + "s"
