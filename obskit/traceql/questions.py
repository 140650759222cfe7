"""What readers of a query ask of its tree: its parts, what must hold for its spans, what is written doubtfully."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from obskit.traceql.tree import (
    Aggregate,
    Binary,
    Constant,
    Expr,
    Field,
    Filter,
    GroupStage,
    Math,
    MathQuery,
    MetricsQuery,
    MetricsStage,
    Node,
    Pipeline,
    Query,
    ScalarFilter,
    SelectStage,
    Span,
    SpansetOp,
    Stage,
    Threshold,
    Unary,
)
from obskit.traceql.words import COMPARISONS, LOGICAL, REGEXES, UNIONS

_COMPARING = COMPARISONS | REGEXES
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def walk(node: Node) -> Iterator[Node]:
    """Every node of the tree, parents before children, in source order as far as parents allow."""
    waiting: list[Node] = [node]
    while waiting:
        one = waiting.pop()
        yield one
        below = children(one)
        if below:
            waiting += reversed(below)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in source order."""
    below = _CHILDREN.get(type(node))
    return below(node) if below is not None else ()


def _sides(node: Binary | SpansetOp | ScalarFilter | Math) -> tuple[Node, ...]:
    return (node.left, node.right)


def _measured(node: MetricsStage) -> tuple[Node, ...]:
    first = tuple([part for part in (node.field, node.filter) if part is not None])
    return (*first, *node.numbers, *node.by)


_CHILDREN: dict[type, Callable[[Any], tuple[Node, ...]]] = {
    Binary: _sides,
    SpansetOp: _sides,
    ScalarFilter: _sides,
    Math: _sides,
    Unary: lambda node: (node.operand,),
    Filter: lambda node: () if node.expr is None else (node.expr,),
    GroupStage: lambda node: (node.expr,),
    MathQuery: lambda node: (node.expr, *node.seconds),
    Aggregate: lambda node: () if node.argument is None else (node.argument,),
    SelectStage: lambda node: node.fields,
    Pipeline: lambda node: node.stages,
    MetricsQuery: lambda node: (node.pipeline, node.stage, *node.seconds),
    MetricsStage: _measured,
    Query: lambda node: (node.root, *node.hints),
    Threshold: lambda node: (node.value,),
}


def metrics(tree: Query) -> tuple[MetricsQuery, ...]:
    """The metrics queries of a tree, in source order: none for a search, several in arithmetic."""
    if isinstance(tree.root, MetricsQuery):
        return (tree.root,)
    return tuple([node for node in walk(tree.root) if isinstance(node, MetricsQuery)]) if tree.is_metrics else ()


def must_hold(pipeline: Pipeline) -> tuple[Expr, ...]:
    """The conditions that hold for every span a pipeline lets through: its filters, split at `&&`.

    Of two sets joined by `&&`, `||` or a union, what both sides ask; of a structural operator, what its right side asks,
    whose spans are the result.
    """
    return tuple(dict.fromkeys([condition for stage in pipeline.stages for condition in _holds(stage)]))


def _holds(stage: Stage | Pipeline) -> tuple[Expr, ...]:
    if isinstance(stage, Filter):
        return () if stage.expr is None else conjuncts(stage.expr)
    if isinstance(stage, Pipeline):
        return must_hold(stage)
    if not isinstance(stage, SpansetOp):
        return ()
    right = _holds(stage.right)
    if stage.op not in LOGICAL | UNIONS:
        return right
    left = set(_holds(stage.left))
    return tuple([condition for condition in right if condition in left])


def conjuncts(expr: Expr) -> tuple[Expr, ...]:
    """The parts of a condition joined by `&&`, in source order."""
    if isinstance(expr, Binary) and expr.op == "&&":
        return conjuncts(expr.left) + conjuncts(expr.right)
    return (expr,)


def guarantees(pipeline: Pipeline, field: Field) -> bool:
    """Whether every span a pipeline lets through has a value for `field`: `x != nil`, or x compared, in all alternatives."""
    return any(_asks(condition, field.identity) for condition in must_hold(pipeline))


def _asks(expr: Expr, identity: tuple[str, str]) -> bool:
    if isinstance(expr, Field):
        return expr.identity == identity
    if not isinstance(expr, Binary):
        return False
    if expr.op in LOGICAL:
        both = (_asks(expr.left, identity), _asks(expr.right, identity))
        return any(both) if expr.op == "&&" else all(both)
    if expr.op not in _COMPARING or (expr.op == "=" and isinstance(expr.right, Constant) and expr.right.type == "nil"):
        return False
    return any(isinstance(side, Field) and side.identity == identity for side in (expr.left, expr.right))


class Comparison(NamedTuple):
    """A field compared with a constant; turned round when the constant stands on the left."""

    field: Field
    op: str
    value: Constant
    span: Span


def comparisons(node: Node) -> tuple[Comparison, ...]:
    """Every comparison of a field with a constant below a node, in source order; `-5` is a constant, nil is none."""
    found = []
    for one in walk(node):
        if isinstance(one, Binary) and one.op in _COMPARING:
            left, right = _negated(one.left), _negated(one.right)
            if isinstance(left, Field) and isinstance(right, Constant) and right.type != "nil":
                found.append(Comparison(left, one.op, right, one.span))
            elif isinstance(right, Field) and isinstance(left, Constant) and one.op not in REGEXES:
                found.append(Comparison(right, _TURNED.get(one.op, one.op), left, one.span))
    return tuple(found)


def _negated(node: Expr) -> Expr:
    """A constant with a minus in front of it, as one constant."""
    if isinstance(node, Unary) and isinstance(node.operand, Constant) and isinstance(node.operand.value, int | float):
        value = node.operand.value
        return Constant(type=node.operand.type, value=-value, span=node.span) if not isinstance(value, bool) else node
    return node


def mixed_logic(node: Node) -> tuple[Span, ...]:
    """Where `&&` and `||` follow each other in one filter without parentheses: the place of the later operator.

    They bind alike, from left to right: `a || b && c` is `(a || b) && c`.
    """
    found = []
    for one in walk(node):
        if isinstance(one, Binary) and one.op in LOGICAL and isinstance(one.left, Binary):
            left = one.left
            if left.op in LOGICAL and left.op != one.op and left.span[0] == one.span[0]:
                found.append(one.op_span)
    return tuple(sorted(found))


def constant_comparisons(node: Node) -> tuple[Binary, ...]:
    """Comparisons of a string with another constant, such as `"service.name" = "x"`, which no span decides."""
    found = []
    for one in walk(node):
        if isinstance(one, Binary) and one.op in _COMPARING:
            left, right = one.left, one.right
            if isinstance(left, Constant) and isinstance(right, Constant) and "string" in (left.type, right.type):
                found.append(one)
    return tuple(found)
