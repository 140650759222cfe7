"""Faults that the tokens alone tell: brackets, strings, characters, numbers, and syntax newer than the parser."""

from __future__ import annotations

import re

from obskit.duration import meant
from obskit.promql.fault import Fault, between, shown
from obskit.promql.ranges import misread
from obskit.promql.tokens import CLOSING, TRIMS, Token, closers

_DURATION = r"(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?"  # compiled, as the next, when first needed
_PART = r"(\d+)(ms|[ywdhms])"
_MILLISECONDS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000, "y": 31_536_000_000}
_LONGEST = (2**63 - 1) // 1_000_000
_SHORTEST_TOO_LONG = len("293y")
_IN_RANGE = frozenset({"number", "duration", "variable", "separator"})
_EXTENDED = "promql-extended-range-selectors"
_ARITHMETIC = "Prometheus has it since 3.14, and since 3.4 with the feature flag promql-duration-expr"
_FOREIGN = {
    "|": "PromQL has no pipe: is this a LogQL query sent to Prometheus?",
    "&": 'write "and" between vectors',
    "$": "a Grafana variable is written $name, ${name} or [[name]]",
    ";": "a query is one expression",
    "“": "use straight quotes",
    "”": "use straight quotes",
    "!": 'write "!=" or "!~", or "unless" between vectors',
    "~": 'write "=~"',
}


def broken(tokens: tuple[Token, ...], pairs: dict[int, int]) -> Fault | None:
    """The first fault in characters, strings, brackets or numbers; `tokens` without comments, `pairs` their `closers`."""
    if not tokens:
        return Fault("the query is empty", None, "write an expression, or remove the query")
    kinds = [token.kind for token in tokens]
    if "unterminated" in kinds or "unknown" in kinds:
        return _senseless(tokens)
    if len(pairs) * 2 != kinds.count("bracket"):
        return _unbalanced(tokens)
    if "malformed" in kinds or "duration" in kinds:
        return _misnumbered(tokens) or _out_of_range(tokens)
    return _out_of_range(tokens) if "number" in kinds else None


def _senseless(tokens: tuple[Token, ...]) -> Fault | None:
    for token in tokens:
        if token.kind == "unterminated":
            return Fault("a string is never closed", token.span, f"add {token.text[0]} at its end")
        if token.kind == "unknown":
            name = shown(token.text) if token.text.isprintable() and not token.text.isspace() else f"U+{ord(token.text):04X}"
            hint = _FOREIGN.get(token.text, "remove it, or put it in quotes")
            return Fault(f"the character {name} has no meaning in PromQL", token.span, hint)
    return None


def newer(tokens: tuple[Token, ...]) -> Fault | None:
    """Syntax that Prometheus has and the parser has not; worth asking only when the parser refused."""
    pairs = closers(tokens)
    square = -1
    for index, token in enumerate(tokens):
        word = token.word()
        if token.text in TRIMS:
            return beyond(f'the histogram operator "{token.text}"', token, "Prometheus has it since 3.11")
        if word in ("anchored", "smoothed"):
            return beyond(f'"{token.text}"', token, f"Prometheus has it since 3.7, with the feature flag {_EXTENDED}; as a name, always")
        if token.text == "[":
            square = pairs.get(index, index)
            slip = misread(tokens[index + 1 : square])
            if slip is not None:
                return slip
        if index < square and token.text != "[" and token.kind not in _IN_RANGE:
            return beyond("arithmetic in a duration", token, _ARITHMETIC)
        if word == "offset" and index + 1 < len(tokens) and index > 0:
            after = tokens[index + 2 if tokens[index + 1].text in ("-", "+") and index + 2 < len(tokens) else index + 1]
            if after.text == "(" or after.word() in ("step", "range", "min", "max", "min_of", "max_of"):
                return beyond("arithmetic in a duration", after, _ARITHMETIC)
    return None


def beyond(what: str, token: Token, hint: str = "Prometheus decides whether it is valid") -> Fault:
    """The fault of a part that Prometheus has and the parser has not."""
    message = f"{what} is newer than the parser, so this query is not checked"
    return Fault(message, token.span, hint, "unsupported")


def _out_of_range(tokens: tuple[Token, ...]) -> Fault | None:
    """Numbers and durations that the parser takes and Prometheus does not."""
    if not [text for kind, text, _, _ in tokens if kind in ("duration", "number") and len(text) >= _SHORTEST_TOO_LONG]:
        return None
    square = False
    for index, (kind, text, _, _) in enumerate(tokens):
        if kind == "bracket":
            square = text == "[" or (square and text != "]")
        elif kind in ("duration", "number") and len(text) >= _SHORTEST_TOO_LONG:
            token = tokens[index]
            if kind == "duration":
                if _milliseconds(text) > _LONGEST:
                    return _too_long(token)
                continue
            value = _value(text)
            back = [before.text.lower() for before in tokens[max(0, index - 2) : index]]
            sign = back[-1:] in (["-"], ["+"])
            owner = back[0] if sign and len(back) == 2 else (back[-1] if back else "")
            if value == float("inf") and token.text.lower() != "inf":
                return Fault(f"the number {shown(token.text)} is too large", token.span, 'write "Inf" for infinity')
            if (square or owner == "offset") and not value * 1000 <= _LONGEST:
                return _too_long(token)
            if owner == "@" and not value * 1000 < 2**63:
                return Fault(f"the timestamp {shown(token.text)} is out of range", token.span, "write seconds since 1970")
    return None


def _too_long(token: Token) -> Fault:
    return Fault(f"the duration {shown(token.text)} is longer than Prometheus can hold", token.span, "the longest is about 292 years")


def _unbalanced(tokens: tuple[Token, ...]) -> Fault | None:
    waiting: list[Token] = []
    for token in [token for token in tokens if token.kind == "bracket"]:
        if token.text in CLOSING:
            waiting.append(token)
        elif not waiting:
            return Fault(f'"{token.text}" closes nothing', token.span, "remove it, or add the bracket it should close")
        elif CLOSING[waiting[-1].text] != token.text:
            wanted = CLOSING[waiting[-1].text]
            return Fault(f'"{waiting[-1].text}" is closed by "{token.text}"', between(waiting[-1], token), f'add "{wanted}" before it')
        else:
            waiting.pop()
    if not waiting:
        return None
    return Fault(f'"{waiting[-1].text}" is never closed', waiting[-1].span, f'add "{CLOSING[waiting[-1].text]}"')


def _misnumbered(tokens: tuple[Token, ...]) -> Fault | None:
    units = "units are y w d h m s ms, whole numbers, largest first: 1h30m"
    for token in tokens:
        if token.kind == "malformed":
            near = meant(token.text)
            return Fault(f"{shown(token.text)} is neither a number nor a duration", token.span, f"write {near}" if near else units)
        one_unit = token.text[:-1].isdecimal()
        if token.kind == "duration" and not one_unit and not re.fullmatch(_DURATION, token.text, re.ASCII):
            return Fault(f"the duration {shown(token.text)} is not in order", token.span, units)
    return None


def _milliseconds(text: str) -> int:
    parts = re.findall(_PART, text, re.ASCII)
    return sum(int(count[:20]) * _MILLISECONDS[unit] if len(count) <= 20 else 2**63 for count, unit in parts)


def worth(token: Token) -> float:
    """The value of a number; of a duration, its seconds."""
    return _milliseconds(token.text) / 1000 if token.kind == "duration" else _value(token.text)


def _value(text: str) -> float:
    plain = text.replace("_", "").lower()
    if plain.startswith("0x"):
        return float(int(plain, 16)) if len(plain) <= 18 else float("inf")
    return float(plain)
