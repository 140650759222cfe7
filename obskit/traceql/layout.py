"""A query printed in one way: the text that is read as an equal tree."""

from __future__ import annotations

import re

from obskit.traceql.literals import NANOSECONDS
from obskit.traceql.tokens import NAME_ENDS
from obskit.traceql.tree import (
    Aggregate,
    Binary,
    CoalesceStage,
    Constant,
    Expr,
    Field,
    Filter,
    GroupStage,
    Limit,
    Math,
    MathOperand,
    MathQuery,
    MetricsQuery,
    MetricsStage,
    Pipeline,
    Query,
    ScalarFilter,
    Second,
    SelectStage,
    SpansetOp,
    Stage,
    Unary,
)
from obskit.traceql.words import ARITHMETIC, LEVELS, LIMITS, LOGICAL

_QUOTE = re.compile(f'[{NAME_ENDS}"]')
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f\udc80-\udcff]')
_CHAINED = LOGICAL | {"+", "-", "*", "/", "%"}


def canonical(query: Query) -> str:
    """The query on one line, with the parentheses it needs and no more than make it plain."""
    root = query.root
    if isinstance(root, MetricsQuery):
        text = _metrics(root)
    elif isinstance(root, MathQuery):
        inner = _math(root.expr) if isinstance(root.expr, Math) else f"({_metrics(root.expr)})"
        text = inner + _seconds(root.seconds)
    else:
        text = _pipeline(root) if isinstance(root, Pipeline) else _spanset(root)
    if query.hints:
        text += f" with ({', '.join([f'{hint.name}={of_expression(hint.value)}' for hint in query.hints])})"
    return text


def spelling(field: Field) -> str:
    """A field as it is written, its name in quotes where it needs them."""
    if field.scope == "intrinsic":
        return field.name
    name = field.name
    bare = field.scope == "" and name[:1].isdigit()
    prefixed = field.scope == "parent" and name.startswith(("span.", "resource."))
    if not name or bare or prefixed or _QUOTE.search(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{field.scope}.{name}"


def of_expression(node: Expr) -> str:
    """An expression as it stands in braces, in `by()`, in an aggregate or in a comparison."""
    if isinstance(node, Field):
        return spelling(node)
    if isinstance(node, Constant):
        return _constant(node)
    if isinstance(node, Unary):
        return f"{node.op}{_grouped(node.operand, not isinstance(node.operand, Binary | Unary))}"
    if isinstance(node, Aggregate):
        return f"{node.function}({'' if node.argument is None else of_expression(node.argument)})"
    chained = isinstance(node.left, Binary) and node.left.op == node.op and node.op in _CHAINED
    left = _grouped(node.left, chained or _stands(node.left, node.op))
    return f"{left} {node.op} {_grouped(node.right, _stands(node.right, node.op))}"


def _grouped(node: Expr, plain: bool) -> str:
    return of_expression(node) if plain else f"({of_expression(node)})"


def _stands(node: Expr, op: str) -> bool:
    """Whether an operand of `op` needs no parentheses on either side."""
    if isinstance(node, Unary):
        return op not in ARITHMETIC
    return not isinstance(node, Binary) or LEVELS[node.op] > LEVELS[op]


def _constant(node: Constant) -> str:
    value = node.value
    if node.type == "string":
        return f'"{_SPECIAL.sub(_escape, str(value))}"'
    if node.type == "duration" and isinstance(value, int):
        return duration(value)
    if node.type == "int" and value == LIMITS["minInt"]:
        return "minInt"
    if value is None:
        return "nil"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    point = ord(character)
    return _ESCAPED.get(character) or f"\\x{point - 0xDC00 if point > 0xDC00 else point:02x}"


def duration(nanoseconds: int) -> str:
    """A length of time, in whole units from the largest that fits, days at most: `1d12h`, `1ms500us`."""
    units = ("h", "m", "s", "ms", "us", "ns") if nanoseconds % 1_000_000 else ("d", "h", "m", "s", "ms")
    parts, rest = [], nanoseconds
    for unit in units:
        count, rest = divmod(rest, NANOSECONDS[unit])
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def _spanset(node: Stage | Pipeline) -> str:
    """A set of spans; within a wrapped one, every operand in parentheses."""
    if not isinstance(node, SpansetOp):
        return f"({_pipeline(node)})" if isinstance(node, Pipeline) else _stage(node)
    wrapped = is_wrapped(node)
    left, right = _side(node.left, node.op, wrapped, True), _side(node.right, node.op, wrapped, False)
    return f"{left} {node.op} {right}"


def _side(node: Stage | Pipeline, op: str, wrapped: bool, left: bool) -> str:
    chained = isinstance(node, SpansetOp) and left and (node.op == op or (op not in LOGICAL and node.op not in LOGICAL))
    plain = isinstance(node, Pipeline) or chained or not (wrapped or isinstance(node, SpansetOp))
    return _spanset(node) if plain else f"({_spanset(node)})"


def is_wrapped(node: Stage | Pipeline) -> bool:
    """Whether a set of spans begins with a pipeline in parentheses."""
    while isinstance(node, SpansetOp):
        node = node.left
    return isinstance(node, Pipeline)


def _pipeline(node: Pipeline) -> str:
    return " | ".join([_stage(stage) for stage in node.stages])


def _stage(stage: Stage) -> str:
    if isinstance(stage, Filter):
        return "{ }" if stage.expr is None else f"{{ {of_expression(stage.expr)} }}"
    if isinstance(stage, SpansetOp):
        return _spanset(stage)
    if isinstance(stage, ScalarFilter):
        return f"{of_expression(stage.left)} {stage.op} {of_expression(stage.right)}"
    if isinstance(stage, GroupStage):
        return f"by({of_expression(stage.expr)})"
    if isinstance(stage, SelectStage):
        return f"select({_fields(stage.fields)})"
    assert isinstance(stage, CoalesceStage)
    return "coalesce()"


def _fields(fields: tuple[Field, ...]) -> str:
    return ", ".join([spelling(one) for one in fields])


def _metrics(node: MetricsQuery) -> str:
    return f"{_pipeline(node.pipeline)} | {_function(node.stage)}{_seconds(node.seconds)}"


def _function(stage: MetricsStage) -> str:
    given = [] if stage.field is None else [spelling(stage.field)]
    if stage.filter is not None:
        given.append(_stage(stage.filter))
    given += [_constant(number) for number in stage.numbers]
    by = f" by ({_fields(stage.by)})" if stage.by else ""
    return f"{stage.function}({', '.join(given)}){by}"


def _seconds(seconds: tuple[Second, ...]) -> str:
    return "".join(
        [
            f" | {second.function}({second.count})" if isinstance(second, Limit) else f" {second.op} {of_expression(second.value)}"
            for second in seconds
        ]
    )


def _math(node: MathOperand) -> str:
    if not isinstance(node, Math):
        return f"({_metrics(node)})" if isinstance(node, MetricsQuery) else _number(node)
    left, right = _math(node.left), _math(node.right)
    if isinstance(node.left, Math) and node.left.op != node.op:
        left = f"({left})"
    return f"{left} {node.op} {f'({right})' if isinstance(node.right, Math) else right}"


def _number(node: Expr) -> str:
    return of_expression(node) if isinstance(node, Constant) else f"({of_expression(node)})"
