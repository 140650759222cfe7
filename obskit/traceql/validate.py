"""What Tempo refuses after it has read a query: types, limits, and what it does not support yet."""

from __future__ import annotations

from obskit.traceql.refusal import Refusal, shown
from obskit.traceql.tree import (
    Aggregate,
    Binary,
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
    ValueType,
)
from obskit.traceql.words import ARITHMETIC, COMPARISONS, LOGICAL, REGEXES

_NUMERIC = frozenset({"int", "float", "duration"})
_ANY = frozenset({"attribute", "nil"})
_ORDERED = _NUMERIC | {"string"}
_SUITS = (
    dict.fromkeys(COMPARISONS - {"=", "!="}, _ORDERED)
    | dict.fromkeys(REGEXES, frozenset({"string"}))
    | dict.fromkeys(ARITHMETIC, _NUMERIC)
    | dict.fromkeys(LOGICAL, frozenset({"bool"}))
)
_MOST_LABELS, _MOST_LABELS_OF = 5, {"avg_over_time": 4, "quantile_over_time": 4, "histogram_over_time": 4}
_MOST_VALUES = 1000


def validate(query: Query) -> None:
    """Raises Refusal for the first thing Tempo would refuse."""
    root = query.root
    if isinstance(root, MetricsQuery):
        _metrics(root, alone=True)
    elif isinstance(root, MathQuery):
        _math(root.expr)
        _seconds(root.seconds)
    else:
        _stage(root)


def _math(node: MathOperand) -> None:
    if isinstance(node, Math):
        _math(node.left)
        _math(node.right)
    elif isinstance(node, MetricsQuery):
        _metrics(node, alone=False)


def _metrics(query: MetricsQuery, alone: bool) -> None:
    _stage(query.pipeline)
    stage = query.stage
    if stage.filter is not None:
        _stage(stage.filter)
    if stage.function == "compare":
        _compare(stage)
        if query.seconds or not alone:
            span = query.seconds[0].span if query.seconds else stage.span
            raise _invalid("compare stands alone: nothing limits, filters or calculates with it", span, "take away what is around it")
    if stage.function == "quantile_over_time":
        for number in stage.numbers:
            if not isinstance(number.value, int | float) or not 0 <= number.value <= 1:
                raise _invalid("the quantile is not between 0 and 1", number.span, "write the 95th percentile as 0.95")
    most = _MOST_LABELS_OF.get(stage.function, _MOST_LABELS)
    if len(stage.by) > most:
        message = f"{stage.function} is grouped by {len(stage.by)} fields, and Tempo supports {most}"
        raise Refusal(message, stage.by[most].span, "take fields away", "unsupported")
    _seconds(query.seconds)


def _compare(stage: MetricsStage) -> None:
    numbers = [number.value for number in stage.numbers if isinstance(number.value, int)]
    if numbers and not 1 <= numbers[0] <= _MOST_VALUES:
        hint = "write a number from 1 to 1000"
        raise _invalid(f"compare has 1 to {_MOST_VALUES} values, not {numbers[0]}", stage.numbers[0].span, hint)
    if len(numbers) == 3 and not (numbers[1] == numbers[2] == 0 or 0 < numbers[1] < numbers[2]):
        hint = "write start and end in nanoseconds since 1970, the end later, or 0, 0"
        raise _invalid("the start of compare is not before its end", (stage.numbers[1].span[0], stage.numbers[2].span[1]), hint)


def _seconds(seconds: tuple[Second, ...]) -> None:
    for second in seconds:
        if isinstance(second, Limit) and second.count < 1:
            raise _invalid(f"{second.function} keeps {second.count} series", second.span, "write 1 or more")


def _stage(stage: Stage | Pipeline) -> None:
    if isinstance(stage, Pipeline):
        for part in stage.stages:
            _stage(part)
    elif isinstance(stage, SpansetOp):
        _stage(stage.left)
        _stage(stage.right)
    elif isinstance(stage, Filter):
        _filter(stage)
    elif isinstance(stage, ScalarFilter):
        _scalar(stage)
    elif isinstance(stage, GroupStage):
        _type(stage.expr)
        if not has_field(stage.expr):
            raise _invalid("by() has no field", stage.expr.span, "group by a field: by(span.name)")
    elif isinstance(stage, SelectStage):
        for one in stage.fields:
            _type(one)


def _filter(stage: Filter) -> None:
    if stage.expr is None:
        return
    kind = _type(stage.expr)
    if kind not in ("bool", "attribute"):
        span = stage.expr.span
        raise _invalid(f"the filter is {_a(kind)} and no condition", span, f"compare it: {_example(stage.expr, kind)}")


def _scalar(stage: ScalarFilter) -> None:
    _operand(stage.left)
    _operand(stage.right)
    if not isinstance(stage.left, Aggregate) or _has_aggregate(stage.right):
        hint = "write the aggregate alone on the left and a number on the right: | count() > 2"
        raise Refusal("Tempo supports only an aggregate compared with a number", stage.span, hint, "unsupported")


def _operand(node: Expr) -> None:
    if isinstance(node, Binary):
        _operand(node.left)
        _operand(node.right)
    elif isinstance(node, Aggregate) and node.argument is not None:
        kind = _type(node.argument)
        if kind not in _NUMERIC | {"attribute"}:
            hint = "give it a number, a duration or an attribute"
            raise _invalid(f"{node.function} of {_a(kind)}", node.argument.span, hint)
        if not has_field(node.argument):
            hint = "give it a field; to count spans write count()"
            raise _invalid(f"{node.function} has no field", node.argument.span, hint)


def _has_aggregate(node: Expr) -> bool:
    if isinstance(node, Binary):
        return _has_aggregate(node.left) or _has_aggregate(node.right)
    return isinstance(node, Aggregate)


def has_field(node: Expr) -> bool:
    """Whether a field occurs in an expression."""
    if isinstance(node, Binary):
        return has_field(node.left) or has_field(node.right)
    return has_field(node.operand) if isinstance(node, Unary) else isinstance(node, Field)


def type_of(node: Expr) -> ValueType:
    """The type of an expression, as Tempo sees it; an aggregate is a float."""
    if isinstance(node, Field | Constant):
        return node.type
    if isinstance(node, Unary):
        return type_of(node.operand)
    if isinstance(node, Binary):
        if node.op not in ARITHMETIC:
            return "bool"
        left = type_of(node.left)
        return type_of(node.right) if left == "attribute" else left
    return "float"


def _type(node: Expr) -> ValueType:
    """The type of an expression whose parts are looked at one by one."""
    if isinstance(node, Field):
        if node.is_parent:
            hint = "join two filters: { the parent } > { the child }"
            raise Refusal(f"Tempo does not support {shown(str(node))} here yet", node.span, hint, "unsupported")
        return node.type
    if isinstance(node, Constant):
        return node.type
    if isinstance(node, Unary):
        kind = _type(node.operand)
        if kind not in (_NUMERIC if node.op == "-" else ("bool",)) and kind != "attribute":
            hint = 'only conditions have a "!"' if node.op == "!" else "only numbers, durations and attributes can be negative"
            raise _invalid(f'"{node.op}" stands before {_a(kind)}', node.span, hint)
        return kind
    return _binary(node) if isinstance(node, Binary) else "float"


def _binary(node: Binary) -> ValueType:
    left, right, op = _type(node.left), _type(node.right), node.op
    if left != right and not (left in _NUMERIC and right in _NUMERIC) and left not in _ANY and right not in _ANY:
        raise _unlike(node, left, right)
    suits = _SUITS.get(op)
    if suits is not None:
        for kind, side in ((left, node.left), (right, node.right)):
            if kind not in suits and kind not in _ANY:
                raise _unsuited(op, kind, side.span)
    if op in REGEXES:
        _regex(node)
    elif op == "=" and right == "nil":
        _never_nil(node.left)
    if op in ARITHMETIC:
        return right if left == "attribute" else left
    return "bool"


def _regex(node: Binary) -> None:
    if not (isinstance(node.right, Constant) and isinstance(node.right.value, str) and node.right.type == "string"):
        raise _invalid(f'"{node.op}" has no regex on its right', node.right.span, 'write the regex as a string: =~ "a|b"')
    from obskit.traceql.regex import fault

    wrong = fault(node.right.value)
    if wrong:
        message, hint = wrong
        raise _invalid(f"the regex {shown(node.right.value)} {message}", node.right.span, hint)


def _never_nil(node: Expr) -> None:
    if isinstance(node, Field) and (node.scope == "intrinsic" or (node.scope == "resource" and node.name == "service.name")):
        raise _invalid(f"{shown(str(node))} is never nil", node.span, "every span has it; remove the condition")


def _invalid(message: str, span: tuple[int, int], hint: str) -> Refusal:
    return Refusal(message, span, hint, "validation")


def _unlike(node: Binary, left: ValueType, right: ValueType) -> Refusal:
    from obskit.traceql.advice import unlike  # only what fails pays for its explanation

    verb = "joins" if node.op in LOGICAL else "calculates with" if node.op in ARITHMETIC else "compares"
    return _invalid(f'"{node.op}" {verb} {_a(left)} and {_a(right)}', node.span, unlike(node, left, right))


def _unsuited(op: str, kind: ValueType, span: tuple[int, int]) -> Refusal:
    from obskit.traceql.advice import unsuited

    return _invalid(f'"{op}" does not take {_a(kind)}', span, unsuited(op, kind))


def _a(kind: ValueType) -> str:
    from obskit.traceql.advice import NOUNS

    return NOUNS[kind]


def _example(node: Expr, kind: ValueType) -> str:
    from obskit.traceql.advice import example

    return example(node, kind)
