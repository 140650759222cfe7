"""A TraceQL query asks for a span attribute that is deprecated.

It works today. The declaration says what to use instead, and the attribute will go one day.

Bad:
    old = SpanAttribute("price", help="Cost.", service=shop, type="float", deprecated="use cost.usd")
    board = dashboard("Shop", uid="shop", panels=[timeseries("Cost", traceql("{ span.price != nil } | avg_over_time(span.price)"))])

Good:
    cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Cost", traceql("{ span.cost.usd != nil } | avg_over_time(span.cost.usd)"))])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.spans import attributes
from obskit.lint.telling import told

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Fields whose every declaration is deprecated, each once a query."""
    old = {name for name, found in analysed.attributes.items() if any(attribute.deprecated for attribute in found)}
    for one in analysed.traces if old else ():
        seen: set[str] = set()
        for field in one.parsed.fields:
            found = attributes(analysed, one, field) if field.name in old and field.name not in seen else ()
            if found and all(attribute.deprecated for attribute in found):
                seen.add(field.name)
                yield told(one, f'span attribute "{field.name}" is deprecated', field.span, found[0].deprecated)
