"""What is wrong with a query, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from obskit.traceql.tree import Span

Stage = Literal["syntax", "validation", "unsupported"]
"""syntax: no TraceQL · validation: Tempo refuses it · unsupported: Tempo does not support it yet, or it is too large to be read here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a query is refused: the message, the part meant (offsets in the author's text) and what to do next.

    `line` and `column` are those of the span's start, from 1.
    """

    stage: Stage
    message: str
    span: Span
    hint: str
    line: int
    column: int


def problem(text: str, stage: Stage, message: str, span: Span, hint: str) -> Problem:
    start = min(span[0], len(text))
    line = text.count("\n", 0, start) + 1
    return Problem(stage=stage, message=message, span=span, hint=hint, line=line, column=start - text.rfind("\n", 0, start))
