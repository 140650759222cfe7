"""Gauges that hold a moment as seconds since 1970: good for the time since then, and for nothing else."""

from __future__ import annotations

import math
import re

from obskit.exposition import Family

_SAID = re.compile(r"unix.?time|\bepoch\b|since 1970|timestamp", re.IGNORECASE)
_NAMED = re.compile(r"(?:^|_)(?:timestamp|time|created|since|expiry|expiration)(?:_seconds)?$")
_EARLIEST, _LATEST = 1e9, 1e10
"""2001, and a year that no clock shows: as a length of time, over thirty years."""


def is_moment(family: Family) -> bool:
    """Whether the gauge's values, and its name or its help, are those of a moment; 0 is one that has not come yet."""
    values = [sample.value for sample in family.samples if not math.isnan(sample.value) and sample.value != 0]
    there = all(_EARLIEST <= value < _LATEST for value in values)
    told = _SAID.search(family.help) is not None or _NAMED.search(family.name) is not None
    return family.type in ("gauge", "untyped") and there and told and (bool(values) or _SAID.search(family.help) is not None)
