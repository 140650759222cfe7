"""The parser's tree, read safely: the one door to promql_parser, the nodes in source order, and the type of a whole.

The library's own `walk` copies every subtree (its cost grows with the third power of the depth); `nodes` does not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from promql_parser import Expr

ValueKind = Literal["vector", "scalar", "matrix", "string"]
"""vector: an instant vector · matrix: a range vector, as `x[5m]` and subqueries are."""

OPERATORS = {"MatchOp.Equal": "=", "MatchOp.NotEqual": "!=", "MatchOp.Re": "=~", "MatchOp.NotRe": "!~"}
"""A matcher's operator, by the parser's name for it."""

_Node = Any  # the library's nodes have no common shape: each kind has attributes of its own
_LEAVES: dict[str, ValueKind] = {
    "VectorSelector": "vector",
    "AggregateExpr": "vector",
    "MatrixSelector": "matrix",
    "SubqueryExpr": "matrix",
    "NumberLiteral": "scalar",
    "StringLiteral": "string",
}
_RETURNS: dict[str, ValueKind] = {
    "ValueType.Vector": "vector",
    "ValueType.Scalar": "scalar",
    "ValueType.Matrix": "matrix",
    "ValueType.String": "string",
}


@cache
def parser() -> ModuleType:
    """promql_parser, imported when first needed, and told of `holt_winters`, which Prometheus 2 has and it lacks."""
    import promql_parser

    matrix, scalar, vector = (getattr(promql_parser.ValueType, kind) for kind in ("Matrix", "Scalar", "Vector"))
    promql_parser.register_extra_functions([promql_parser.Function("holt_winters", [matrix, scalar, scalar], vector)])
    return promql_parser


def nodes(ast: Expr) -> list[_Node]:
    """Every node of the tree, parents before children, in source order; a range's selector follows the range."""
    waiting: list[_Node] = [ast]
    found: list[_Node] = []
    while waiting:
        node = waiting.pop()
        found.append(node)
        below = _CHILDREN.get(type(node).__name__)
        if below is not None:
            waiting += below(node)[::-1]
    return found


class Parts(NamedTuple):
    """The parts of a tree by kind, each in source order: calls, aggregations and operators by their names and signs."""

    calls: list[_Node]
    aggregates: list[_Node]
    operators: list[_Node]
    numbers: list[_Node]
    strings: list[_Node]
    selectors: list[_Node]
    subqueries: list[_Node]


def parts(ast: Expr | None) -> Parts:
    """The parts of a tree. Subqueries come as their brackets do, the inner first; operators between their sides."""
    found = Parts([], [], [], [], [], [], [])
    lists = dict(zip(_PARTS, found, strict=True))
    waiting: list[tuple[_Node, bool]] = [] if ast is None else [(ast, False)]
    while waiting:
        node, passed = waiting.pop()
        kind = type(node).__name__
        if kind in lists and (passed or kind not in _LATE):
            lists[kind].append(node)
        if passed:
            continue
        below = [(child, False) for child in children(node)]
        if kind in _LATE:
            below.insert(1, (node, True))
        waiting += reversed(below)
    return found


_PARTS = ("Call", "AggregateExpr", "BinaryExpr", "NumberLiteral", "StringLiteral", "VectorSelector", "SubqueryExpr")
_LATE = frozenset({"BinaryExpr", "SubqueryExpr"})  # what stands behind its first child


def children(node: _Node) -> tuple[_Node, ...]:
    """The nodes directly below, in source order; an aggregation's parameter comes before its operand."""
    below = _CHILDREN.get(type(node).__name__)
    return below(node) if below is not None else ()


def _aggregated(node: _Node) -> tuple[_Node, ...]:
    return (node.expr,) if node.param is None else (node.param, node.expr)


def _only(node: _Node) -> tuple[_Node, ...]:
    return (node.expr,)


_CHILDREN: dict[str, Callable[[_Node], tuple[_Node, ...]]] = {
    "BinaryExpr": lambda node: (node.lhs, node.rhs),
    "Call": lambda node: tuple(node.args),
    "AggregateExpr": _aggregated,
    "MatrixSelector": lambda node: (node.vector_selector,),
    "ParenExpr": _only,
    "UnaryExpr": _only,
    "SubqueryExpr": _only,
}


def kind_of(ast: Expr) -> ValueKind:
    """The type of a whole expression."""
    waiting: list[_Node] = [ast]
    found: ValueKind = "scalar"
    while waiting:
        node = waiting.pop()
        kind = type(node).__name__
        if kind == "BinaryExpr":
            waiting += (node.rhs, node.lhs)
        elif kind in ("ParenExpr", "UnaryExpr"):
            waiting.append(node.expr)
        else:
            found = _RETURNS[str(node.func.return_type)] if kind == "Call" else _LEAVES[kind]
            if found != "scalar":
                break  # a binary expression with any vector in it is one; matrices and strings stand alone
    return found
