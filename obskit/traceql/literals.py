"""What strings, names, numbers and durations mean: their text to their value, or what is wrong with it."""

from __future__ import annotations

import re
from typing import Literal

MOST = 2**63 - 1
NANOSECONDS = {
    "y": 31_536_000_000_000_000, "w": 604_800_000_000_000, "d": 86_400_000_000_000, "h": 3_600_000_000_000, "m": 60_000_000_000,
    "s": 1_000_000_000, "ms": 1_000_000, "us": 1_000, "µs": 1_000, "μs": 1_000, "ns": 1,
}  # fmt: skip

_INTEGER = re.compile(r"[0-9]+")
_OCTAL = re.compile(r"0[0-7]*+[89][0-9]*+")
_DECIMAL = r"(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)"
_FLOAT = re.compile(rf"{_DECIMAL}(?:[eE][+-]?[0-9]++)?+")
_PROMETHEUS = re.compile("".join(rf"(?:[0-9]++{unit})?" for unit in ("y", "w", "d", "h", "m", "s", "ms")))
_GO = re.compile(rf"(?:{_DECIMAL}(?:ns|us|µs|μs|ms|s|m|h))++")
_PIECE = re.compile(r"([0-9]*+)\.?+([0-9]*+)([a-zµμ]+)")

_ESCAPE = re.compile(r"\\(?:([abfnrtv\\\"])|x([0-9a-fA-F]{2})|([0-3][0-7]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))|[^\\]+")
_SIMPLE = {"a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "\\": 92, '"': 34}

NumberType = Literal["int", "float", "duration"]


def string(text: str) -> tuple[str, str]:
    """The value of a string token and an empty fault, or the escape that is none. Bytes outside UTF-8 become lone surrogates."""
    if text[0] == "`":
        return text[1:-1].replace("\r", ""), ""
    inner = text[1:-1]
    if "\\" not in inner:
        return inner, ""
    out = bytearray()
    for found in _ESCAPE.finditer(inner):
        simple, hexadecimal, octal, short, long, other = found.groups()
        if other is not None:
            return "", found[0]
        if simple is not None:
            out.append(_SIMPLE[simple])
        elif hexadecimal is not None:
            out.append(int(hexadecimal, 16))
        elif octal is not None:
            out.append(int(octal, 8))
        elif short is not None or long is not None:
            point = int(short or long, 16)
            if point > 0x10FFFF or 0xD800 <= point <= 0xDFFF:
                return "", found[0]
            out += chr(point).encode()
        else:
            out += found[0].encode("utf-8", "surrogatepass")
    return out.decode("utf-8", "surrogateescape"), ""


_NAME_PART = re.compile(r'"((?:[^"\\]|\\[\s\S])*+)"')
_NAME_ESCAPE = re.compile(r"\\([\s\S])")


def name(text: str) -> tuple[str, str]:
    """An attribute name without its quotes and an empty fault, or the escape that names do not have."""
    for quoted in _NAME_PART.findall(text):
        for escaped in _NAME_ESCAPE.findall(quoted):
            if escaped not in '"\\':
                return "", f"\\{escaped}"
    return _NAME_PART.sub(lambda found: _NAME_ESCAPE.sub(r"\1", found[1]), text), ""


def number(text: str) -> tuple[NumberType, int | float] | str:
    """Type and value of a number token, durations in nanoseconds; or what is wrong, as a phrase after the text."""
    if _INTEGER.fullmatch(text):
        if text[0] == "0" and _OCTAL.fullmatch(text):
            return "has an 8 or a 9 after a leading zero"
        digits = text.lstrip("0") or "0"
        whole = int(digits) if len(digits) < 20 else MOST + 1
        return ("int", whole) if whole <= MOST else "does not fit into 64 bits"
    if _FLOAT.fullmatch(text):
        value = float(text)
        return ("float", value) if value != float("inf") else "is too large for a float"
    if _PROMETHEUS.fullmatch(text) or _GO.fullmatch(text):
        length = _nanoseconds(text)
        return ("duration", length) if length <= MOST else "is longer than 292 years"
    return "is neither a number nor a duration"


def _nanoseconds(text: str) -> int:
    total = 0
    for whole, fraction, unit in _PIECE.findall(text):
        size = NANOSECONDS[unit]
        digits = whole.lstrip("0")
        if len(digits) > 19:
            return MOST + 1
        total += int(digits or "0") * size
        if fraction:
            kept = fraction[:18]
            total += int(kept) * size // 10 ** len(kept)
    return total
