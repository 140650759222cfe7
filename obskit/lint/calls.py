"""The calls of a module by the line they begin on, which is what an origin names: how far each reaches."""

from __future__ import annotations

import ast
from collections.abc import Iterable


class Calls:
    """Where the calls of a module begin and end; calls that begin on one line count as one."""

    def __init__(self, tree: ast.Module) -> None:
        self._ends: dict[int, int] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                self._ends[node.lineno] = max(self._ends.get(node.lineno, 0), node.end_lineno or node.lineno)

    def reach(self, line: int) -> tuple[int, int]:
        """First and last line of the call that begins on `line`; of the smallest one around it when none does."""
        if line in self._ends:
            return line, self._ends[line]
        around = [(start, end) for start, end in self._ends.items() if start <= line <= end]
        return max(around, default=(line, line))

    def owners(self, starts: Iterable[int]) -> dict[int, int]:
        """For every line of the calls that begin on `starts` the innermost one's, which is the last to begin."""
        owned: dict[int, int] = {}
        for start in sorted(starts):
            first, last = self.reach(start)
            owned.update(dict.fromkeys(range(first, last + 1), start))
        return owned
