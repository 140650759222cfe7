"""Why a query is refused, while it is being read; `problem` is what its reader gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from obskit.traceql.problem import Stage
    from obskit.traceql.tree import Span

DEEPEST = 200
"""Levels of nesting that are read."""
TALLEST = 400
"""Operators in a row that are read: the height of a tree."""


class Refusal(Exception):  # noqa: N818  # it travels inside the room only, from where the fault is to `parse`
    """A fault with its place in the author's text."""

    def __init__(self, message: str, span: Span, hint: str = "", stage: Stage = "syntax") -> None:
        super().__init__(message)
        self.message, self.span, self.hint, self.stage = message, span, hint, stage


def shown(text: str, longest: int = 40) -> str:
    """A part of a query as messages quote it: in double quotes, on one line, cut when long."""
    line = " ".join(text[: longest * 4].split())
    return f'"{line[: longest - 1]}…"' if len(line) > longest else f'"{line}"'


def too_deep(span: Span) -> Refusal:
    return Refusal(f"the query nests deeper than {DEEPEST} levels", span, "take parentheses away, or split the query", "unsupported")


def too_tall(span: Span) -> Refusal:
    message = f"the query has more than {TALLEST} operators in a row"
    return Refusal(message, span, 'match alternatives by a regex: name =~ "a|b"', "unsupported")
