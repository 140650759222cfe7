"""A PromQL tree told in words: an indented list, the outermost operator first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from obskit.catalog import Quantity, units
from obskit.duration import Duration
from obskit.render.docs._markdown import code
from obskit.semantics import Aggregate, Binary, Call, Length, Negated, Node, Number, Read, Subquery, Text

COMPARED = {">": "above", "<": "below", ">=": "at or above", "<=": "at or below", "==": "exactly", "!=": "other than"}
_JOINED = {
    "+": "the sum of both:",
    "-": "the first less the second:",
    "*": "the product of both:",
    "/": "the first divided by the second:",
    "%": "the rest of the first divided by the second:",
    "^": "the first to the power of the second:",
    "and": "the first, where the second has an answer too:",
    "or": "the first, and what the second answers besides:",
    "unless": "the first, where the second has no answer:",
}
_OVER = {
    "rate": "per-second rate",
    "irate": "per-second rate between the last two samples",
    "increase": "growth",
    "delta": "change",
    "deriv": "slope per second",
    "changes": "number of changes",
    "resets": "number of resets",
    "avg_over_time": "mean",
    "sum_over_time": "sum",
    "min_over_time": "least value",
    "max_over_time": "greatest value",
    "count_over_time": "number of samples",
    "last_over_time": "last value",
    "stddev_over_time": "standard deviation",
    "stdvar_over_time": "variance",
}
_OPERATIONS = {"avg": "mean", "min": "least", "max": "greatest", "count": "number of series", "stddev": "standard deviation"}
_OPERATORS = {"=": "is", "!=": "is not", "=~": "matches", "!~": "does not match"}


class Line(NamedTuple):
    """One line of the list; `depth` 0 is the outermost."""

    depth: int
    text: str


def told(node: Node) -> tuple[Line, ...]:
    """The whole query, a line for each operator and each thing it joins."""
    return tuple(_lines(node, 0))


def number(value: float, unit: Quantity | None) -> str:
    """A number as people say it in its unit: 0.1 as a ratio is 10 %."""
    plain = f"{value:.15g}"
    if unit is None or unit.unit in (units.NONE, units.COUNT, units.BOOLEAN):
        return plain
    if unit.unit == units.RATIO:
        return f"{plain} ({100 * value:.12g} %)"
    if unit.unit.suffix == "seconds" and not unit.per and value >= 1 and float(value * 1000).is_integer():
        return f"{plain} s" if value < 60 else f"{plain} s ({Duration(int(value * 1000))})"
    return f"{plain} {amount(unit)}"


def amount(unit: Quantity) -> str:
    """A unit as people say it, also per second or per hour."""
    return unit.unit.name + {"s": " per second", "h": " per hour"}.get(unit.per, "")


def fixed(node: Node) -> float | None:
    """The one value that a scalar always has, None where it has more."""
    low, high = node.value.low, node.value.high
    return low if node.value.kind == "scalar" and low is not None and low == high else None


def _lines(node: Node, depth: int) -> Iterator[Line]:
    text, below = _head(node)
    yield Line(depth, text)
    for inner in below:
        yield from _lines(inner, depth + 1)


def _head(node: Node) -> tuple[str, tuple[Node, ...]]:
    """The line of a node, and the nodes that need lines of their own below it."""
    if isinstance(node, Binary):
        return _binary(node)
    if isinstance(node, Aggregate):
        return _around(_aggregation(node), node.operand)
    if isinstance(node, Call):
        return _called(node)
    if isinstance(node, Subquery):
        step = f", looked at every {_length(node.step)}" if node.step else ""
        when = f"{found}," if (found := _when(node)) else ""
        return _around(f"the last {_length(node.window)}{step}{when} of", node.parts[0])
    if isinstance(node, Negated):
        return _around("the negative of", node.parts[0])
    if isinstance(node, Read):
        return _read(node), ()
    if isinstance(node, Number):
        return f"{node.number:.15g}", ()
    return (code(node.text) if isinstance(node, Text) else "a value"), ()


def _around(said: str, inner: Node) -> tuple[str, tuple[Node, ...]]:
    """What is done to `inner`, in one line with it unless it joins things."""
    text, below = _head(inner)
    return (f"{said} {text}", below) if not isinstance(inner, Binary) else (f"{said}:", (inner,))


def _binary(node: Binary) -> tuple[str, tuple[Node, ...]]:
    if node.operator in COMPARED:
        asks = "1 where it is" if node.returns_bool else "only where it is"
        if (constant := fixed(node.right)) is not None:
            limit = number(constant, node.left.value.unit)
            return f"{asks} {COMPARED[node.operator]} {limit}:", (node.left,)
        return f"the first, {asks} {COMPARED[node.operator]} the second{_paired(node)}:", node.parts
    if node.operator in ("*", "/") and (constant := fixed(node.right)) is not None:
        return f"{constant:.15g} times:" if node.operator == "*" else f"divided by {constant:.15g}:", (node.left,)
    said = _JOINED.get(node.operator, f"{code(node.operator)} of both:")
    return said.removesuffix(":") + _paired(node) + ":", node.parts


def _paired(node: Binary) -> str:
    matching = node.matching
    if matching.on:
        return f" (paired by {_names(matching.on)})"
    if matching.on is not None:
        return " (whatever the labels)"
    return f" (paired by all labels but {_names(matching.ignoring)})" if matching.ignoring else ""


def _aggregation(node: Aggregate) -> str:
    operation = _OPERATIONS.get(node.operation, node.operation)
    limit = node.parts[0] if len(node.parts) > 1 else None
    if node.operation in ("topk", "bottomk") and isinstance(limit, Number):
        operation = f"{limit.number:.15g} {'greatest' if node.operation == 'topk' else 'least'}"
    elif node.operation == "quantile" and isinstance(limit, Number):
        operation = _percentile(limit.number)
    if node.by:
        return f"the {operation} per {_names(node.by)} of"
    if node.without is not None:
        return f"the {operation}, all labels kept{f' but {_names(node.without)}' if node.without else ''}, of"
    return f"the {operation} over all of"


def _called(node: Call) -> tuple[str, tuple[Node, ...]]:
    function, parts = node.function, node.parts
    if function in _OVER and len(parts) == 1:
        return _windowed(f"the {_OVER[function]}", parts[0])
    told_by: dict[str, Callable[[], tuple[str, tuple[Node, ...]]]] = {
        "absent": lambda: _around("1 if there is no", parts[0]),
        "absent_over_time": lambda: _windowed("1 if there was no", parts[0]),
        "abs": lambda: _around("the amount of", parts[0]),
        "time": lambda: ("the present time", ()),
        "vector": lambda: _head(parts[0]),
    }
    if function in told_by:
        return told_by[function]()
    if function in ("histogram_quantile", "quantile_over_time") and isinstance(parts[0], Number):
        said = f"the {_percentile(parts[0].number)}"
        return _around(f"{said} of", parts[1]) if function == "histogram_quantile" else _windowed(said, parts[1])
    if function == "predict_linear" and (seconds := fixed(parts[1])) is not None and seconds >= 0:
        ahead = Duration(int(seconds * 1000))
        return _windowed(f"the value in {ahead}, if it goes on as", parts[0])
    if len(parts) == 1:
        return _around(f"{code(function)} of", parts[0])
    return f"{code(function)} of:", parts


def _windowed(said: str, inner: Node) -> tuple[str, tuple[Node, ...]]:
    """What is done over a window; a subquery says its own."""
    if isinstance(inner, Read) and inner.window is not None:
        return f"{said} over {_length(inner.window)} of {_read(inner)}", ()
    return _around(f"{said} over", inner)


def _read(node: Read) -> str:
    name = code(node.name) if node.name else "all series"
    matchers = [
        f"{code(matcher.label)} {_OPERATORS.get(matcher.op, matcher.op)} {code(matcher.value) if matcher.value else 'empty'}"
        for matcher in node.selector.matchers
        if matcher.label is not None and matcher.value is not None
    ]
    return name + (f" where {' and '.join(matchers)}" if matchers else "") + _when(node)


def _when(node: Read | Subquery) -> str:
    """At which time it looks, where that is not the present."""
    shift = node.offset.milliseconds if node.offset is not None else 0
    ago = str(Duration(abs(shift))) if shift else ""
    if node.fixed:
        pinned = "the time that `@` sets"
        return f", {ago} {'before' if shift > 0 else 'after'} {pinned}" if ago else f", at {pinned}"
    return f", {ago} {'ago' if shift > 0 else 'later'}" if ago else ""


def _length(length: Length) -> str:
    return "a chosen time" if length.variable else str(Duration(length.milliseconds))


def _percentile(q: float) -> str:
    percent = f"{100 * q:.10g}"
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(percent[-1], "th") if percent[-2:] not in ("11", "12", "13") else "th"
    return "median" if q == 0.5 else f"{percent}{ending} percentile"


def _names(labels: tuple[str, ...]) -> str:
    return ", ".join(code(label) for label in labels)
