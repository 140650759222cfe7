"""The comments of a YAML text, which its readers drop: each with its line, and with what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_BEHIND = re.compile(r"\s+#(.*)")
_HEADER = re.compile(r"[|>][-+0-9]*\s+#(.*)")


@dataclass(frozen=True, slots=True)
class Comment:
    """`text` stands behind the `#`. `before` is the 1-based line that follows, 0 at the end; None where the comment shares its line.

    What follows is a line with content: `---` is none.
    """

    line: int
    text: str
    before: int | None = None


def comments(raw: bytes) -> tuple[Comment, ...]:
    """The comments of a YAML text, in order; none of a text that is no YAML."""
    import yaml  # only what reads YAML pays for it

    try:
        text = raw.removeprefix(b"\xef\xbb\xbf").decode()
        tokens = [token for token in yaml.scan(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) if _is_content(token)]
    except (UnicodeDecodeError, yaml.YAMLError):
        return ()
    return tuple(_found(text.split("\n"), tokens))


def _found(lines: list[str], tokens: list[Any]) -> Iterator[Comment]:
    covered: set[int] = set()
    ends: dict[int, int] = {}
    headers: dict[int, int] = {}
    for token in tokens:
        first, last = token.start_mark.line, token.end_mark.line
        covered.update(range(first, last + (token.end_mark.column > 0)))
        if getattr(token, "style", None) in ("|", ">"):
            headers[first] = token.start_mark.column
        elif token.end_mark.column > 0:
            ends[last] = token.end_mark.column
    starts = sorted({token.start_mark.line for token in tokens if not _is_border(token)}, reverse=True)
    for number, line in enumerate(lines):
        while starts and starts[-1] <= number:
            starts.pop()
        bare = line.strip()
        if number not in covered:
            if bare.startswith("#"):
                yield Comment(number + 1, bare[1:], starts[-1] + 1 if starts else 0)
        elif number in headers:
            match = _HEADER.match(line, headers[number])
            yield from [Comment(number + 1, match[1].rstrip())] if match else []
        elif number in ends:
            match = _BEHIND.match(line, ends[number])
            yield from [Comment(number + 1, match[1].rstrip())] if match else []


def _is_border(token: Any) -> bool:
    return type(token).__name__ in ("DocumentStartToken", "DocumentEndToken")


def _is_content(token: Any) -> bool:
    return bool(token.start_mark.index != token.end_mark.index)
