"""What stands between two `|`: sets of spans joined, aggregates compared, metrics calculated with. Parentheses decide by what they hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, NoReturn

from obskit.traceql.amounts import amount
from obskit.traceql.expressions import constant, expression
from obskit.traceql.reader import Reader
from obskit.traceql.refusal import Refusal
from obskit.traceql.tree import (
    Aggregate,
    Binary,
    Constant,
    Expr,
    Filter,
    Math,
    MathOperand,
    MetricsQuery,
    Pipeline,
    ScalarFilter,
    Span,
    Spanset,
    SpansetOp,
    Stage,
    Unary,
)
from obskit.traceql.words import AGGREGATES, COMPARISONS, SCALAR_LEVELS, SPANSET_LEVELS

PartKind = Literal["spanset", "wrapped", "constant", "scalar", "scalars", "metrics", "stage", "pipeline", "query"]
"""wrapped: pipelines in parentheses · scalar: holds an aggregate · scalars: a pipeline that ends with one · metrics: a query in
parentheses, or arithmetic with one · stage: a comparison of scalars · pipeline, query: without parentheses around it."""

PartNode = Stage | Pipeline | MetricsQuery | Math | Constant | Unary | Binary | Aggregate
_SPANS = ("spanset", "wrapped")
_VALUES = ("constant", "scalar", "scalars", "metrics")
_GROUPED: dict[PartKind, PartKind] = {"pipeline": "wrapped", "stage": "wrapped", "query": "metrics"}
_WHAT: dict[PartKind, str] = {
    "spanset": "a filter in braces", "wrapped": "a pipeline", "constant": "a number", "scalar": "an aggregate", "scalars": "an aggregate",
    "metrics": "a metrics query", "stage": "a comparison", "pipeline": "a pipeline", "query": "a metrics query",
}  # fmt: skip


class Part(NamedTuple):
    """Something read, what it is, and whether all of it stands in parentheses. The kind tells which of the properties it has."""

    kind: PartKind
    node: PartNode
    closed: bool

    @property
    def spans(self) -> Spanset:
        assert isinstance(self.node, Filter | SpansetOp | Pipeline), self.kind
        return self.node

    @property
    def stage(self) -> Stage:
        assert isinstance(self.node, Stage), self.kind
        return self.node

    @property
    def value(self) -> Constant | Unary | Binary | Aggregate:
        assert isinstance(self.node, Constant | Unary | Binary | Aggregate), self.kind
        return self.node

    @property
    def operand(self) -> MathOperand:
        assert isinstance(self.node, MetricsQuery | Math | Constant | Unary | Binary), self.kind
        return self.node


Whole = Callable[[Reader], Part]


def joined(r: Reader, whole: Whole, above: int = 0, atom: bool = False) -> Part:
    """The operands that stand here, joined by operators that bind tighter than `above`; `whole` reads what parentheses hold."""
    start = r.start
    r.enter()
    left = _atom(r, whole)
    height = r.height
    while r.kind == "op" and not atom:
        op, op_span, kind = r.text, r.span, left.kind
        level = SPANSET_LEVELS.get(op, 0) if kind in _SPANS else SCALAR_LEVELS.get(op, 0) if kind in _VALUES else 0
        if level <= above or (kind == "metrics" and op in COMPARISONS):
            break
        r.advance()
        at = r.at
        right = joined(r, whole, level - 1 if op == "^" else level)
        height = max(height, r.height) + 1
        span = (start, r.end)
        if kind in _SPANS:
            left = _spans(r, at, left, op, op_span, right, span)
        elif op in COMPARISONS:
            left = _compared(r, at, left, op, right, span)
        else:
            left = _calculated(r, at, left, op, op_span, right, span)
    r.leave(height)
    return left


def _atom(r: Reader, whole: Whole) -> Part:
    kind, text = r.kind, r.text
    start = r.start
    r.height = 1
    if kind == "number":
        return Part("constant", constant(r), False)
    if kind == "word" and text in AGGREGATES:
        return Part("scalar", _aggregate(r), False)
    if kind == "op" and text == "{":
        r.advance()
        expr = None if r.is_op("}") else expression(r)
        r.expect("}", '"}" or an operator')
        return Part("spanset", Filter(expr=expr, span=(start, r.end)), False)
    if kind == "op" and text == "(":
        return _group(r, whole)
    if kind == "op" and text == "-":
        r.advance()
        r.enter()
        at = r.at
        operand = _atom(r, whole)
        r.leave(r.height + 1)
        if operand.kind != "constant":
            r.at = at
            r.fail('a number after "-"')
        return Part("constant", Unary(op="-", operand=operand.value, span=(start, r.end)), False)
    return r.fail("a filter in braces")


def _group(r: Reader, whole: Whole) -> Part:
    r.advance()
    inner = whole(r)
    if not r.is_op(")"):
        r.fail('")"' if inner.kind in ("metrics", "query", "wrapped") else '")" or an operator')
    r.advance()
    return Part(_GROUPED.get(inner.kind, inner.kind), _pipeline(inner), True)


def _pipeline(part: Part) -> PartNode:
    """A comparison alone in parentheses is a pipeline of one stage."""
    if isinstance(part.node, ScalarFilter):
        return Pipeline(stages=(part.node,), span=part.node.span)
    return part.node


def _aggregate(r: Reader) -> Aggregate:
    start, function = r.start, r.text
    r.advance()
    r.expect("(", f'"(" after {function}')
    argument = None if function == "count" else expression(r)
    r.expect(")", '")"' if argument is None else '")" or an operator')
    return Aggregate(function=function, argument=argument, span=(start, r.end))


def _spans(r: Reader, at: int, left: Part, op: str, op_span: Span, right: Part, span: Span) -> Part:
    if left.kind == "spanset" and right.kind == "wrapped":
        message = f'"{op}" joins a filter and a pipeline, and the filter stands first'
        raise Refusal(message, (r.tokens[at].start, span[1]), "put the pipeline first, or write a filter in parentheses on both sides")
    if right.kind not in _SPANS:
        _refused(r, at, "a filter in braces", right)
    if left.kind == "wrapped" and not right.closed:
        message = f'"{op}" joins a pipeline in parentheses and a filter without them'
        raise Refusal(message, (r.tokens[at].start, span[1]), "write parentheses around the filter, too: ({ … })")
    made = SpansetOp(op=op, left=left.spans, right=right.spans, op_span=op_span, span=span)
    return Part(left.kind, made, left.closed and right.closed)


def _compared(r: Reader, at: int, left: Part, op: str, right: Part, span: Span) -> Part:
    if right.kind not in _VALUES or right.kind == "metrics":
        _refused(r, at, "a number", right)
    if "scalars" in (left.kind, right.kind):
        _unsupported(span)
    if left.kind == right.kind == "constant":
        raise Refusal("the comparison has a constant on both sides", span, "compare an aggregate: count() > 3")
    made = ScalarFilter(op=op, left=left.value, right=right.value, span=span)
    return Part("stage", made, False)


def _calculated(r: Reader, at: int, left: Part, op: str, op_span: Span, right: Part, span: Span) -> Part:
    kinds = {left.kind, right.kind}
    if right.kind not in _VALUES:
        _refused(r, at, "a number" if left.kind != "metrics" else "a number, or a metrics query in parentheses", right)
    if "metrics" in kinds and kinds & {"scalar", "scalars"}:
        _refused(r, at, "a number, or a metrics query in parentheses", right)
    if kinds & {"scalar", "scalars"}:
        if "scalars" in kinds:
            return Part("scalars", left.node if left.kind == "scalars" else right.node, False)
        made = Binary(op=op, left=left.value, right=right.value, op_span=op_span, span=span)
        return Part("scalar", made, False)
    if op in "%^":
        hint = "metrics and numbers have + - * /"
        raise Refusal(f'"{op}" does not calculate outside of braces', op_span, hint)
    for part in (left, right):
        if part.kind == "constant" and _is_duration(part.node):
            hint = "write the result: 2s, or in seconds 2"
            raise Refusal("a duration stands in arithmetic outside of braces", span, hint)
    if "metrics" in kinds:
        math = Math(op=op, left=left.operand, right=right.operand, op_span=op_span, span=span)
        return Part("metrics", math, False)
    if op == "/" and isinstance(amount(left.node), int) and _is_zero(amount(right.node)):
        raise Refusal("a whole number is divided by zero", span, "divide by another number")
    both = Binary(op=op, left=left.value, right=right.value, op_span=op_span, span=span)
    return Part("constant", both, False)


def _is_zero(number: int | float) -> bool:
    return isinstance(number, int) and number == 0


def _is_duration(node: PartNode | Expr) -> bool:
    while isinstance(node, Unary):
        node = node.operand
    return isinstance(node, Constant) and node.type == "duration"


def _refused(r: Reader, at: int, expected: str, found: Part) -> NoReturn:
    span = (r.tokens[at].start, r.end)
    raise Refusal(f"found {_WHAT[found.kind]}, expected {expected}", span, "both sides of an operator must be of one kind")


def _unsupported(span: Span) -> NoReturn:
    hint = "write the aggregate alone on the left and a number on the right: | count() > 2"
    raise Refusal("Tempo does not support arithmetic of aggregates yet", span, hint, "unsupported")
