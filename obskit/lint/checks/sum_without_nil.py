"""A TraceQL sum over spans that may lack the attribute.

For such spans Tempo adds "no number", and the sum starts again from nothing: 1.85 USD were answered as 0.48, 0.006 or 0, each with
success, depending on the step. With `x != nil` in the filter, or any other condition on x, it is exact. Averages, least and
greatest values and counts are not affected.

Bad:
    board = dashboard("Shop", uid="shop", panels=[
        stat("Cost", traceql('{ resource.service.name = "shop" } | sum_over_time(span.cost.usd)', instant=True)),
    ])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        stat("Cost", traceql('{ resource.service.name = "shop" && span.cost.usd != nil } | sum_over_time(span.cost.usd)', instant=True)),
        stat("Dear", traceql("{ span.cost.usd > 1 } | sum_over_time(span.cost.usd)", instant=True)),
        stat("Time", traceql("{ } | sum_over_time(duration)", instant=True)),
        stat("Mean", traceql("{ } | avg_over_time(span.cost.usd)", instant=True)),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Traced
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.spans import measured
from obskit.lint.telling import told
from obskit.traceql import Field, Filter, Pipeline, guarantees

LEVEL: Severity = "error"

_ALWAYS = ("duration", "traceDuration", "nestedSet", "span:", "trace:")
_OPEN = frozenset(("query", "filter", "stage", "function", "condition"))


def check(analysed: Analysed) -> Iterator[Problem]:
    """`sum_over_time` of fields that no condition asks for; where a variable stands for conditions, nothing is told."""
    for one in analysed.traces:
        if one.parsed.tree is None or "sum_over_time" not in one.text:
            continue
        for query in measured(one.parsed.tree):
            field = query.stage.field
            if query.stage.function != "sum_over_time" or field is None or _always(field) or _varies(one, query.pipeline):
                continue
            if not any(guarantees(query.pipeline, each) for each in _same(field)):
                written = one.text[field.span[0] : field.span[1]]
                message = f'the sum of "{written}" is wrong where spans lack it'
                yield told(one, message, field.span, _hint(one, query.pipeline, written))


def _always(field: Field) -> bool:
    return field.scope == "intrinsic" and field.name.startswith(_ALWAYS)


def _same(field: Field) -> tuple[Field, ...]:
    """The fields that, where a span has them, give the field a value."""
    return (field,) if field.scope else (field, Field(scope="span", name=field.name), Field(scope="resource", name=field.name))


def _varies(one: Traced, pipeline: Pipeline) -> bool:
    start, end = pipeline.span
    return any(use.slot in _OPEN and start <= use.span[0] < end for use in one.parsed.variables)


def _hint(one: Traced, pipeline: Pipeline, field: str) -> str:
    last = pipeline.stages[-1]
    if not isinstance(last, Filter):
        return f"add | {{ {field} != nil }} before the sum"
    inner = one.text[last.span[0] + 1 : last.span[1] - 1].strip()
    if not inner:
        return f"write {{ {field} != nil }}"
    return f"write {{ {f'({inner})' if '||' in inner else inner} && {field} != nil }}"
