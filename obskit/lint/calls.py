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

    def innermost(self, place: int, above: int, starts: Iterable[int]) -> int:
        """Which of the calls that begin on `starts` a comment on line `place` belongs to, or 0.

        `above` is the line that the comment stands above, or 0 when it stands behind code.
        """
        if above and above in (lines := tuple(starts)):
            return above
        return max((start for start in (lines if above else starts) if self._holds(start, place)), default=0)

    def _holds(self, line: int, place: int) -> bool:
        first, last = self.reach(line)
        return first <= place <= last
