"""The nodes of a TraceQL query: frozen, compared without their places, every one with its span in the author's text."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as part  # a node has a part of that name
from typing import Literal

from obskit.traceql.words import FIELDS, MEANS

Span = tuple[int, int]
"""Start and end, in characters, of a part of a text."""

ValueType = Literal["attribute", "string", "int", "float", "duration", "bool", "status", "kind", "nil"]
"""attribute: known only when the query runs."""

Scope = Literal[
    "", "span", "resource", "event", "link", "instrumentation", "parent", "parent.span", "parent.resource", "intrinsic"
]  # fmt: skip
"""Empty: written as `.name`, in any scope."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An attribute or an intrinsic. `name` is without scope and quotes; an intrinsic's is as written: `duration`, `span:duration`."""

    scope: Scope
    name: str
    span: Span = part(default=(0, 0), compare=False)

    @property
    def type(self) -> ValueType:
        return FIELDS.get(self.name, "attribute") if self.scope == "intrinsic" else "attribute"

    @property
    def is_parent(self) -> bool:
        """Whether it reads the parent span, which Tempo parses and does not support in filters."""
        return self.scope.startswith("parent") or (self.scope == "intrinsic" and self.name == "parent")

    @property
    def identity(self) -> tuple[str, str]:
        """Scope and name, the same for every spelling of a field: `duration` is `span:duration`."""
        return (self.scope, MEANS.get(self.name, self.name) if self.scope == "intrinsic" else self.name)

    def __str__(self) -> str:
        from obskit.traceql.layout import spelling

        return spelling(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A value written in the query. Durations are whole nanoseconds; status and kind are their words; nil is None."""

    type: ValueType
    value: str | int | float | bool | None
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unary:
    """`-x` or `!x`."""

    op: str
    operand: Expr
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Binary:
    """`left op right`, of fields, constants or aggregates. `nil = x` is read as `x = nil`.

    The span includes the parentheses around the operands, theirs do not: a left operand starts where the whole does
    only when it stands without parentheses.
    """

    op: str
    left: Expr
    right: Expr
    op_span: Span = part(default=(0, 0), compare=False)
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """`count()`, or `min max avg sum` of an expression, over the spans of one trace."""

    function: str
    argument: Expr | None = None
    span: Span = part(default=(0, 0), compare=False)


Expr = Field | Constant | Unary | Binary | Aggregate
"""Aggregates occur only in a `ScalarFilter`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """`{ expr }`; None is `{ }`, every span."""

    expr: Expr | None = None
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpansetOp:
    """Two sets of spans joined by `&&`, `||` or a structural operator. When `left` is or begins with a Pipeline, both sides are wrapped."""

    op: str
    left: Spanset
    right: Spanset
    op_span: Span = part(default=(0, 0), compare=False)
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalarFilter:
    """A stage that keeps traces: `count() > 2`. Tempo supports an aggregate on the left and a constant on the right."""

    op: str
    left: Expr
    right: Expr
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStage:
    """The stage `by(expr)`."""

    expr: Expr
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectStage:
    """The stage `select(field, …)`."""

    fields: tuple[Field, ...]
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoalesceStage:
    """The stage `coalesce()`."""

    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """Stages joined by `|`, at least one."""

    stages: tuple[Stage, ...]
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsStage:
    """A metrics function with what it is given.

    `numbers` are the quantiles, or `compare`'s number of values, start and end (ns). Only `compare` has a `filter`.
    """

    function: str
    field: Field | None = None
    numbers: tuple[Constant, ...] = ()
    by: tuple[Field, ...] = ()
    filter: Filter | None = None
    span: Span = part(default=(0, 0), compare=False)

    @property
    def quantiles(self) -> tuple[float, ...]:
        if self.function != "quantile_over_time":
            return ()
        return tuple([float(number.value) for number in self.numbers if isinstance(number.value, int | float)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A second stage `| topk(n)` or `| bottomk(n)`."""

    function: str
    count: int
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A second stage that drops points: `rate() > 5`."""

    op: str
    value: Expr
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsQuery:
    """`pipeline | function`, and what follows it."""

    pipeline: Pipeline
    stage: MetricsStage
    seconds: tuple[Second, ...] = ()
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Math:
    """Arithmetic of metrics queries and numbers."""

    op: str
    left: MathOperand
    right: MathOperand
    op_span: Span = part(default=(0, 0), compare=False)
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MathQuery:
    """A metrics query in parentheses, or arithmetic of such, and what follows the whole."""

    expr: MetricsQuery | Math
    seconds: tuple[Second, ...] = ()
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """One `name = value` of `with(…)`."""

    name: str
    value: Constant
    span: Span = part(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A whole query; `hints` are those of its last `with(…)`."""

    root: Pipeline | SpansetOp | MetricsQuery | MathQuery
    hints: tuple[Hint, ...] = ()
    span: Span = part(default=(0, 0), compare=False)

    @property
    def is_metrics(self) -> bool:
        return isinstance(self.root, MetricsQuery | MathQuery)


Spanset = Filter | SpansetOp | Pipeline
"""A Pipeline here was written in parentheses."""
Stage = Filter | SpansetOp | ScalarFilter | GroupStage | SelectStage | CoalesceStage
Second = Limit | Threshold
MathOperand = MetricsQuery | Math | Constant | Unary | Binary
Node = Expr | Spanset | Stage | MetricsStage | Second | MetricsQuery | Math | MathQuery | Hint | Query
