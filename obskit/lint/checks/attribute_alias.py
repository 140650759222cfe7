"""A TraceQL query asks for a span attribute by an old or foreign name.

Only spans that were written under that name are found: the panel shows part of the truth. The declaration lists such names as
`aliases`; the attribute's own name, and its OpenTelemetry name where it is written too, are what queries should use.

Bad:
    cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD, aliases=("ai.cost",))
    board = dashboard("Shop", uid="shop", panels=[timeseries("Cost", traceql("{ span.ai.cost != nil } | avg_over_time(span.ai.cost)"))])

Good:
    cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD, aliases=("ai.cost",))
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
    """Fields that are only an alias of each attribute they can be, each once a query."""
    aliases = {name for name, found in analysed.attributes.items() if all(name not in (one.name, one.semantic) for one in found)}
    for one in analysed.traces if aliases else ():
        seen: set[str] = set()
        for field in one.parsed.fields:
            found = attributes(analysed, one, field) if field.name in aliases and field.name not in seen else ()
            if found:
                seen.add(field.name)
                right = found[0].name
                yield told(one, f'"{field.name}" is another name of the span attribute "{right}"', field.span, f'write "{right}"')
