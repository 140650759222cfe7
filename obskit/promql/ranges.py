"""What stands between square brackets and is neither a duration nor arithmetic with durations."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from obskit.duration import meant
from obskit.promql.fault import Fault, between, shown
from obskit.promql.tokens import ARITHMETIC, Token

_AMOUNTS = frozenset({"number", "duration", "variable"})
_FUNCTIONS = frozenset({"step", "range", "min", "max", "min_of", "max_of"})
"""Those that duration expressions have (Prometheus 3.4 to 3.14)."""
_UNITS = "a duration is whole numbers with units y w d h m s ms, largest first: 1h30m"


def misread(inside: tuple[Token, ...]) -> Fault | None:
    """The first part of a range (range, step of a subquery) that no Prometheus reads, whatever its version."""
    for part in _parts(inside):
        if not _is_expression(part):
            text = part[0].text + "".join(" " * (word.start > before.end) + word.text for before, word in pairwise(part))
            text = text.strip("\"'`")
            near = meant(text)
            return Fault(f"{shown(text)} is not a duration", between(part[0], part[-1]), f"write {near}" if near else _UNITS)
    return None


def _parts(inside: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    at = next((index for index, token in enumerate(inside) if token.text == ":"), len(inside))
    yield from (part for part in (inside[:at], inside[at + 1 :]) if part)


def _is_expression(part: tuple[Token, ...]) -> bool:
    """Whether operands and operators alternate, each operand an amount, parentheses or a call of a function that is there."""
    wanted, depth = True, 0
    for index, token in enumerate(part):
        if token.text == "(":
            called = index > 0 and part[index - 1].word() in _FUNCTIONS
            if not (wanted or called):
                return False
            depth, wanted = depth + 1, True
        elif token.text == ")":
            if wanted and part[index - 1].text != "(":
                return False
            depth, wanted = depth - 1, False
        elif token.text == ",":
            if wanted or not depth:
                return False
            wanted = True
        elif token.text in ARITHMETIC:
            if wanted and token.text not in ("+", "-"):
                return False
            wanted = True
        elif not wanted or not (token.kind in _AMOUNTS or _is_called(part, index)):
            return False
        else:
            wanted = False
    return not wanted


def _is_called(part: tuple[Token, ...], index: int) -> bool:
    return part[index].word() in _FUNCTIONS and index + 1 < len(part) and part[index + 1].text == "("
