"""Edits of a text, and the way back from the edited text to the author's."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

Span = tuple[int, int]
"""Start and end, in characters, of a part of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """`text[start:end]` becomes `new`; `variables` are the Grafana variables it stood for. `new` is never empty."""

    start: int
    end: int
    new: str
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A text after its edits. A position in it leads back to the text before them, the author's."""

    text: str
    edits: tuple[Edit, ...] = ()
    _starts: tuple[int, ...] = field(default=(), repr=False)
    _ends: tuple[int, ...] = field(default=(), repr=False)

    def to_author(self, offset: int) -> int:
        """The author's offset for an offset into `text`; inside a replaced part, the place where that part began."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset
        if offset < self._ends[index]:
            return self.edits[index].start
        return offset - self._ends[index] + self.edits[index].end

    def span(self, start: int, end: int) -> Span:
        """The author's span for `text[start:end]`; a part that was replaced counts as a whole."""
        index = bisect_left(self._starts, end) - 1
        if index < 0:
            last = end
        elif end <= self._ends[index]:
            last = self.edits[index].end
        else:
            last = end - self._ends[index] + self.edits[index].end
        first = self.to_author(start)
        return (first, max(first, last))

    def variables(self, start: int, end: int) -> tuple[str, ...]:
        """The Grafana variables that gave a part of `text[start:end]`, in order, each once."""
        if not self.edits:
            return ()
        inside = self.edits[bisect_right(self._ends, start) : bisect_left(self._starts, end)]
        return tuple(dict.fromkeys(name for edit in inside for name in edit.variables))

    @property
    def ranges(self) -> tuple[Span, ...]:
        """The parts of `text` that the author did not write, in order, one for each edit."""
        return tuple(zip(self._starts, self._ends, strict=True))


def apply(text: str, edits: list[Edit]) -> Edited:
    """`text` with its edits, which are in order and do not overlap."""
    if not edits:
        return Edited(text=text)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    read = written = 0
    for edit in edits:
        written += edit.start - read
        pieces += (text[read : edit.start], edit.new)
        starts.append(written)
        written += len(edit.new)
        ends.append(written)
        read = edit.end
    pieces.append(text[read:])
    return Edited(text="".join(pieces), edits=tuple(edits), _starts=tuple(starts), _ends=tuple(ends))
