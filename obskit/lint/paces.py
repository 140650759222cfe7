"""Alerts that compare so many a second with a number that reads like a share."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.catalog.algebra import COUNTS
from obskit.lint.thresholds import Limit, limit
from obskit.semantics import Binary

_PACES = ("rate", "increase")


def paces(analysed: Analysed) -> Iterator[tuple[Asked, Limit]]:
    """Alerts on a rate or increase of a count above a number between 0 and 1, when they compare nothing else with a number.

    Beside another comparison, of a ratio for example, such a number says how much traffic there must be.
    """
    for asked in analysed.alerts:
        assert asked.rule is not None
        compared = [found for binary in asked.meaning.binaries if (found := _asking(binary))] if asked.meaning is not None else []
        if compared and all(_is_pace(found) for found in compared):
            yield asked, compared[0]


def _asking(binary: Binary) -> Limit | None:
    found = limit(binary)
    return found if found is not None and found.number != 0 else None


def _is_pace(found: Limit) -> bool:
    value = found.node.value
    counted = value.unit is not None and value.unit.unit in COUNTS and value.type in _PACES
    return counted and 0 < found.number < 1 and found.operator in (">", ">=")
