"""The words of a PromQL text, before or after Grafana's variables are filled in.

Lexical forms: the PromQL lexer of Prometheus 3.x; variable forms `$name ${name} ${name:format} ${name.field} [[name]]`
of Grafana's template service. Nothing here judges a query: any text has tokens.
"""

from __future__ import annotations

import re
import sys
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


_DIGITS = r"[0-9](?:_?[0-9])*+"
_FORMS = rf"""
    (?P<identifier> %s )
  | (?P<variable> \$\w+ | \$\{{\w+(?:\.[^:}}\n]{{1,200}})?(?::[^}}\n]{{1,200}})?\}} | \[\[\w+(?:\.[^:\]\n]{{1,200}})?(?::\w+)?\]\] )
  | (?P<bracket> [()\[\]{{}}] )
  | (?P<separator> %s )
  | (?P<string> "(?:[^"\\\n]|\\[^\n])*+" | '(?:[^'\\\n]|\\[^\n])*+' | `[^`]*+` )
  | (?P<unterminated> "(?:[^"\\\n]|\\[^\n])*+ | '(?:[^'\\\n]|\\[^\n])*+ | `[^`]*+ )
  | (?P<duration> (?:[0-9]++(?:ms|[ywdhms]))++ (?![\w.]) )
  | (?P<number> (?: 0[xX](?:_?[0-9a-fA-F])++ | (?:{_DIGITS}(?:\.(?:{_DIGITS})?+)?+ | \.{_DIGITS})(?:[eE][-+]?{_DIGITS})?+ ) (?![\w.]) )
  | (?P<malformed> \.?[0-9][\w.]*+ )
  | (?P<operator> == | != | =~ | !~ | <= | >= | </ | >/ | [-+*/%%^=<>@] )
  | (?P<comment> \#[^\n]*+ )
  | (?P<unknown> . )
"""
_SPACE = r"[ \t\r\n]*+ (?: "
_FLAGS = re.VERBOSE | re.ASCII | re.DOTALL
_OUTSIDE = re.compile(_SPACE + _FORMS % (r"[a-zA-Z_:][a-zA-Z0-9_:]*+", ",") + ")", _FLAGS)
_IN_RANGE = re.compile(_SPACE + _FORMS % (r"[a-zA-Z_][a-zA-Z0-9_]*+", "[,:]") + ")", _FLAGS)
_KINDS: tuple[Kind, ...] = ("unknown", *_OUTSIDE.groupindex)  # type: ignore[arg-type]  # the groups are named by Kind
_VARIABLE = re.compile(r"\$(?P<plain>\w+)|\$\{(?P<braced>\w+)[^}\n]{0,402}\}|\[\[(?P<square>\w+)[^\]\n]{0,402}\]\]", re.ASCII)


def tokenize(text: str, most: int = sys.maxsize) -> tuple[Token, ...]:
    """The first `most` tokens of `text`, in order; only white space lies between them. Never raises, takes linear time."""
    tokens: list[Token] = []
    match, position, braces, make = _OUTSIDE.match, 0, False, tuple.__new__
    while (found := match(text, position)) is not None:
        number: int = found.lastindex  # type: ignore[assignment]  # every alternative is a group
        kind = _KINDS[number]
        start, position = found.span(number)
        word = text[start:position]
        if kind == "bracket":
            if word in "[]":
                match = _IN_RANGE.match if word == "[" else _OUTSIDE.match
            elif word in "{}":
                braces = word == "{"
        elif kind == "identifier" and not braces and len(word) == 3 and word.lower() in ("inf", "nan"):
            kind = "number"
        tokens.append(make(Token, (kind, word, start, position)))
        if len(tokens) >= most:
            break
    return tuple(tokens)


def variable_name(text: str) -> str:
    """The name in a variable token, without its format and field."""
    found = _VARIABLE.fullmatch(text)
    return (found["plain"] or found["braced"] or found["square"]) if found else ""


def variables_inside(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Name, start and end of each variable in `text[start:end]`; names of digits alone are capture groups."""
    inside = []
    for found in _VARIABLE.finditer(text, start, end):
        name = found["plain"] or found["braced"] or found["square"]
        if not name.isdigit():
            inside.append((name, found.start(), found.end()))
    return inside


def closers(tokens: tuple[Token, ...]) -> dict[int, int]:
    """The index of the closing bracket for the index of each opening one that is closed."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind != "bracket":
            continue
        if token.text in CLOSING:
            waiting.append(index)
        elif waiting and CLOSING[tokens[waiting[-1]].text] == token.text:
            pairs[waiting.pop()] = index
    return pairs
