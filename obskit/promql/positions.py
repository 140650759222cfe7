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
        return _variables(self.edits, self._starts, self._ends, start, end)

    @property
    def ranges(self) -> tuple[Span, ...]:
        """The parts of `text` that the author did not write, in order, one for each edit."""
        return tuple(zip(self._starts, self._ends, strict=True))


def _variables(edits: tuple[Edit, ...], starts: tuple[int, ...], ends: tuple[int, ...], start: int, end: int) -> tuple[str, ...]:
    """The variables of the edits that touch a part; `starts` and `ends` are those of the edits, in the text the part is of."""
    first, last = bisect_right(ends, start), bisect_left(starts, end)
    if first >= last:
        return ()
    if last - first == 1:
        return tuple(dict.fromkeys(edits[first].variables))
    return tuple(dict.fromkeys([name for edit in edits[first:last] for name in edit.variables]))


def apply(text: str, edits: list[Edit]) -> Edited:
    """`text` with its edits, which are in order and do not overlap."""
    if not edits:
        return Edited(text=text)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    read = written = 0
    for edit in edits:
        start, new = edit.start, edit.new
        written += start - read
        pieces += (text[read:start], new)
        starts.append(written)
        written += len(new)
        ends.append(written)
        read = edit.end
    pieces.append(text[read:])
    return Edited(text="".join(pieces), edits=tuple(edits), _starts=tuple(starts), _ends=tuple(ends))
