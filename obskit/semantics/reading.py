"""A parsed query becomes a tree of nodes that know what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from math import isfinite
from typing import Any, TypeVar

from obskit.promql import Parsed, Selector, is_sentinel, nodes
from obskit.semantics.aggregates import aggregated
from obskit.semantics.binaries import joined
from obskit.semantics.bounds import negated
from obskit.semantics.calls import called
from obskit.semantics.labels import NONE, Labels
from obskit.semantics.meaning import Meaning
from obskit.semantics.nodes import Aggregate, Binary, Call, Length, Matching, Negated, Node, Number, Read, Subquery, Text
from obskit.semantics.series import Series
from obskit.semantics.value import SCALAR, TEXT, UNKNOWN, Value

Lookup = Callable[[str], Series | None]
"""From a metric's name to what is known of it."""

_Kind = TypeVar("_Kind", bound=Node)
_MATCHING = Matching()
_VARIES = re.compile(r"(?:^|[\s(,=<>+*/%^-])(?:\$|\[\[)")
"""A variable that may stand for more than a duration or a part of a string or a name."""


def meaning(parsed: Parsed, lookup: Lookup) -> Meaning | None:
    """The meaning of a query and of each node of it; None for a query that has no tree. Takes any depth."""
    if parsed.ast is None:
        return None
    reader = _Reader(parsed, lookup)
    for ast in reversed(nodes(parsed.ast)):
        _READS[type(ast).__name__](reader, ast)
    return Meaning(
        reader.stack.pop(),
        tuple(reversed(reader.reads)),
        tuple(reversed(reader.calls)),
        tuple(reversed(reader.aggregates)),
        tuple(reversed(reader.binaries)),
        tuple(reversed(reader.subqueries)),
    )


class _Reader:
    """The nodes read so far; those of the rightmost subtrees come first, so what is on top is what stands leftmost."""

    def __init__(self, parsed: Parsed, lookup: Lookup) -> None:
        self.stack: list[Node] = []
        self.reads: list[Read] = []
        self.calls: list[Call] = []
        self.aggregates: list[Aggregate] = []
        self.binaries: list[Binary] = []
        self.subqueries: list[Subquery] = []
        self.lookup = lookup
        self.selectors = parsed.selectors
        self.left = len(parsed.selectors)
        slots = {use.slot for use in parsed.variables} if _VARIES.search(parsed.text) else set()
        self.loose_numbers = not slots.isdisjoint(("number", "quantile", "name"))
        self.loose_functions = not slots.isdisjoint(("function", "range function"))
        self.loose_labels = "label" in slots

    def made(self, node: _Kind, kind: list[_Kind]) -> None:
        self.stack.append(node)
        kind.append(node)

    def taken(self, count: int) -> tuple[Node, ...]:
        pop = self.stack.pop
        return tuple([pop() for _ in range(count)])


def _selector(reader: _Reader, ast: Any) -> None:
    reader.left -= 1
    selector: Selector = reader.selectors[reader.left]
    series = reader.lookup(selector.name) if selector.name is not None else None
    if series is None:
        labels = UNKNOWN.labels.matched(selector.matchers) if selector.matchers else UNKNOWN.labels
        value = Value("vector", labels=labels)
    else:
        labels = series.labels.matched(selector.matchers) if selector.matchers else series.labels
        low, high = series.bounds
        value = Value("vector", series.type, series.unit, labels, low, high, (False, False), series, series.merged)
    found = Read(value, (), selector, series, None, _length(ast.offset), reader.left, ast.at is not None)
    reader.made(found, reader.reads)


def _range(reader: _Reader, ast: Any) -> None:
    of = reader.stack.pop()
    assert isinstance(of, Read)
    value = of.value
    ranged = Value("matrix", value.type, value.unit, value.labels, value.low, value.high, value.inside, value.source, value.merged)
    found = Read(ranged, (), of.selector, of.series, _length(ast.range), of.offset, of.position, of.fixed)
    reader.stack.append(found)
    reader.reads[-1] = found


def _subquery(reader: _Reader, ast: Any) -> None:
    (of,) = reader.taken(1)
    value = of.value
    ranged = Value("matrix", value.type, value.unit, value.labels, value.low, value.high, value.inside, value.source, value.merged)
    window = _length(ast.range)
    assert window is not None
    fixed = ast.at is not None
    reader.made(Subquery(ranged, (of,), window, _length(ast.step), _length(ast.offset), fixed), reader.subqueries)


def _call(reader: _Reader, ast: Any) -> None:
    parts = reader.taken(len(ast.args))
    function = ast.func.name
    reader.made(Call(UNKNOWN if reader.loose_functions else called(function, parts), parts, function), reader.calls)


def _aggregate(reader: _Reader, ast: Any) -> None:
    parts = reader.taken(1 if ast.param is None else 2)
    operation = str(ast.op)
    by = without = None
    modifier = ast.modifier
    if modifier is not None:
        if str(modifier.type) == "AggModifierType.By":
            by = tuple(modifier.labels)
        else:
            without = tuple(modifier.labels)
    value = UNKNOWN if reader.loose_functions else aggregated(operation, parts, by, without)
    if reader.loose_labels and modifier is not None:
        by, without = (None if by is None else ()), (None if without is None else ())
        value = value._replace(labels=Labels(value.labels.names, True))
    reader.made(Aggregate(value, parts, operation, by, without), reader.aggregates)


def _binary(reader: _Reader, ast: Any) -> None:
    parts = reader.taken(2)
    operator, modifier = str(ast.op), ast.modifier
    matching, returns_bool = _MATCHING, False
    if modifier is not None:
        matching, returns_bool = _matched(modifier), modifier.return_bool
        if reader.loose_labels:
            matching = Matching(matching.on and (), matching.ignoring and (), matching.group)
    value = joined(operator, parts[0], parts[1], matching, returns_bool)
    reader.made(Binary(value, parts, operator, matching, returns_bool), reader.binaries)


def _matched(modifier: Any) -> Matching:
    card, labels = str(modifier.card), modifier.matching
    group = {"VectorMatchCardinality.ManyToOne": "group_left", "VectorMatchCardinality.OneToMany": "group_right"}.get(card, "")
    on = ignoring = None
    if labels is not None:
        if str(labels.type) == "LabelModifierType.Include":
            on = tuple(labels.labels)
        else:
            ignoring = tuple(labels.labels)
    return Matching(on, ignoring, group, tuple(modifier.group_labels or ()) if group else ())


def _unary(reader: _Reader, ast: Any) -> None:  # noqa: ARG001  # the same call for every kind of node
    (of,) = reader.taken(1)
    value = of.value
    low, high = negated(value)
    turned = Value(value.kind, value.type, value.unit, value.labels, low, high, (False, False), value.source, value.merged)
    reader.stack.append(Number(turned, (), -of.number, of.variable) if isinstance(of, Number) else Negated(turned, (of,)))


def _number(reader: _Reader, ast: Any) -> None:
    number = ast.val
    if reader.loose_numbers:
        reader.stack.append(Number(SCALAR, (), number, True))
    else:
        known = number if isfinite(number) else None
        reader.stack.append(Number(Value("scalar", labels=NONE, low=known, high=known), (), number))


def _text(reader: _Reader, ast: Any) -> None:
    reader.stack.append(Text(TEXT, (), ast.val))


def _paren(reader: _Reader, ast: Any) -> None:
    pass


def _length(given: timedelta | None) -> Length | None:
    if given is None:
        return None
    milliseconds = (given.days * 86_400 + given.seconds) * 1000 + given.microseconds // 1000
    return Length(0, True) if is_sentinel(abs(milliseconds)) else Length(milliseconds)


_READS: dict[str, Callable[[_Reader, Any], None]] = {
    "VectorSelector": _selector,
    "MatrixSelector": _range,
    "SubqueryExpr": _subquery,
    "Call": _call,
    "AggregateExpr": _aggregate,
    "BinaryExpr": _binary,
    "UnaryExpr": _unary,
    "ParenExpr": _paren,
    "NumberLiteral": _number,
    "StringLiteral": _text,
}
