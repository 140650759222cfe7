"""What keeps a text away from the parser: it recurses natively, so depth ends the process, and size its patience.

Measured with promql-parser 0.12.0: 10 000 nested calls end the process with a fault nothing can catch, and the cost of a
chain of operators grows with the square of its length; its memory does too, some 10 bytes for an operator and a character:
each node of the tree keeps the text it spans.
"""

from __future__ import annotations

import re

from obskit.promql.fault import Fault
from obskit.promql.tokens import ARITHMETIC, CLOSING, COMPARISONS, TRIMS, WORD_OPERATORS, Token
from obskit.promql.variables import LONGEST

DEEPEST = 200
"""The most brackets and signs inside each other."""
MOST_OPERATORS = 1_000
MOST_TOKENS = 20_000
_MOST_WORK = 1_000_000
_MOST_SPANNED = 10_000_000  # operators x characters, some 100 MB; the short way stays below by its length alone
_MOST_REGEXES = 2_000
_MOST_LARGE_REGEXES = 20
_LARGE = 60
_FEW = 40  # tokens too few to reach any of these bounds
_SOME = DEEPEST  # tokens too few to reach any but those of regexes and of size

_BINARY = COMPARISONS | ARITHMETIC | TRIMS
_SPLIT = "split it with recording rules"
_REPEAT = r"\{(\d{1,9})(?:,(\d{0,9}))?\}"


def too_long(text: str) -> Fault | None:
    """The fault of a text that is not looked at, for its length."""
    if len(text) <= LONGEST:
        return None
    return Fault(f"the query has {len(text)} characters, more than the {LONGEST} that are looked at", None, _SPLIT, "unsupported")


def too_many(tokens: tuple[Token, ...]) -> Fault | None:
    """The fault of a query of too many words."""
    if len(tokens) <= MOST_TOKENS:
        return None
    return Fault(f"the query has more than the {MOST_TOKENS} words and signs that are looked at", None, _SPLIT, "unsupported")


def refused(tokens: tuple[Token, ...]) -> Fault | None:
    """The fault of a query that the parser must not see; `tokens` without comments."""
    if len(tokens) <= _FEW:
        return None
    size = tokens[-1].span[1] - tokens[0].span[0]
    is_small = len(tokens) * size <= _MOST_SPANNED
    if len(tokens) <= _SOME and is_small and [token.kind for token in tokens].count("string") <= _MOST_LARGE_REGEXES:
        return None
    depth = deepest = signs = operators = 0
    regexes: list[str] = []
    before = ""
    for token in tokens:
        text = token.text
        if token.kind == "bracket":
            depth = depth + 1 if text in CLOSING else max(depth - 1, 0)
            signs = signs if text in CLOSING else 0
            deepest = max(deepest, depth + signs)
        elif text in _BINARY or (token.kind == "identifier" and text.lower() in WORD_OPERATORS):
            operators += 1
            signs = signs + 1 if text in ("-", "+", "^") else 0
            deepest = max(deepest, depth + signs)
        elif token.kind == "string":
            if before in ("=~", "!~"):
                regexes.append(text)
        elif signs and before != "^":
            signs = 0
        before = text
    if deepest > DEEPEST:
        return Fault(f"the query nests more than {DEEPEST} levels deep", None, _SPLIT, "unsupported")
    if operators > MOST_OPERATORS:
        return Fault(f"the query has {operators} operators, more than the {MOST_OPERATORS} that are looked at", None, _SPLIT, "unsupported")
    if len(tokens) * deepest > _MOST_WORK or operators * deepest > _MOST_WORK // 20:
        return Fault("the query is too long and too deep to be looked at", None, _SPLIT, "unsupported")
    if operators * size > _MOST_SPANNED:
        message = f"the query has {operators} operators over {size} characters, more than are looked at"
        return Fault(message, None, _SPLIT, "unsupported")
    if len(regexes) > _MOST_REGEXES or (len(regexes) > _MOST_LARGE_REGEXES and sum(map(_large, regexes)) > _MOST_LARGE_REGEXES):
        return Fault("the query has more large regexes than are looked at", None, "match fewer, simpler patterns", "unsupported")
    return None


def _large(regex: str) -> bool:
    """Whether repetition counts make this regex costly to compile."""
    size = 1
    for low, high in re.findall(_REPEAT, regex):
        size *= max(int(high or low), 1)
        if size > _LARGE:
            return True
    return False
