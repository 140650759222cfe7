"""The parser's tree, read safely: the one door to promql_parser, the nodes in source order, and the type of a whole.

The library's own `walk` copies every subtree (its cost grows with the third power of the depth); `nodes` does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from promql_parser import Expr

ValueKind = Literal["vector", "scalar", "matrix", "string"]
"""vector: an instant vector · matrix: a range vector, as `x[5m]` and subqueries are."""

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


def nodes(ast: Expr) -> Iterator[_Node]:
    """Every node of the tree, parents before children, in source order; a range's selector follows the range."""
    waiting: list[_Node] = [ast]
    while waiting:
        node = waiting.pop()
        yield node
        below = children(node)
        if below:
            waiting += reversed(below)


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
