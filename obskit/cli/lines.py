"""One JSON value a line on stdin: how a program talks to a command that goes on answering."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: the string it holds as JSON; without one, None and what the `problem` is."""

    text: str | None
    problem: str = ""


def texts() -> Iterator[Line]:
    """The strings that stdin holds as JSON, one a line, as they come; empty lines are passed over."""
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, str):
            yield Line(text=value)
        else:
            yield Line(text=None, problem=f"line {number} of stdin is not a JSON string")
