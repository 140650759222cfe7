"""The words of a PromQL text, before or after Grafana's variables are filled in.

Lexical forms: the PromQL lexer of Prometheus 3.x; variable forms `$name ${name} ${name:format} ${name.field} [[name]]`
of Grafana's template service. Nothing here judges a query: any text has tokens.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from itertools import islice
from typing import Literal, NamedTuple

Kind = Literal[
    "identifier", "number", "duration", "string", "operator", "bracket", "separator", "comment", "variable",
    "malformed", "unterminated", "unknown",
]  # fmt: skip
"""identifier: metric names, label names, functions, keywords · separator: `,`, and `:` in a range · malformed: begins
as a number and is none · unterminated: a string that never ends · unknown: a character that no PromQL has."""

GROUPING = frozenset({"by", "without", "on", "ignoring", "group_left", "group_right"})
"""Keywords that a list of labels may follow."""

SET_OPERATORS = frozenset({"and", "or", "unless"})
WORD_OPERATORS = SET_OPERATORS | {"atan2"}
COMPARISONS = frozenset({"==", "!=", "<", ">", "<=", ">="})
ARITHMETIC = frozenset({"+", "-", "*", "/", "%", "^"})
MATCH_OPERATORS = frozenset({"=", "!=", "=~", "!~"})
TRIMS = frozenset({"</", ">/"})

AGGREGATIONS = frozenset(
    ("sum", "avg", "count", "min", "max", "group", "stddev", "stdvar", "topk", "bottomk", "count_values", "quantile")
) | {"limitk", "limit_ratio"}

CLOSING = {"(": ")", "[": "]", "{": "}"}


class Token(NamedTuple):
    """One word: its kind, its text, and where it stands (`text[start:end]`, offsets in characters).

    A named tuple and no dataclass: a query has dozens, and making one costs a third.
    """

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        return (self.start, self.end)

    def word(self) -> str:
        """The keyword this identifier spells, in lower case; empty for any other kind."""
        return self.text.lower() if self.kind == "identifier" else ""


_VARIABLE = re.compile(r"\$(?P<plain>\w+)|\$\{(?P<braced>\w+)[^}\n]{0,402}\}|\[\[(?P<square>\w+)[^\]\n]{0,402}\]\]", re.ASCII)
_DIGITS = r"[0-9](?:_?[0-9])*+"
_FORMS = rf"""
    (?! [ \t\r\n] )  # white space is passed over at once, and not after every form was tried on it
    (?:
    (?P<identifier> %s )
  | (?P<variable> \$\w+ | \$\{{\w+(?:\.[^:}}\n]{{1,200}})?(?::[^}}\n]{{1,200}})?\}} | \[\[\w+(?:\.[^:\]\n]{{1,200}})?(?::\w+)?\]\] )
  | (?P<bracket> [()\[\]{{}}] )
  | (?P<operator> == | != | =~ | !~ | <= | >= | </ | >/ | [-+*/%%^=<>@] )
  | (?P<separator> %s )
  | (?P<string> "(?:[^"\\\n]|\\[^\n])*+" | '(?:[^'\\\n]|\\[^\n])*+' | `[^`]*+` )
  | (?P<unterminated> "(?:[^"\\\n]|\\[^\n])*+ | '(?:[^'\\\n]|\\[^\n])*+ | `[^`]*+ )
  | (?P<duration> (?:[0-9]++(?:ms|[ywdhms]))++ (?![\w.]) )
  | (?P<number> (?: 0[xX](?:_?[0-9a-fA-F])++ | (?:{_DIGITS}(?:\.(?:{_DIGITS})?+)?+ | \.{_DIGITS})(?:[eE][-+]?{_DIGITS})?+ ) (?![\w.]) )
  | (?P<malformed> \.?[0-9][\w.]*+ )
  | (?P<comment> \#[^\n]*+ )
  | (?P<unknown> . )
    )
"""
_FLAGS = re.VERBOSE | re.ASCII


@cache
def _outside() -> re.Pattern[str]:
    """The forms of all but subqueries; plain queries are parsed without, and do not pay for it."""
    return re.compile(_FORMS % (r"[a-zA-Z_:][a-zA-Z0-9_:]*+", ","), _FLAGS)


@cache
def _in_range() -> re.Pattern[str]:
    """The forms between square brackets, where `:` is no letter; only subqueries tell the difference."""
    return re.compile(_FORMS % (r"[a-zA-Z_][a-zA-Z0-9_]*+", "[,:]"), _FLAGS)


def tokenize(text: str, most: int = sys.maxsize) -> tuple[Token, ...]:
    """The first `most` tokens of `text`, in order; only white space lies between them. Never raises, takes linear time."""
    folded = text.lower()
    if "inf" in folded or "nan" in folded or (":" in text and "[" in text):
        return _by_place(text, most)
    make, found = tuple.__new__, islice(_outside().finditer(text), most)
    return tuple([make(Token, (match.lastgroup, match[0], match.start(), match.end())) for match in found])


def _by_place(text: str, most: int) -> tuple[Token, ...]:
    """The tokens of a text with a word that is another thing in another place: `Inf` in braces, `:` in a range."""
    tokens: list[Token] = []
    make, forms = tuple.__new__, _outside()
    found = forms.finditer(text)
    ranged = braces = False
    while len(tokens) < most and (match := next(found, None)) is not None:
        kind: Kind = match.lastgroup  # type: ignore[assignment]  # the groups are named by Kind, and every alternative is one
        start, end = match.span()
        word = match[0]
        if kind == "identifier":
            if ranged and ":" in word:
                forms = _in_range()
                found = forms.finditer(text, start)
                continue
            if not braces and word.lower() in ("inf", "nan"):
                kind = "number"
        elif word in ("[", "]"):
            ranged = word == "["
            if not ranged and forms is not _outside():
                forms = _outside()
                found = forms.finditer(text, end)
        elif word in ("{", "}"):
            braces = word == "{"
        tokens.append(make(Token, (kind, word, start, end)))
    return tuple(tokens)


def variable_name(text: str) -> str:
    """The name in a variable token, without its format and field."""
    if text[1] not in "{[":
        return text[1:]
    found = _VARIABLE.fullmatch(text)
    return (found["plain"] or found["braced"] or found["square"]) if found else ""


def variables_inside(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Name, start and end of each variable in `text[start:end]`; names of digits alone are capture groups."""
    inside = []
    for found in _VARIABLE.finditer(text, start, end):
        name = found[found.lastindex or 0]  # every alternative has one group
        if not name.isdigit():
            inside.append((name, found.start(), found.end()))
    return inside


def closers(tokens: tuple[Token, ...]) -> dict[int, int]:
    """The index of the closing bracket for the index of each opening one that is closed."""
    pairs: dict[int, int] = {}
    waiting: list[tuple[int, str]] = []
    for index, text in [(index, token[1]) for index, token in enumerate(tokens) if token[0] == "bracket"]:
        if text in CLOSING:
            waiting.append((index, CLOSING[text]))
        elif waiting and waiting[-1][1] == text:
            pairs[waiting.pop()[0]] = index
    return pairs
