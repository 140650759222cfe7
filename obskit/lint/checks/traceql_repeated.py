"""A TraceQL query groups twice by one field, or asks twice for one quantile.

Tempo accepts it, and the repetition says nothing; another field or number was meant.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", traceql("{ } | rate() by (span.shop, span.shop)"))])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Requests", traceql("{ } | rate() by (span.shop, resource.shop)")),
        timeseries("Duration", traceql("{ } | quantile_over_time(duration, 0.5, 0.95)")),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.spans import measured
from obskit.lint.telling import told
from obskit.traceql import Span

LEVEL: Severity = "info"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Fields and quantiles that are written again; `duration` is `span:duration`."""
    for one in analysed.traces:
        for query in measured(one.parsed.tree) if one.parsed.tree is not None else ():
            stage = query.stage
            parts: list[tuple[object, Span]] = [(field.identity, field.span) for field in stage.by]
            if stage.function == "quantile_over_time":
                parts += [(number.value, number.span) for number in stage.numbers]
            before: set[object] = set()
            for what, span in parts:
                if what in before and not one.parsed.variables_in(span):
                    message = f'"{one.text[span[0] : span[1]]}" is written twice'
                    yield told(one, message, span, "take it away, or write what was meant")
                before.add(what)
