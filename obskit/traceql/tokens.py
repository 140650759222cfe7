"""The words of a TraceQL text; any text has them, and the parser judges.

White space is what Go's scanner skips; an attribute name runs on to the first Unicode space or operator.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["attribute", "intrinsic", "word", "string", "number", "op", "comment", "variable", "unterminated", "unknown", "end"]
"""attribute: scope, dot and name · intrinsic: `span:name` and the like · number: also durations, and what only begins as
one · unterminated: a string or comment that never ends · variable: a masked Grafana variable · end: behind the last one."""

SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
NAME_ENDS = f"{SPACES}{{}}()=~!<>&|^,"
QUOTED_IN_NAME = r'"(?:[^"\\]|\\[\s\S])*+"'
VARIABLE, REST = "\ue000", "\ue001"
"""The characters that stand for a variable's first and further ones: private use, so nobody's name or operator."""

_FORMS = re.compile(
    rf"""(?![ \t\r\n])(?:
    (?P<attribute> (?: (?:span|resource|event|link|instrumentation)\. | parent\.(?:span\.|resource\.)? | \.(?![0-9]) )
                   (?: [^"{NAME_ENDS}]++ | {QUOTED_IN_NAME} )*+ )
  | (?P<intrinsic> (?:span|trace|event|link|instrumentation):[ \t\r\n]*+(?:[^\W\d]\w*+)?+ )
  | (?P<word> [^\W\d]\w*+ )
  | (?P<string> "(?:[^"\\\n]|\\[^\n])*+" | `[^`]*+` )
  | (?P<number> \.?[0-9](?:[eE][+-](?=[0-9])|[\w.])*+ )
  | (?P<comment> //[^\n]*+ | /\*(?:[^*]|\*(?!/))*+\*/ )
  | (?P<unterminated> "(?:[^"\\\n]|\\[^\n])*+ | `[^`]*+ | /\*[\s\S]*+ )
  | (?P<op> &>> | &<< | &> | &< | &~ | && | !>> | !<< | !> | !< | !~ | != | =~ | >> | << | >= | <= | \|\| | [-+*/%^!|=<>~,{{}}()] )
  | (?P<variable> {VARIABLE}{REST}*+ )
  | (?P<unknown> [\s\S] )
    )""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """One word: its kind, its text, and where it stands (`text[start:end]`, offsets in characters).

    A named tuple and no dataclass: a query has dozens, and making one costs a third.
    """

    kind: Kind
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The tokens of `text` in order, comments left out, "end" last. Never raises, takes linear time."""
    make = tuple.__new__
    tokens = [make(Token, (found.lastgroup, found[0], *found.span())) for found in _FORMS.finditer(text)]
    if "/" in text:
        tokens = [token for token in tokens if token[0] != "comment"]
    size = len(text)
    tokens.append(Token("end", "", size, size))
    return tokens
