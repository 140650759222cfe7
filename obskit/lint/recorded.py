"""What recording rules are made of: the trees behind their names."""

from __future__ import annotations

from collections.abc import Callable

from obskit.analysis import Analysed
from obskit.semantics import Node, Read, walk

_DEEPEST = 10


class Recorded:
    """The trees of a project's recording rules by name, collected when first asked for."""

    def __init__(self, analysed: Analysed) -> None:
        self._analysed = analysed
        self._roots: dict[str, list[Node]] | None = None

    def roots(self, name: str) -> tuple[Node, ...]:
        """The trees of the rules that record this name."""
        if self._roots is None:
            self._roots = {}
            for asked in self._analysed.recording:
                if asked.rule is not None and asked.meaning is not None:
                    self._roots.setdefault(asked.rule.name, []).append(asked.meaning.root)
        return tuple(self._roots.get(name, ()))

    def find(self, root: Node, wanted: Callable[[Node], bool], deep: int = 0) -> Node | None:
        """The first node that is wanted: in this tree, or in those of the recording rules it reads."""
        for node in walk(root):
            if wanted(node):
                return node
            if isinstance(node, Read) and node.series is not None and node.series.rule is not None and deep < _DEEPEST:
                for behind in self.roots(node.name):
                    found = self.find(behind, wanted, deep + 1)
                    if found is not None:
                        return found
        return None
