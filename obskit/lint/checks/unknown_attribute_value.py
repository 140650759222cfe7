"""A TraceQL query compares a span attribute with a value that it never has.

The panel stays empty and looks healthy. An attribute that declares `values` has those and no others. Each alternative of a plain
regex (`a|b`) counts.

Bad:
    step = SpanAttribute("operation.type", help="Step.", service=shop, type="string", values=("plan", "patch"))
    board = dashboard("Shop", uid="shop", panels=[timeseries("Patches", traceql('{ span.operation.type = "patches" } | rate()'))])

Good:
    step = SpanAttribute("operation.type", help="Step.", service=shop, type="string", values=("plan", "patch"))
    board = dashboard("Shop", uid="shop", panels=[timeseries("Steps", traceql('{ span.operation.type =~ "plan|patch" } | rate()'))])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.spans import attributes, compared, named
from obskit.lint.telling import told
from obskit.naming import did_you_mean

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """`=` and `=~` of values that no attribute the field can be declares."""
    closed = {name for name, found in analysed.attributes.items() if any(attribute.values for attribute in found)}
    for one in analysed.traces if closed else ():
        if one.parsed.tree is None or not any(field.name in closed for field in one.parsed.fields):
            continue
        for comparison in compared(one.parsed.tree, closed):
            field = comparison.field
            found = attributes(analysed, one, field)
            if not found or not all(attribute.values for attribute in found):
                continue
            known = [value for attribute in found for value in attribute.values]
            for value in named(one, comparison) or ():
                if value and not any(value == each or (comparison.op == "=~" and value in each) for each in known):
                    hint = did_you_mean(value, known) or "declared values: " + ", ".join(known)
                    yield told(one, f'span attribute "{field.name}" is never "{value}"', comparison.value.span, hint)
