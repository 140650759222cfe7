"""A calculation in TraceQL that is read as the name of an attribute.

`+ - * / %` may be part of a name: `span.latency.ms/1000` is an attribute of that name, which no span has. Only spaces make it a
division. Told where the part before the sign is a declared attribute.

Bad:
    latency = SpanAttribute("latency.ms", help="Latency.", service=shop, type="int", unit=units.MILLISECONDS)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Slow", traceql("{ span.latency.ms/1000 > 3 } | rate()"))])

Good:
    latency = SpanAttribute("latency.ms", help="Latency.", service=shop, type="int", unit=units.MILLISECONDS)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Slow", traceql("{ span.latency.ms / 1000 > 3 } | rate()"))])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.names_of_spans import arithmetic
from obskit.lint.problem import Problem
from obskit.lint.spans import is_plain
from obskit.lint.telling import told

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Undeclared names that go on with a sign behind a declared one."""
    for one in analysed.traces if analysed.attributes else ():
        for field in one.parsed.fields:
            name = field.name
            start = arithmetic(analysed, name) if field.scope in ("", "span") and is_plain(one, field) else ""
            if start and not any(pattern.fullmatch(name) for pattern in analysed.known.external):
                sign, rest = name[len(start)], name[len(start) + 1 :]
                hint = f"write {field.scope}.{start} {sign} {rest}".rstrip()
                yield told(one, f'"{name}" is read as one name: calculations need spaces', field.span, hint)
