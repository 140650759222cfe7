"""A duration in TraceQL without its unit, or with one that is not the attribute's.

A bare number beside `duration` is nanoseconds: `duration > 100` lets every span through. The other way round a duration beside an
attribute is a number of nanoseconds: `span.latency.ms > 3s` asks for three billion milliseconds.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Slow", traceql("{ duration > 100 } | rate()"))])

Bad:
    latency = SpanAttribute("latency.ms", help="Latency.", service=shop, type="int", unit=units.MILLISECONDS)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Slow", traceql("{ span.latency.ms > 3s } | rate()"))])

Good:
    latency = SpanAttribute("latency.ms", help="Latency.", service=shop, type="int", unit=units.MILLISECONDS)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Slow", traceql("{ duration > 100ms && span.latency.ms > 3000 } | rate()")),
        timeseries("In nanoseconds", traceql("{ duration > 100000000 && duration != 0 } | rate()")),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from obskit.analysis import Analysed, Traced
from obskit.catalog import units
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.spans import attributes, compared
from obskit.lint.telling import told
from obskit.traceql import Comparison

if TYPE_CHECKING:
    from obskit.catalog import SpanAttribute

LEVEL: Severity = "warning"

_DURATIONS = frozenset(("duration", "traceDuration", "span:duration", "trace:duration", "event:timeSinceStart"))
_MEANT = 1_000_000
"""From a million nanoseconds, a millisecond, on a bare number is taken as meant."""


def check(analysed: Analysed) -> Iterator[Problem]:
    """Comparisons of durations with small bare numbers, and of declared numbers with durations."""
    names = frozenset(name for name, found in analysed.attributes.items() if any(map(_counts_otherwise, found))) | _DURATIONS
    for one in analysed.traces:
        for comparison in compared(one.parsed.tree, names) if one.parsed.tree is not None and _speaks(names, one) else ():
            problem = _problem(analysed, one, comparison)
            if problem is not None and not one.parsed.variables_in(comparison.value.span):
                yield problem


def _speaks(names: frozenset[str], one: Traced) -> bool:
    return any(field.name in names for field in one.parsed.fields)


def _problem(analysed: Analysed, one: Traced, comparison: Comparison) -> Problem | None:
    field, value = comparison.field, comparison.value
    start, end = value.span
    written = one.text[start:end]
    if field.type == "duration":
        if value.type in ("int", "float") and isinstance(value.value, (int, float)) and 0 < abs(value.value) < _MEANT:
            message = f"{written} without a unit is {written} nanoseconds"
            return told(one, message, value.span, f"write {field} {comparison.op} {written}ms, or {written}s")
    elif value.type == "duration":
        found = attributes(analysed, one, field)
        if found and all(_counts_otherwise(attribute) for attribute in found):
            message = f'{written} beside "{field.name}" is its number of nanoseconds, {value.value}'
            return told(one, message, value.span, "write a number in the attribute's unit")
    return None


def _counts_otherwise(attribute: SpanAttribute) -> bool:
    """Whether the attribute is a number in a declared unit other than nanoseconds."""
    return attribute.type in ("int", "float") and attribute.unit != units.NONE and attribute.unit.grafana != "ns"
