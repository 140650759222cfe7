"""What the page of the TraceQL queries says: each query with what it answers and where it ends.

Source of the limits: Tempo's documentation and releases 2.4 to 3.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.traced import Traced
from obskit.model import Json, Panel
from obskit.traceql import canonical, requires

_EXACT = frozenset(("count_over_time", "rate", "sum_over_time", "avg_over_time", "min_over_time", "max_over_time"))


def page(analysed: Analysed) -> Json:
    """Boards in their order, on each the panels that ask Tempo in theirs."""
    boards: dict[str, Json] = {}
    for trace in shown(analysed):
        board = boards.setdefault(trace.board.uid, {"title": trace.board.title, "uid": trace.board.uid, "panels": {}})
        panel = board["panels"].setdefault(
            id(trace.panel),
            {
                "title": trace.panel.title or trace.panel.name,
                "answers": str(trace.panel.json.get("description") or ""),
                "queries": [],
                "computed": list(_computed(trace.panel)),
            },
        )
        panel["queries"].append(_query(trace))
    return {
        "page": "traceql",
        "limits": list(_limits(analysed.project.settings.targets.tempo)),
        "boards": [{**board, "panels": list(board["panels"].values())} for board in boards.values()],
    }


def shown(analysed: Analysed) -> tuple[Traced, ...]:
    """The queries of panels; those of alerts are on the alerts' pages."""
    return tuple(trace for trace in analysed.traces if trace.rule is None)


def _computed(panel: Panel) -> Iterator[Json]:
    """What the panel's mathematics make of the answers, such as `$A / $B`; a reduced answer is called as the query is."""
    steps = {query.ref: query.json for query in panel.queries}
    reduced = {ref: str(json.get("expression", "")) for ref, json in steps.items() if json.get("type") == "reduce"}
    for ref, json in steps.items():
        if json.get("type") == "math" and json.get("expression"):
            expression = re.sub(r"\$(\w+)", lambda found: "$" + reduced.get(found[1], found[1]), str(json["expression"]))
            yield {"ref": ref, "expression": expression}


def _query(trace: Traced) -> Json:
    meaning = trace.meaning
    unit = meaning.unit if meaning is not None else None
    return {
        "ref": trace.query.ref,
        "text": canonical(trace.parsed.tree) if trace.parsed.tree is not None else trace.text,
        "asks": _asks(trace),
        "unit": unit.unit.name + (f" per {'second' if unit.per == 's' else 'hour'}" if unit.per else "") if unit is not None else "",
        "by": [str(field) for field in meaning.by] if meaning is not None else [],
        "limits": list(_own_limits(trace)),
    }


def _asks(trace: Traced) -> str:
    if not trace.is_metrics:
        return "a search: traces that hold such spans"
    return "one value over the chosen range" if trace.is_instant else "values over time"


def _own_limits(trace: Traced) -> Iterator[str]:
    """Where this query ends."""
    function = trace.meaning.function if trace.meaning is not None else ""
    if not trace.is_metrics:
        limit = trace.query.json.get("limit", 20)
        yield f"At most {limit} traces, in no promised order; narrow the time range to see others."
    elif function in ("quantile_over_time", "histogram_over_time"):
        yield "Estimated over powers of two: read it as an order of magnitude, and count the spans over a limit instead of comparing."
        if trace.meaning is not None and any(attribute.type == "float" for attribute in trace.meaning.attributes):
            yield "Empty for an attribute recorded as a float."
    elif function in _EXACT:
        yield "Exact over the spans that are stored." + (" A step without spans is a gap." if function.startswith(("avg", "m")) else "")
    if trace.parsed.tree is not None:
        needs = sorted({requirement.since for requirement in requires(trace.parsed.tree)}, key=lambda since: [*map(int, since.split("."))])
        if needs:
            yield f"Needs Tempo {needs[-1]} or later."


def _limits(tempo: str) -> Iterator[str]:
    """Where every query ends on the Tempo that the project is built for."""
    longest = "24 hours" if int(tempo.partition(".")[0]) >= 3 else "3 hours"
    yield f"A metrics query reaches over at most {longest}, unless query_frontend.metrics.max_duration says otherwise."
    yield "Values over time end 30 seconds before now, rounded down to a whole step: with long steps the last minutes are missing."
    yield "Only stored spans are seen: what sampling dropped is missing from every sum. Counters are the whole truth."
    yield "Spans are kept for 14 days unless block_retention says otherwise."
    if int(tempo.partition(".")[0]) < 3:
        yield "Metrics need the local-blocks processor of the metrics-generator."
