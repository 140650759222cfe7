"""What an alert asks for, taken apart as Grafana wants it: a query that yields values, and a comparison of each with a number.

Only where that fires for the same series: the outermost operator compares series with a number, literal or calculated from
literals, and drops what does not pass. `bool` comparisons, chains of them, comparisons of series with series, set operators and
whatever else yields series that mean "firing" by being there stay whole, as Grafana's own import of Prometheus rules keeps them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from obskit.analysis import Asked
from obskit.promql import parse, sides
from obskit.semantics import Aggregate, Binary, Call, Negated, Node, Number, Read, Subquery, Text
from obskit.semantics.nodes import COMPARISONS, MIRRORED, SETS

_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "%": math.fmod,
    "^": math.pow,
}
_KEEPS_NAME = frozenset(("last_over_time", "first_over_time", "label_replace", "label_join", "sort", "sort_desc", "sort_by_label",
                         "sort_by_label_desc", "info"))  # fmt: skip
_NAMES = frozenset(("label_replace", "label_join"))
"""They write a label, which may be the metric's name."""
_PICKS = frozenset(("topk", "bottomk", "limitk", "limit_ratio"))


class Condition(NamedTuple):
    """A query, and what each of its values is compared with; without an operator whatever it yields is firing.

    `node` is what the query means, None where that is not known.
    """

    query: str
    node: Node | None
    operator: str = ""
    number: float = 0

    @property
    def is_whole(self) -> bool:
        return not self.operator


def split(asked: Asked) -> Condition:
    """The condition of an alert's expression."""
    root = asked.meaning.root if asked.meaning is not None else None
    return (_compared(asked, root) if isinstance(root, Binary) else None) or Condition(asked.text, root)


def whole(asked: Asked) -> Condition:
    """The expression as it is: every series that it yields is firing."""
    return Condition(asked.text, asked.meaning.root if asked.meaning is not None else None)


def _compared(asked: Asked, root: Binary) -> Condition | None:
    if root.operator not in COMPARISONS or root.returns_bool:
        return None
    left, right = _constant(root.left), _constant(root.right)
    number, node = (left, root.right) if left is not None else (right, root.left)
    if number is None or not math.isfinite(number) or node.value.kind != "vector" or _filters(node):
        return None
    found = sides(asked.parsed)
    if found is None:
        return None
    operator = root.operator if left is None else MIRRORED[root.operator]
    return Condition(found[0] if left is None else found[1], node, operator, number)


def _filters(node: Node) -> bool:
    return isinstance(node, Binary) and node.operator in COMPARISONS and not node.returns_bool


def _constant(node: Node) -> float | None:
    """The value of a number, also of arithmetic with numbers, as the engine calculates it; None for anything else."""
    if isinstance(node, Number):
        return None if node.variable else float(node.number)
    if isinstance(node, Negated):
        inner = _constant(node.parts[0])
        return None if inner is None else -inner
    if isinstance(node, Binary) and node.operator in _ARITHMETIC:
        left, right = _constant(node.left), _constant(node.right)
        if left is not None and right is not None:
            try:
                return _ARITHMETIC[node.operator](left, right)
            except (ArithmeticError, ValueError):  # the engine has infinities and NaN there, with which nothing is compared here
                return None
    return None


def nameless(condition: Condition) -> str:
    """The query without the metric's name among the labels of what it yields: Prometheus leaves it off alerts, Grafana does not.

    Adding 0 drops the name and changes nothing else. A scalar becomes the one series without labels that Prometheus makes of it.
    """
    query, node = condition.query, condition.node
    if node is None:
        return query
    commented = "#" in query and any(token.kind == "comment" for token in parse(query).tokens)
    end = "\n" if commented or "\n" in query else ""
    if node.value.kind == "scalar":
        return f"vector({query}{end})"
    if node.value.kind != "vector" or not _has_name(node):
        return query
    if isinstance(node, Binary):
        return f"({end}{query}{end}) + 0"
    return f"{query}{end or ' '}+ 0"


def _has_name(node: Node) -> bool:
    """Whether a series of what the node yields may carry the name of its metric."""
    if isinstance(node, Read):
        return True
    if isinstance(node, Subquery):
        return _has_name(node.parts[0])
    if isinstance(node, Call):
        named = isinstance(node.parts[1], Text) and node.parts[1].text == "__name__" if node.function in _NAMES else False
        return named or (node.function in _KEEPS_NAME and any(_has_name(part) for part in node.parts))
    if isinstance(node, Aggregate):
        return "__name__" in (node.by or ()) or (node.operation in _PICKS and _has_name(node.operand))
    if isinstance(node, Binary) and node.operator in SETS:
        return _has_name(node.left) or (node.operator == "or" and _has_name(node.right))
    return _filters(node) and any(_has_name(part) for part in node.parts)
