"""A TraceQL query compares a span attribute with a value of another type.

Tempo converts nothing: `span.latency.ms > "100"` and `span.cached = "true"` match no span, and the panel is empty.

Bad:
    latency = SpanAttribute("latency.ms", help="Latency.", service=shop, type="int", unit=units.MILLISECONDS)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Slow", traceql('{ span.latency.ms > "100" } | rate()'))])

Bad:
    cached = SpanAttribute("cached", help="Whether.", service=shop, type="bool")
    board = dashboard("Shop", uid="shop", panels=[timeseries("Cached", traceql('{ span.cached = "true" } | rate()'))])

Good:
    latency = SpanAttribute("latency.ms", help="Latency.", service=shop, type="int", unit=units.MILLISECONDS)
    cached = SpanAttribute("cached", help="Whether.", service=shop, type="bool")
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Slow", traceql("{ span.latency.ms > 99.5 && span.cached = true } | rate()")),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from obskit.analysis import Analysed, Traced
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.spans import attributes, compared
from obskit.lint.telling import told
from obskit.traceql import Comparison

if TYPE_CHECKING:
    from obskit.catalog import SpanAttribute

LEVEL: Severity = "error"

_NUMBERS = ("int", "float", "duration")
_TAKES = {"int": _NUMBERS, "float": _NUMBERS, "string": ("string",), "bool": ("bool",)}
_SPOKEN = {"int": "a whole number", "float": "a number", "string": "text", "bool": "true or false", "duration": "a duration"}
_EXAMPLES = {"int": "1", "float": "0.5", "string": '"…"', "bool": "true"}


def check(analysed: Analysed) -> Iterator[Problem]:
    """Comparisons whose literal fits no attribute that the field can be."""
    for one in analysed.traces if analysed.attributes else ():
        if one.parsed.tree is None or not any(field.name in analysed.attributes for field in one.parsed.fields):
            continue
        for comparison in compared(one.parsed.tree, analysed.attributes):
            kind = comparison.value.type
            if all(kind in _TAKES[attribute.type] for attribute in analysed.attributes.get(comparison.field.name, ())):
                continue
            found = attributes(analysed, one, comparison.field)
            if found and not any(kind in _TAKES[attribute.type] for attribute in found) and not _varies(one, comparison):
                own = found[0]
                message = f'span attribute "{own.name}" is {_SPOKEN[own.type]}, and is compared with {_SPOKEN.get(kind, f"a {kind}")}'
                yield told(one, message, comparison.value.span, _hint(one, comparison, own))


def _varies(one: Traced, comparison: Comparison) -> bool:
    """Whether a variable decides of what type the value is; in quotes it is text, whatever it holds."""
    start = comparison.value.span[0]
    return one.text[start : start + 1] not in ('"', "`") and bool(one.parsed.variables_in(comparison.value.span))


def _hint(one: Traced, comparison: Comparison, attribute: SpanAttribute) -> str:
    start, end = comparison.value.span
    written = one.text[start:end]
    value = comparison.value.value
    text = value if isinstance(value, str) else ""
    fits = text in ("true", "false") if attribute.type == "bool" else text.lstrip("-").replace(".", "", 1).isdecimal()
    if attribute.type == "string":
        right = f'"{written}"' if comparison.op in ("=", "!=") else _EXAMPLES["string"]
    else:
        right = text if fits else _EXAMPLES[attribute.type]
    op = comparison.op if comparison.op not in ("=~", "!~") else {"=~": "=", "!~": "!="}[comparison.op]
    return f"write {comparison.field} {op} {right}"
