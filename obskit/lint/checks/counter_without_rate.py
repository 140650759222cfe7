"""A running total is drawn, or compared with a number, as it is.

A counter only tells how much there was since its process started: the line climbs for ever and falls to zero at each
restart, and an alert on it fires until somebody restarts the service. What matters is how fast it grows (`rate`) or by how
much (`increase`). Tables, and panels that work out differences themselves, may show totals; so may recording rules keep them.

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", "sum(shop_requests_total)")])

Bad:
    errors = Counter("shop_errors_total", help="Errors.", service=shop)
    many = Alert(name="ShopErrors", expr="sum(shop_errors_total) > 5")

Good:
    errors = Counter("shop_errors_total", help="Errors.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Errors", "sum(rate(shop_errors_total[$__rate_interval]))"),
        stat("Restarts", "sum(resets(shop_errors_total[1d]))"),
        stat("Series", "count(shop_errors_total)"),
        stat("Of a day", "sum(shop_errors_total) - sum(shop_errors_total offset 1d)"),
        stat("Of the last run", "max_over_time(shop_errors_total[1d])"),
        table("Since the start", "shop_errors_total"),
    ])
    many = Alert(name="ShopErrors", expr="sum(increase(shop_errors_total[1h])) > 5 and sum(shop_errors_total) > 10")
    gone = Alert(name="ShopSilent", expr="shop_errors_total unless shop_errors_total offset 1h")
    never = Alert(name="ShopIdle", expr="sum(shop_errors_total) == 0")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.semantics import Aggregate, Binary, Call, Node, Read
from obskit.semantics.nodes import COMPARISONS, SETS

LEVEL: Severity = "warning"

_DRAWING = frozenset(
    ("timeseries", "graph", "stat", "singlestat", "gauge", "bargauge", "piechart", "barchart", "heatmap", "histogram", "trend", "xychart")
)
_DIFFERENCES = frozenset(("delta", "diff", "diffperc", "range", "step"))
"""Grafana's reductions of a panel that make a difference of a total; `calculateField` can do it too."""


def check(analysed: Analysed) -> Iterator[Problem]:
    """Counters at the top of a panel's query, or before a comparison that decides an alert."""
    for asked in analysed.queries:
        if asked.meaning is None:
            continue
        if asked.in_alert:
            for node in _compared(asked.meaning.root):
                read = _raw(node)
                if read is not None:
                    message = f'{asked.who} compares the running total "{read.name}" with a number'
                    hint = f"a total grows until its process restarts; compare what it gained: increase({read.name}[1h])"
                    yield told(asked, message, asked.span(read), _hint(read, hint))
        elif asked.query is not None:
            read = next(filter(None, map(_raw, _drawn(asked.meaning.root))), None)
            if read is not None and _is_drawing(asked):
                hint = f"draw how fast it grows: rate({read.name}[$__rate_interval]), or by how much: increase({read.name}[$__range])"
                yield told(asked, f'{asked.who} draws the running total "{read.name}"', asked.span(read), _hint(read, hint))


def _hint(read: Read, hint: str) -> str:
    merged = read.series is not None and read.series.merged
    return f'record its rate: "{read.name}" adds up totals, and their resets are lost in it' if merged else hint


def _drawn(root: Node) -> Iterator[Node]:
    """The nodes whose values a query yields, the sides of `or` each."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Binary) and node.operator == "or":
            waiting += reversed(node.parts)
        elif node.value.type == "counter":
            yield node


def _compared(root: Node) -> Iterator[Node]:
    """The counters that comparisons with a number which decide the result compare; not `== 0`: never yet."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Aggregate):
            waiting.append(node.operand)
        elif isinstance(node, Binary) and node.operator in SETS:
            waiting += reversed(node.parts) if node.operator == "or" else (node.left,)
        elif isinstance(node, Binary) and node.operator in COMPARISONS:
            one, other = (node.right, node.left) if node.left.value.kind == "scalar" else (node.left, node.right)
            fixed = other.value.kind == "scalar" and other.value.low is not None and other.value.low == other.value.high
            if one.value.type != "counter":
                waiting.append(one)
            elif fixed and not (node.operator == "==" and other.value.low == 0):
                yield one


def _raw(node: Node) -> Read | None:
    """The counter of this project that comes through as it is; None for one shifted in time, or taken from a range on purpose."""
    found: Node | None = node
    while found is not None and not isinstance(found, Read):
        if isinstance(found, Call) and found.function.endswith("_over_time"):
            return None
        found = next((part for part in found.parts if part.value.type == "counter"), None)
    if found is None or found.offset is not None or found.series is None:
        return None
    return found if found.series.signal is not None or found.series.rule is not None else None


def _is_drawing(asked: Asked) -> bool:
    """Whether the panel shows the values as they come."""
    assert asked.panel is not None
    assert asked.query is not None
    panel = asked.panel.json
    if asked.panel.kind not in _DRAWING or asked.query.json.get("hide"):
        return False
    options = panel.get("options")
    reduced = options.get("reduceOptions") if isinstance(options, dict) else None
    calcs = reduced.get("calcs") if isinstance(reduced, dict) else None
    if isinstance(calcs, list) and any(isinstance(calc, str) and calc in _DIFFERENCES for calc in calcs):
        return False
    steps = panel.get("transformations")
    listed = steps if isinstance(steps, list) else ()
    return not any(isinstance(step, dict) and step.get("id") == "calculateField" for step in listed)
