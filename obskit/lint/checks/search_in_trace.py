"""A search for traces in a panel that shows one trace.

A waterfall is drawn of one trace, and a node graph of its spans: Tempo's data source gives them for the id of a trace alone. What a
search finds is a table, however few it finds, and the panel says that there is no data. Show what is found in a table, and the trace
whose id a reader puts into a variable; a node graph also shows the map of services.

Bad:
    board = dashboard("Shop", uid="shop", panels=[traces("A failed request", "{ status = error }")])

Bad:
    board = dashboard("Shop", uid="shop", panels=[node_graph("Calls", spans(shop).search())])

Good:
    board = dashboard("Shop", uid="shop", variables=[textbox_variable("trace_id", label="Trace")], panels=[
        trace_list("Failed requests", "{ status = error }"),
        traces("The trace", "$trace_id"),
        node_graph("Its spans", "$trace_id"),
        node_graph("Services", service_map=True),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.tempo import is_shown, is_trace_id
from obskit.model import Panel, Query

LEVEL: Severity = "error"

_SEARCHES = "is a search"
_MAP = "asks for the map of services"
_ASKS = {
    "traces": {"traceqlSearch": _SEARCHES, "nativeSearch": _SEARCHES, "serviceMap": _MAP},
    "nodeGraph": {"traceqlSearch": _SEARCHES, "nativeSearch": _SEARCHES},
}
"""Kind of panel to the queryTypes that never give it a trace, and what such a query does."""
_HINTS = {
    "traces": 'the id of a trace, as "$trace_id"; a table shows what a search finds',
    "nodeGraph": 'the id of a trace, as "$trace_id", or the queryType "serviceMap"; a table shows what a search finds',
}


def check(analysed: Analysed) -> Iterator[Problem]:
    """Searches in waterfalls and node graphs that do not transform what they get; the id of a trace is none, nor a variable alone."""
    for one in analysed.traces:
        if one.parsed.kind == "search" and _is_of_one_trace(one.panel) and is_shown(one) and not is_trace_id(one):
            yield told(one, _message(one.panel, _SEARCHES), None, _HINTS[one.panel.kind])
    for board in analysed.project.boards:
        for panel, query in board.queries():
            if _is_of_one_trace(panel) and (does := _asks(panel, query)):
                origin = query.origin or board.origin
                yield Problem(_message(panel, does), origin, _HINTS[panel.kind], waive=panel.waive + board.waive)


def _is_of_one_trace(panel: Panel) -> bool:
    return panel.kind in _ASKS and not panel.json.get("transformations")


def _asks(panel: Panel, query: Query) -> str | None:
    """What a shown query that is not asked as text does."""
    if query.language != "traceql" or query.json.get("hide") is True:
        return None
    return _ASKS[panel.kind].get(str(query.json.get("queryType", "")))


def _message(panel: Panel, does: str) -> str:
    return f"{panel.name} shows one trace, and its query {does}"
