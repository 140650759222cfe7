"""What comparisons that never or always hold make of the query they stand in: which parts are always empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from obskit.analysis import Analysed, Asked
from obskit.lint.thresholds import filters, limit, verdict
from obskit.semantics import Aggregate, Binary, Call, Node, walk

_ANSWERING = frozenset(("absent", "absent_over_time", "scalar", "vector"))
"""Functions that yield something for nothing."""


class Outcome(NamedTuple):
    """`never`: the comparison that keeps the whole query empty. `always`: the one that lets everything through.

    `branches` are comparisons that keep one side of an `or` empty; `idle` all others that never or always hold.
    """

    never: Binary | None
    always: Binary | None
    branches: tuple[Binary, ...]
    idle: tuple[Binary, ...]


def outcomes(analysed: Analysed) -> Iterator[tuple[Asked, Outcome]]:
    """The queries in which some comparison never or always holds."""
    last: Asked | None = None
    for asked, binary in analysed.binaries:
        if asked is not last and verdict(binary):
            last = asked
            assert asked.meaning is not None
            yield asked, outcome(asked.meaning.root, asked.meaning.binaries)


def outcome(root: Node, binaries: tuple[Binary, ...]) -> Outcome:
    """The outcome of a tree with these operators."""
    empty: dict[int, Binary] = {}
    full: dict[int, Binary] = {}
    branches: list[Binary] = []
    for node in reversed([*walk(root)]):
        culprit = _emptying(node, empty)
        if culprit is not None:
            empty[id(node)] = culprit
        passing = _passing(node, full) if isinstance(node, Binary) else None
        if passing is not None:
            full[id(node)] = passing
        if isinstance(node, Binary) and node.operator == "or":
            branches += [empty[id(side)] for side in node.parts if id(side) in empty]
    never = empty.get(id(root))
    always = None if never is not None else full.get(id(root))
    told = [never, always, *branches]
    idle = [binary for binary in binaries if verdict(binary) and not any(binary is one for one in told)]
    return Outcome(never, always, tuple(branches) if never is None else (), tuple(idle))


def _emptying(node: Node, empty: dict[int, Binary]) -> Binary | None:
    """The comparison that keeps a node empty, from those of its parts."""
    below = [empty.get(id(part)) for part in node.parts]
    if isinstance(node, Binary):
        left, right = below
        if node.operator == "or":
            return left if right is not None else None
        if node.operator == "unless":
            return left
        return left or right or (node if verdict(node) == "never" else None)
    if isinstance(node, Call) and node.function in _ANSWERING:
        return None
    return below[-1] if isinstance(node, Aggregate) else next((one for one in below if one is not None), None)


def _passing(node: Binary, full: dict[int, Binary]) -> Binary | None:
    """The comparison that a node passes everything by, from those of its sides."""
    left, right = full.get(id(node.left)), full.get(id(node.right))
    if node.operator == "or":
        return left or right
    if node.operator == "and":
        return left if right is not None else None
    return node if verdict(node) == "always" and not any(conditional(side) for side in node.parts) else None


def conditional(root: Node) -> bool:
    """Whether something in a tree lets series through by a condition; a guard of a divisor (`/ (x > 0)`) is none."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if filters(node) or (isinstance(node, Binary) and node.operator in ("and", "unless")):
            return True
        if isinstance(node, Call) and node.function in ("absent", "absent_over_time"):
            return True
        waiting += [part for part in node.parts if not (isinstance(node, Binary) and part is node.right and guard(node))]
    return False


def guard(node: Binary) -> bool:
    """Whether the divisor only is guarded against zero."""
    asked = limit(node.right) if isinstance(node.right, Binary) and filters(node.right) else None
    return node.operator in ("/", "%") and asked is not None and asked.operator in (">", "!=") and asked.number == 0
