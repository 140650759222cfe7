"""How far back a rule looks: as long as the longest window that its query reads, or Grafana's ten minutes.

An instant query reads what it reads whatever this says; Grafana shows the range in its preview, and fills `$__range` from it.
"""

from __future__ import annotations

from obskit.analysis import Asked
from obskit.semantics import Length, Node, Read, Subquery

SHORTEST = 600


def back(asked: Asked) -> int:
    """Seconds."""
    root = asked.meaning.root if asked.meaning is not None else None
    return max(SHORTEST, -(-_longest(root) // 1000)) if root is not None else SHORTEST


def _longest(root: Node) -> int:
    """The longest window with its offset and those of the subqueries around it, in milliseconds."""
    longest = 0
    waiting = [(root, 0)]
    while waiting:
        node, outer = waiting.pop()
        if isinstance(node, Read):
            outer += _length(node.window) + _length(node.offset)
        elif isinstance(node, Subquery):
            outer += node.window.milliseconds + _length(node.offset)
        longest = max(longest, outer)
        waiting += [(part, outer) for part in node.parts]
    return longest


def _length(length: Length | None) -> int:
    return length.milliseconds if length is not None else 0
