"""A query's tree with the meaning of each node. Parentheses are gone; a sign before a number is part of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from obskit.promql import Selector
from obskit.semantics.series import Series
from obskit.semantics.value import Value


class Length(NamedTuple):
    """A duration in a query, in milliseconds; 0 and `variable` where a Grafana variable decides it."""

    milliseconds: int
    variable: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """What every node has: what it yields, and the nodes below, in source order."""

    value: Value
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Read(Node):
    """A selector. `series` is None when nothing is known of the name; `window` is set where it reads a range.

    `position` is the selector's among those of the query; `fixed` tells that `@` pins its time.
    """

    selector: Selector
    series: Series | None
    window: Length | None
    offset: Length | None
    position: int
    fixed: bool = False

    @property
    def name(self) -> str:
        """The metric's name, empty when unknown."""
        return self.selector.name or ""


@dataclass(frozen=True, slots=True, eq=False)
class Call(Node):
    """A function called on `parts`."""

    function: str


@dataclass(frozen=True, slots=True, eq=False)
class Aggregate(Node):
    """An aggregation of its last part; a parameter stands before it. Both `by` and `without` None: over everything."""

    operation: str
    by: tuple[str, ...] | None
    without: tuple[str, ...] | None

    @property
    def operand(self) -> Node:
        return self.parts[-1]


class Matching(NamedTuple):
    """How the series of two sides find each other. `group` is `group_left`, `group_right` or empty."""

    on: tuple[str, ...] | None = None
    ignoring: tuple[str, ...] | None = None
    group: str = ""
    include: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Binary(Node):
    """An operator between two parts; `returns_bool` is its `bool`."""

    operator: str
    matching: Matching
    returns_bool: bool

    @property
    def left(self) -> Node:
        return self.parts[0]

    @property
    def right(self) -> Node:
        return self.parts[1]


@dataclass(frozen=True, slots=True, eq=False)
class Negated(Node):
    """A minus before something that is no number."""


@dataclass(frozen=True, slots=True, eq=False)
class Subquery(Node):
    """`expr[window:step]`; `step` None is the server's."""

    window: Length
    step: Length | None
    offset: Length | None
    fixed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Number(Node):
    """A literal; `variable` where a Grafana variable decides it."""

    number: float
    variable: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Text(Node):
    """A string."""

    text: str


def is_fraction(node: Node) -> bool:
    """Whether a scalar is surely between 0 and 1, as a quantile has to be that lies among the values: others are infinite."""
    low, high = node.value.low, node.value.high
    return (isinstance(node, Number) and node.variable) or (low is not None and low >= 0 and high is not None and high <= 1)


MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
"""Comparisons, and each read from its right side."""
COMPARISONS = frozenset(MIRRORED)
SETS = frozenset(("and", "or", "unless"))


def walk(root: Node) -> Iterator[Node]:
    """Every node, parents before their parts, in source order."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(node.parts)
