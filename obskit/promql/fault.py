"""What is wrong with a query, while it is still looked for; `problem` is what its reader gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from obskit.promql.positions import Span
from obskit.promql.tokens import Token

if TYPE_CHECKING:
    from obskit.promql.problem import Stage


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
