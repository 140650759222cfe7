"""A field's name stands in quotes in a TraceQL filter.

`{ "service.name" = "shop" }` compares two texts, which are never equal: it is accepted, and finds nothing. Quotes belong around
values, and within a name only behind its scope: `span."a name"`.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", traceql('{ "service.name" = "shop" } | rate()'))])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Requests", traceql('{ resource.service.name = "shop" && span."a name" = "x" } | rate()')),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.constants import constant_conditions, names_field
from obskit.lint.names_of_spans import of_resource
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.traceql import Binary

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Comparisons of two texts, the first of which looks like a field; those that a variable takes part in are left."""
    for one in analysed.traces:
        if one.parsed.tree is None or ('"' not in one.text and "`" not in one.text):
            continue
        for comparison in constant_conditions(one.parsed.tree):
            name = names_field(comparison)
            if name and isinstance(comparison, Binary) and not one.parsed.variables_in(comparison.span):
                declared = name.removeprefix("span.") in analysed.attributes
                scoped = name.startswith(("span.", "resource.", "."))
                right = name if scoped or "." not in name else f"span.{name}" if declared or not of_resource(name) else f"resource.{name}"
                yield told(one, f'"{name}" in quotes is a text, no field', comparison.left.span, f"write {right} without quotes")
