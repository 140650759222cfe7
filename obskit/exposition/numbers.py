"""Numbers as both formats write them, which is narrower than what Python reads.

Forms: decimal and exponent forms, `NaN` without a sign, `Inf` and `Infinity` with or without one, in any case. Beyond the
range of float64 is no number. No hexadecimal, no `_`, ASCII digits only.
"""

from __future__ import annotations

import math
import re

_DECIMAL = re.compile(r"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?")
_SPECIAL = re.compile(r"nan|[+-]?inf(?:inity)?", re.IGNORECASE)
_WHOLE = re.compile(r"[+-]?[0-9]{1,19}")
_LONGEST = 400
_INT64 = 2**63


def number(text: str) -> float | None:
    """The number that `text` is, None where it is none."""
    if len(text) > _LONGEST:
        return None
    if _DECIMAL.fullmatch(text):
        value = float(text)
        return value if math.isfinite(value) else None
    return float(text) if _SPECIAL.fullmatch(text) else None


def milliseconds(text: str) -> float | None:
    """The seconds that a timestamp of the text format says: whole milliseconds, 64 bits."""
    if not _WHOLE.fullmatch(text):
        return None
    value = int(text)
    return value / 1000 if -_INT64 <= value < _INT64 else None


def seconds(text: str) -> float | None:
    """The seconds that a timestamp of OpenMetrics says: any finite number."""
    value = number(text)
    return value if value is not None and math.isfinite(value) else None
