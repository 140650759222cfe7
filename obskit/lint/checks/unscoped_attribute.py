"""A TraceQL query asks for an attribute without its scope.

For `.name` Tempo looks into the span and its resource, which reads more columns, and takes the span's where both have it. Say
which is meant: `span.name` or `resource.name`.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", traceql('{ .service.name = "shop" } | rate()'))])

Good:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", traceql('{ resource.service.name = "shop" } | rate()'))])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.names_of_spans import arithmetic, of_resource
from obskit.lint.problem import Problem
from obskit.lint.spans import is_conventional, is_plain
from obskit.lint.telling import told
from obskit.traceql import Field

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Queries with unscoped fields, told at the first of them."""
    for one in analysed.traces:
        fields = list({field.name: field for field in reversed(one.parsed.fields) if not field.scope}.values())[::-1]
        if not fields or not is_plain(one, fields[0]) or arithmetic(analysed, fields[0].name):
            continue
        more = f", and {len(fields) - 1} more" if len(fields) > 1 else ""
        hint = "write " + ", ".join(_scoped(analysed, field) for field in fields[:3])
        yield told(one, f'attribute "{fields[0].name}" has no scope{more}', fields[0].span, hint)


def _scoped(analysed: Analysed, field: Field) -> str:
    written = str(field)
    if of_resource(field.name):
        return f"resource{written}"
    known = field.name in analysed.attributes or is_conventional(field.name)
    return f"span{written}" if known else f"span{written} or resource{written}"
