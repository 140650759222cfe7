"""A query of Tempo in a form that its data source cannot read.

A Tempo target keeps its text in `query`, not in `expr` as one for Prometheus does, its `step` is a duration in quotes, and searches
have a limit of 1 to 262144 traces and at most 100 spans each. What else is written there is refused or never asked. `traceql("…")`
writes targets as they should be.

Bad:
    board = G.Dashboard(title="Shop", uid="shop", panels=[G.TimeSeries(title="Requests", unit="reqps", description="Requests.",
        dataSource={"type": "tempo", "uid": "${tempo}"}, targets=[{"refId": "A", "expr": "{ } | rate()"}])])

Bad:
    board = dashboard("Shop", uid="shop", panels=[trace_list("Traces", "{ status = error }", limit=1000000)])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Requests", traceql("{ } | rate()", step="1m")),
        trace_list("Traces", "{ status = error }", limit=100),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.tempo import of_tempo, older
from obskit.model import Query, references

LEVEL: Severity = "error"

_KINDS = frozenset(("traceql", "traceqlSearch", "serviceMap", "upload", "nativeSearch", "traceId", "clear", "search"))
_MOST_TRACES, _MOST_SPANS = 262_144, 100


def check(analysed: Analysed) -> Iterator[Problem]:
    """Targets of Tempo with keys or values of another form."""
    grafana = analysed.project.settings.targets.grafana
    for board in analysed.project.boards:
        for panel, query in board.queries():
            for message, hint in _wrong(query, grafana) if query.language == "traceql" else ():
                text = f'query "{query.ref}" of {panel.name} {message}'
                yield Problem(text, query.origin or board.origin, hint, waive=panel.waive + board.waive)


def _wrong(query: Query, grafana: str) -> Iterator[tuple[str, str]]:
    given = query.json
    kind = given.get("queryType")
    if kind == "search" and not older(grafana, "11.0"):
        yield 'has the queryType "search", which is gone since Grafana 11', 'queryType "traceql" with the search as TraceQL'
    elif kind and kind not in _KINDS:
        yield f'has the queryType "{kind}", which Tempo\'s data source does not know', 'queryType "traceql"'
    if not of_tempo(query):
        return
    if not query.text and isinstance(given.get("expr"), str) and given["expr"]:
        yield "keeps its text in expr, where Tempo's data source does not look", 'write traceql("…")'
        return
    step = given.get("step")
    if step is not None and not isinstance(step, str):
        yield f"has the step {step}, which must be a duration in quotes", f'"{step}s"'
    for key, least, most in (("limit", 1, _MOST_TRACES), ("spss", 0, _MOST_SPANS)):
        value = given.get(key)
        if isinstance(value, (int, float)) and value and not least <= value <= most:
            yield f"has the {key} {value:g}, and Tempo takes {least} to {most}", f'"{key}": {most}'
        elif isinstance(value, str) and not references(value):
            yield f'has the {key} "{value}", which must be a number', f"a number from {least} to {most}"
