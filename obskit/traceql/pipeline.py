"""Pipelines: the stages of a query, metrics functions and what follows them, hints."""

from __future__ import annotations

from obskit.traceql.expressions import constant, expression, field, word
from obskit.traceql.joined import Part, joined
from obskit.traceql.reader import Reader
from obskit.traceql.tree import (
    CoalesceStage,
    Constant,
    Field,
    Filter,
    GroupStage,
    Hint,
    Limit,
    Math,
    MathQuery,
    MetricsQuery,
    MetricsStage,
    Pipeline,
    Query,
    Second,
    SelectStage,
    SpansetOp,
    Stage,
    Threshold,
)
from obskit.traceql.words import COMPARISONS, FIRSTS, KEYWORDS, OVER_FIELD, SCALAR_LEVELS, SECONDS

_MOST_COMPARE = 3


def query(r: Reader) -> Query:
    """The whole query. Raises Refusal."""
    start = r.start
    part = whole(r)
    node = part.node
    root: Pipeline | SpansetOp | MetricsQuery | MathQuery
    if part.kind == "metrics" and isinstance(node, MetricsQuery | Math):
        root = MathQuery(expr=node, seconds=_seconds(r), span=(start, r.end))
    elif part.kind == "spanset" and isinstance(node, Filter | SpansetOp):
        root = Pipeline(stages=(node,), span=(start, r.end))
    elif isinstance(node, Pipeline | SpansetOp | MetricsQuery):
        root = node
    else:
        r.fail("a comparison" if part.kind in ("scalar", "scalars") else "a query")
    hints: tuple[Hint, ...] = ()
    while r.is_word("with"):
        hints = _hints(r)
    if r.kind != "end":
        r.fail("the end of the query" if isinstance(root, SpansetOp) else _after(root))
    return Query(root=root, hints=hints, span=(start, r.end))


def _after(root: Pipeline | MetricsQuery | MathQuery) -> str:
    return '"|" or the end of the query' if isinstance(root, Pipeline) else '"| topk(…)", a comparison or the end of the query'


def whole(r: Reader) -> Part:
    """What a query or a pair of parentheses holds, up to what may not belong to it."""
    start = r.start
    grouped = r.kind == "word" and r.text in ("by", "select")
    part = Part("stage", _stage(r), False) if grouped else joined(r, whole)
    if part.kind not in ("spanset", "stage"):
        return part
    if part.kind == "spanset" and not r.is_op("|"):
        return part
    tallest = r.height
    stages: list[Stage] = [part.stage]
    while r.is_op("|"):
        r.advance()
        if r.kind == "word" and r.text in FIRSTS:
            pipeline = Pipeline(stages=tuple(stages), span=(start, r.tokens[r.at - 2].end))
            stage = _first(r)
            r.height = max(tallest, r.height)
            made = MetricsQuery(pipeline=pipeline, stage=stage, seconds=_seconds(r), span=(start, r.end))
            return Part("query", made, False)
        if r.kind == "word" and r.text in ("by", "select", "coalesce"):
            stages.append(_stage(r))
            r.height = tallest = max(tallest, r.height)
            continue
        if not (r.kind == "word" and r.text in ("count", "avg", "min", "max", "sum")) and r.kind not in ("op", "number"):
            r.fail("a stage")
        further = joined(r, whole)
        if further.kind == "scalar" and r.is_op(")") and r.depth:
            return Part("scalars", further.node, False)
        if further.kind not in ("spanset", "stage"):
            r.fail("a comparison" if further.kind == "scalar" else "a stage")
        r.height = tallest = max(tallest, r.height)
        stages.append(further.stage)
    return Part("pipeline", Pipeline(stages=tuple(stages), span=(start, r.end)), False)


def _stage(r: Reader) -> Stage:
    start, which = r.start, r.text
    r.advance()
    r.expect("(", f'"(" after {which}')
    if which == "coalesce":
        r.expect(")")
        return CoalesceStage(span=(start, r.end))
    if which == "select":
        fields = _fields(r)
        return SelectStage(fields=fields, span=(start, r.end))
    expr = expression(r)
    r.expect(")", '")" or an operator')
    return GroupStage(expr=expr, span=(start, r.end))


def _fields(r: Reader) -> tuple[Field, ...]:
    """Fields separated by commas, and the closing parenthesis."""
    fields = [field(r, "a field")]
    while r.is_op(","):
        r.advance()
        fields.append(field(r, "a field"))
    r.expect(")", '"," or ")"')
    return tuple(fields)


def _first(r: Reader) -> MetricsStage:
    start, function = r.start, r.text
    r.advance()
    r.expect("(", f'"(" after {function}')
    argument: Field | None = None
    numbers: list[Constant] = []
    inner: Filter | None = None
    by: tuple[Field, ...] = ()
    if function in OVER_FIELD or function == "quantile_over_time":
        argument = field(r, "a field")
        if function == "quantile_over_time":
            if not r.is_op(","):
                r.fail('"," and a quantile')
            while r.is_op(","):
                r.advance()
                numbers.append(_number(r, ("int", "float"), "a number from 0 to 1"))
    elif function == "compare":
        if not r.is_op("{"):
            r.fail("a filter in braces")
        only = joined(r, whole, atom=True).node
        inner = only if isinstance(only, Filter) else r.fail("a filter in braces")
        while r.is_op(",") and len(numbers) < _MOST_COMPARE:
            r.advance()
            numbers.append(_number(r, ("int",), "a whole number"))
        if len(numbers) == _MOST_COMPARE - 1:
            r.fail('"," and the end in nanoseconds')
    r.expect(")", _closing(function))
    if r.is_word("by") and function != "compare":
        r.advance()
        r.expect("(", '"(" after by')
        by = _fields(r)
    return MetricsStage(function=function, field=argument, numbers=tuple(numbers), by=by, filter=inner, span=(start, r.end))


def _closing(function: str) -> str:
    return '")"' if function in OVER_FIELD | {"rate", "count_over_time"} else '"," or ")"'


def _number(r: Reader, types: tuple[str, ...], expected: str) -> Constant:
    if r.kind != "number":
        r.fail(expected)
    at = r.at
    made = constant(r)
    if made.type not in types:
        r.at = at
        r.fail(expected)
    return made


def _seconds(r: Reader) -> tuple[Second, ...]:
    found: list[Second] = []
    while r.kind == "op":
        start = r.start
        if r.text in COMPARISONS:
            op = r.text
            r.advance()
            at = r.at
            part = joined(r, whole, above=SCALAR_LEVELS[op])
            if part.kind != "constant":
                r.at = at
                r.fail("a number")
            found.append(Threshold(op=op, value=part.value, span=(start, r.end)))
        elif r.text == "|" and r.tokens[r.at + 1][1] in SECONDS:
            r.advance()
            function = r.text
            r.advance()
            r.expect("(", f'"(" after {function}')
            count = _number(r, ("int",), "a whole number")
            r.expect(")")
            found.append(Limit(function=function, count=int(count.value or 0), span=(start, r.end)))
        else:
            break
    return tuple(found)


def _hints(r: Reader) -> tuple[Hint, ...]:
    r.advance()
    r.expect("(", '"(" after with')
    hints = [_hint(r)]
    while r.is_op(","):
        r.advance()
        hints.append(_hint(r))
    r.expect(")", '"," or ")"')
    return tuple(hints)


def _hint(r: Reader) -> Hint:
    if r.kind != "word" or r.text in KEYWORDS:
        r.fail("the name of a hint")
    start, name = r.start, r.text
    r.advance()
    r.expect("=", '"=" and a value')
    value = constant(r) if r.kind in ("string", "number") else word(r, "a value")
    return Hint(name=name, value=value, span=(start, r.end))
