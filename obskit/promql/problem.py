"""What is wrong with a query, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from obskit.promql.positions import Span
from obskit.promql.tokens import Token

Stage = Literal["syntax", "unsupported"]
"""syntax: Prometheus would refuse it · unsupported: obskit cannot judge it, Prometheus may well take it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a query has no tree: the message, the part meant (offsets in the author's text) and what to do next."""

    stage: Stage
    message: str
    span: Span
    hint: str = ""


class Fault(NamedTuple):
    """A problem in the edited text; `span` None means the whole of it."""

    message: str
    span: Span | None = None
    hint: str = ""
    stage: Stage = "syntax"


def shown(text: str, longest: int = 40) -> str:
    """A part of a query as messages quote it: in double quotes, on one line, cut when long."""
    line = " ".join(text[: longest * 4].split())
    return f'"{line[: longest - 1]}…"' if len(line) > longest else f'"{line}"'


def between(first: Token, last: Token) -> Span:
    """The span from one token to another, both included."""
    return (first.start, last.end)
