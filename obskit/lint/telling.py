"""A problem of a query, told with its text and a caret."""

from __future__ import annotations

from obskit.analysis import Asked, Traced
from obskit.lint.problem import Problem

_Span = tuple[int, int]


def told(asked: Asked | Traced, message: str, span: _Span | None, hint: str = "") -> Problem:
    """The problem of a query where it stands; `span` is the part of its text that is meant, None the whole."""
    return Problem(message, asked.origin, hint, asked.text, span, asked.waive)
