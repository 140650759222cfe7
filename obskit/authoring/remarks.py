"""Where the comments of a rule file go in the module that is made of it."""

from __future__ import annotations

import textwrap
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

_WIDTH = 138


class Comment(Protocol):
    """A comment of a YAML text; `before` is the line that follows, 0 at the end, None where the comment shares its line."""

    @property
    def line(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def before(self) -> int | None: ...


@dataclass(slots=True)
class Remarks:
    """Lines of comments: at the `head` and the `tail` of the file, and `of` a rule or group by the line it begins at."""

    head: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    of: dict[int, list[str]] = field(default_factory=dict)


def remarks(comments: Iterable[Comment], starts: Sequence[int], heads: Sequence[tuple[int, int]] = ()) -> Remarks:
    """Each comment given to the rule or group that it stands in, or above; `starts` are the lines at which these begin.

    What stands in the head of a later document, from the first line to the last of one in `heads`, is about what follows it.
    """
    ordered = sorted(set(starts))
    found = Remarks()
    for comment in comments:
        lines = _lines(comment.text)
        at = bisect_right(ordered, comment.line)
        if comment.before == 0:
            found.tail += lines
        elif comment.before is not None and comment.before in ordered:
            found.of.setdefault(comment.before, []).extend(lines)
        elif 0 < at < len(ordered) and any(_is_in_head(comment, first, last) for first, last in heads):
            found.of.setdefault(ordered[at], []).extend(lines)
        elif at:
            found.of.setdefault(ordered[at - 1], []).extend(lines)
        else:
            found.head += lines
    return found


def _is_in_head(comment: Comment, first: int, last: int) -> bool:
    return first <= (comment.before or comment.line) <= last and comment.line < last


def _lines(text: str) -> list[str]:
    """A comment of Python: of printable characters, and of no more than the usual width where it has blanks."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text).rstrip()
    if not plain or plain[0] not in "# !":
        plain = f" {plain}" if plain else ""
    if len(plain) <= _WIDTH:
        return [f"#{plain}"]
    indent = " " * (len(plain) - len(plain.lstrip()))
    wrapped = textwrap.wrap(plain, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return [f"#{line}" for line in wrapped]
