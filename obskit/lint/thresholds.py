"""Comparisons by the bounds of what they compare: whether one can hold, whether it can fail, and the number it asks for."""

from __future__ import annotations

from math import isclose
from typing import Literal, NamedTuple

from obskit.catalog.unit import Quantity
from obskit.semantics import Aggregate, Binary, Call, Node, Number, Read, Value
from obskit.semantics.nodes import COMPARISONS, MIRRORED, Negated, Subquery

Verdict = Literal["", "never", "always"]

_RESULTS = {"+": "the sum", "-": "the difference", "*": "the product", "/": "the quotient"}


class Limit(NamedTuple):
    """A comparison with a number, turned so that the series stand on the left."""

    node: Node
    operator: str
    number: float
    at: Node
    """What says the number."""


def filters(node: Node) -> bool:
    """Whether this is a comparison that drops series."""
    return isinstance(node, Binary) and node.operator in COMPARISONS and not node.returns_bool


def limit(binary: Binary) -> Limit | None:
    """The number that a comparison asks for, literal or calculated from literals; None for any other comparison."""
    if binary.operator not in COMPARISONS:
        return None
    right, left = _constant(binary.right), _constant(binary.left)
    if right is not None and left is None:
        return Limit(binary.left, binary.operator, right, binary.right)
    if left is not None and right is None:
        return Limit(binary.right, MIRRORED[binary.operator], left, binary.left)
    return None


def _constant(node: Node) -> float | None:
    """The value of a number, also of `14.4 * 0.1`; not of `vector(1)`, nor of what a Grafana variable decides."""
    value = node.value
    return value.low if value.kind == "scalar" and value.low is not None and value.low == value.high else None


def verdict(binary: Binary) -> Verdict:
    """Whether a filtering comparison never or always holds, by the bounds of its sides; empty when that is open.

    Constants of series (`absent(…)`, `x_info`) and counts, whose being there is what is asked, never hold "always".
    """
    if not filters(binary):
        return ""
    left, right = binary.left.value, binary.right.value
    if binary.operator in ("<", "<="):
        left, right = right, left
    strict = binary.operator in (">", "<")
    if binary.operator in ("==", "!="):
        apart = _below(left, right, False) or _below(right, left, False)
        same = _fixed(left) and _fixed(right) and left.low == right.low
        never, always = (apart, same) if binary.operator == "==" else (same, apart)
    else:
        never, always = _below(left, right, strict), _below(right, left, not strict)
    if never:
        return "never"
    return "always" if always and not (_there(binary.left.value) or _there(binary.right.value)) else ""


def _below(one: Value, other: Value, touching: bool) -> bool:
    """Whether all of `one` is less than all of `other`; `touching`: or at most as much."""
    high, low = one.high, other.low
    if high is None or low is None:
        return False
    if touching or one.inside[1] or other.inside[0]:
        return high <= low
    return high < low and not isclose(high, low, rel_tol=1e-9)


def _fixed(value: Value) -> bool:
    return value.low is not None and value.low == value.high


def _there(value: Value) -> bool:
    return value.kind == "vector" and (_fixed(value) or (value.type == "count" and value.low is not None and value.low >= 1))


def between(value: Value) -> str:
    """`between 0 and 1`, `at least 0`, `always 1`: for "is …"."""
    low, high = (None if end is None else end + 0 for end in (value.low, value.high))  # no "-0"
    if low is not None and low == high:
        return f"always {low:g}"
    if low is None or high is None:
        return f"at least {low:g}" if low is not None else f"at most {high:g}"
    return f"between {low:g} and {high:g}"


def named(node: Node) -> str:
    """How messages call an operand."""
    while isinstance(node, (Negated, Subquery)):
        node = node.parts[0]
    if isinstance(node, Read):
        return f'"{node.name}"' if node.name else "the selector"
    if isinstance(node, Number):
        return f"{node.number:g}"
    if isinstance(node, (Call, Aggregate)):
        word = node.function if isinstance(node, Call) else node.operation
        source = node.value.source
        return f'{word} of "{source.name}"' if source is not None else f"{word}(…)"
    if isinstance(node, Binary):
        return named(node.left) if filters(node) else _RESULTS.get(node.operator, "the expression")
    return "the expression"


def spoken(quantity: Quantity) -> str:
    """`seconds`, `bytes per second`."""
    per = {"s": " per second", "h": " per hour"}.get(quantity.per, "")
    return {"count": "a count", "none": "no unit"}.get(quantity.unit.name, quantity.unit.name) + per
