"""A TraceQL calculation with a field that is no number.

`sum_over_time(status)` and an average of a text are accepted and give nothing: the panel is empty. Count spans, or measure a
field that is a number.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Names", traceql("{ } | max_over_time(name)"))])

Bad:
    model = SpanAttribute("cost.model", help="Model.", service=shop, type="string")
    board = dashboard("Shop", uid="shop", panels=[timeseries("Models", traceql("{ } | avg_over_time(span.cost.model)"))])

Good:
    model = SpanAttribute("cost.model", help="Model.", service=shop, type="string")
    board = dashboard("Shop", uid="shop", panels=[timeseries("Models", traceql("{ } | count_over_time() by (span.cost.model)"))])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Traced
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.spans import attributes, measured
from obskit.lint.telling import told
from obskit.traceql import Aggregate, Field, walk

LEVEL: Severity = "error"

_NO_NUMBERS = ("string", "bool", "status", "kind")
_NOUNS = {"string": "text", "bool": "true or false", "status": "a status", "kind": "a span kind"}


def check(analysed: Analysed) -> Iterator[Problem]:
    """Arguments of metrics functions and aggregates that are certainly no numbers."""
    for one in analysed.traces:
        for function, field in _measured(one):
            kind = _kind(analysed, one, field)
            if kind:
                written = one.text[field.span[0] : field.span[1]]
                message = f'"{written}" is {_NOUNS[kind]}: {function} gives nothing'
                yield told(one, message, field.span, f"count_over_time() by ({written}) counts its values")


def _measured(one: Traced) -> Iterator[tuple[str, Field]]:
    tree = one.parsed.tree
    if tree is None:
        return
    if tree.is_metrics:
        for query in measured(tree):
            if query.stage.field is not None:
                yield query.stage.function, query.stage.field
    else:
        for node in walk(tree) if "(" in one.text else ():
            if isinstance(node, Aggregate) and isinstance(node.argument, Field):
                yield node.function, node.argument


def _kind(analysed: Analysed, one: Traced, field: Field) -> str:
    if field.scope == "intrinsic":
        return field.type if field.type in _NO_NUMBERS else ""
    types = {attribute.type for attribute in attributes(analysed, one, field)}
    return sorted(types)[0] if types and types <= set(_NO_NUMBERS) else ""
