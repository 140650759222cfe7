"""One JSON value a line on stdin: how a program talks to a command that goes on answering."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import click


def texts() -> Iterator[str]:
    """The strings that stdin holds as JSON, one a line, as they come. Raises UsageError on a line that is no JSON string."""
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise click.UsageError(f"line {number} of stdin is not JSON: {error}") from error
        if not isinstance(value, str):
            raise click.UsageError(f"line {number} of stdin is not a JSON string")
        yield value

