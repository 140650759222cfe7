"""Durations as Prometheus writes them: `90s`, `1h30m`, `1d`.

Format: units y w d h m s ms, each at most once and in that order, whole numbers, `0` alone allowed
(Prometheus `model.ParseDuration`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering

from obskit.errors import DeclarationError

_MILLISECONDS = {"y": 31_536_000_000, "w": 604_800_000, "d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1_000, "ms": 1}
_TEXT = re.compile("".join(rf"(?:(?P<{unit}>[0-9]+){unit})?" for unit in _MILLISECONDS))
_NAMES = {
    "ms": "milliseconds msecs millis", "s": "seconds secs", "m": "minutes mins", "h": "hours hrs", "d": "days", "w": "weeks", "y": "years",
}  # fmt: skip
_UNITS = {
    **{word: unit for unit, words in _NAMES.items() for plural in words.split() for word in (plural, plural.removesuffix("s"))},
    **{unit: unit for unit in _MILLISECONDS},
}
"""Units by the words that people write for them."""
_LONGEST = (2**63 - 1) // 1_000_000


@total_ordering
@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in whole milliseconds. `str()` gives the shortest text Prometheus reads as the same length."""

    milliseconds: int

    @classmethod
    def parse(cls, text: str, what: str = "duration") -> Duration:
        """The duration that `text` says. Raises DeclarationError naming `what` when it is none."""
        match = _TEXT.fullmatch(text) if isinstance(text, str) and text != "" else None
        if text == "0":
            return cls(0)
        if match is None:
            near = meant(text) if isinstance(text, str) else ""
            hint = f'write "{near}"' if near else 'write whole numbers with units y w d h m s ms, largest first: "90s", "1h30m", "1d"'
            raise DeclarationError(f'{what} {_quoted(text)} is not a duration', hint=hint)
        total = sum(int(match[unit] or 0) * size for unit, size in _MILLISECONDS.items())
        if total > _LONGEST:
            raise DeclarationError(f"{what} {_quoted(text)} is longer than Prometheus can hold", hint="the longest is about 292 years")
        return cls(total)

    @property
    def seconds(self) -> float:
        return self.milliseconds / 1000

    def __str__(self) -> str:
        if self.milliseconds == 0:
            return "0s"
        rest, parts = self.milliseconds, []
        for unit, size in _MILLISECONDS.items():
            if unit in ("y", "w") and rest % size:
                continue
            count, rest = divmod(rest, size)
            if count:
                parts.append(f"{count}{unit}")
        return "".join(parts)

    def __lt__(self, other: Duration) -> bool:
        return self.milliseconds < other.milliseconds


def meant(text: str) -> str:
    """The duration that a text which is none seems to mean: `5 m`, `m5`, `5min`, `5 minutes` are `5m`; empty where it is not clear."""
    turned = re.fullmatch(r"\s*([a-zA-Z]+)\s*([0-9]+)\s*", text)
    said = turned[2] + turned[1] if turned else text
    if not re.fullmatch(r"(?:\s*[0-9]+\s*[a-zA-Z]+)+\s*", said):
        return ""
    parts = re.findall(r"([0-9]+)\s*([a-zA-Z]+)", said)
    found = "".join(number + _UNITS.get(unit.lower(), "?") for number, unit in parts)
    return found if _TEXT.fullmatch(found) else ""


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else f"{value!r} ({type(value).__name__})"
