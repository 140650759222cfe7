"""Whether a name is the same thing under a new one: the old one is asked nowhere any more, and the new one was asked nowhere before."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property

from obskit.diff.changes import Rename
from obskit.diff.forms import Side
from obskit.diff.names import Names, names

Unchanged = Callable[[Collection[str]], Side]
"""The boards and files that are the same on both sides, as far as they hold any of the words."""
SERIES = ("", "_bucket", "_count", "_sum", "_created")
"""Endings of the series of one metric."""


def nothing(words: Collection[str]) -> Side:  # noqa: ARG001  # whatever is looked for
    """Where all that there is differs, or nothing else is known."""
    return Side()


class Renaming:
    """Judges renames over both sides, over what is the same on both, and over the signals that are still `declared`."""

    def __init__(self, before: Side, after: Side, unchanged: Unchanged, declared: Collection[str] = ()) -> None:
        self.sides = before, after
        self.unchanged = unchanged
        self.declared = declared

    @cached_property
    def _before(self) -> Names:
        return names(self.sides[0])

    @cached_property
    def _after(self) -> Names:
        return names(self.sides[1])

    def is_one(self, rename: Rename) -> bool:
        """Whether the old name is gone and the new one came; of a label, with the metrics that it stands with."""
        same = names(self.unchanged((rename.before, rename.after)))
        olds, news = (self._before, same), (self._after, same)
        if rename.kind == "metric":
            gone, come = ({name + ending for ending in SERIES} for name in (rename.before, rename.after))
            left = gone & {*self.declared} or any(gone & side.metrics for side in news)
            return not left and not any(come & side.metrics for side in olds)
        if rename.kind == "attribute":
            return not any(rename.before in side.attributes for side in news) and not any(rename.after in side.attributes for side in olds)
        return not any(
            (metric, rename.before) in new.labels or (metric, rename.after) in old.labels
            for metric in rename.signals
            for new, old in zip(news, olds, strict=True)
        )
