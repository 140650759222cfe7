"""Questions about the tree of a query that several checks ask."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Asked
from obskit.semantics import Aggregate, Binary, Call, Node, Number, Read
from obskit.semantics.nodes import COMPARISONS, Negated, walk


def reads(node: Node) -> Iterator[Read]:
    """The selectors below a node, in source order."""
    return (one for one in walk(node) if isinstance(one, Read))


def between_vectors(node: Binary) -> bool:
    """Whether series of two sides meet here."""
    return node.left.value.kind == "vector" and node.right.value.kind == "vector"


def scaled(node: Node) -> Node:
    """The node without arithmetic with scalars and signs around it: each series keeps its labels, and stays a series."""
    while True:
        if isinstance(node, Negated):
            node = node.parts[0]
        elif isinstance(node, Binary) and node.operator in "+-*/" and not between_vectors(node) and node.value.kind == "vector":
            node = node.left if node.left.value.kind == "vector" else node.right
        else:
            return node


def compared(node: Node) -> Node:
    """The node without comparisons with a number around it."""
    while isinstance(node, Binary) and node.operator in COMPARISONS and not node.returns_bool:
        if isinstance(node.right, Number):
            node = node.left
        elif isinstance(node.left, Number):
            node = node.right
        else:
            break
    return node


def labels_vary(asked: Asked) -> bool:
    """Whether a Grafana variable decides the name of a label somewhere, so that lists of labels are not known."""
    return any(use.slot == "label" for use in asked.parsed.variables)


def fills(asked: Asked) -> bool:
    """Whether an operator of the query may fill in for series without a match (`fill(0)`)."""
    return "fill" in asked.text


def phrase(node: Node) -> str:
    """How messages call an operation: `sum by (job)`, `absent()`, `"/"`."""
    if isinstance(node, Aggregate):
        if node.by is not None:
            return f"{node.operation} by ({', '.join(node.by)})"
        return node.operation if node.without is None else f"{node.operation} without ({', '.join(node.without)})"
    if isinstance(node, Call):
        return f"{node.function}()"
    return node.operator if isinstance(node, Binary) else "the query"
