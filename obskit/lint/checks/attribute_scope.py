"""A TraceQL query looks for an attribute on the wrong side: a resource's on spans, or a span's on resources.

`service.name` and what says where a service runs belong to its resource: `span.service.name` finds nothing. An attribute
that the catalogue declares is on spans: `resource.cost.usd` finds nothing either. Without declared span attributes nothing is
told, for some services do write such attributes twice.

Bad:
    cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", traceql('{ span.service.name = "shop" } | rate()'))])

Bad:
    cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Dear", traceql("{ resource.cost.usd > 1 } | rate()"))])

Good:
    cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Dear", traceql('{ resource.service.name = "shop" && span.cost.usd > 1 } | rate() by (resource.cluster)')),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.names_of_spans import foreign_scope
from obskit.lint.problem import Problem
from obskit.lint.spans import declares_attributes, is_plain
from obskit.lint.telling import told

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Fields with a scope that is not theirs, each once a query."""
    if not declares_attributes(analysed):
        return
    for one in analysed.traces:
        seen: set[tuple[str, str]] = set()
        for field in one.parsed.fields:
            right = foreign_scope(analysed, field) if field.scope in ("span", "resource") else ""
            if right and field.identity not in seen and is_plain(one, field):
                seen.add(field.identity)
                what = "the resource" if right == "resource" else "spans"
                yield told(one, f'"{field.name}" is an attribute of {what}', field.span, f"write {right}.{field.name}")
