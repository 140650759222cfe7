"""Running totals are added up first, and the growth of the sum is asked for.

When one of the processes restarts, its total falls to zero and the sum falls a little. `rate` takes that for a restart of
everything and adds the whole sum once more: a spike of nothing. Take the rate of each series, then the sum of the rates. A
recording rule that sums a counter has the same effect, hidden in another file. A copy, series by series, is harmless, and so
is the larger of two that count the same.

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", "rate(sum(shop_requests_total)[5m:])")])

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    total = Record(name="job:shop_requests:sum", expr="sum by (job) (shop_requests_total)")
    busy = Alert(name="ShopBusy", expr="rate(job:shop_requests:sum[5m]) > 5")

Good:
    requests = Counter("shop_requests", help="Requests served.", service=shop, waive=(Waive("metric-name", "documented"),))
    copy = Record(name="shop_requests_total", expr="sum without () (shop_requests)")
    pair = Record(name="shop:requests:max", expr="max without (replica) (shop_requests)")
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Requests", "sum(rate(shop_requests_total[5m]))"),
        timeseries("Of a pair", "sum(rate(shop:requests:max[5m]))"),
        timeseries("The same", "rate(sum by (job, instance) (shop_requests)[5m:])"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.recorded import Recorded
from obskit.lint.telling import told
from obskit.semantics import Aggregate, Node, Read

LEVEL: Severity = "error"

_ADDING = frozenset(("sum", "avg", "quantile"))


def check(analysed: Analysed) -> Iterator[Problem]:
    """Functions for counters whose argument is a sum of counters, here or in a recording rule."""
    recorded = Recorded(analysed)
    for asked, call in analysed.calls("rate", "irate", "increase", "resets"):
        of = call.parts[0]
        if of.value.type != "counter" or not of.value.merged:
            continue
        adding = recorded.find(of, _adds)
        if adding is None:
            continue
        source = of.value.source.name if of.value.source else "a counter"
        if isinstance(of, Read):
            message = f'{call.function}() of "{of.name}", which records a sum of counters: their resets are lost'
            hint = f"record the sum of their rates instead, and use it here: sum(rate({_below(adding) or 'x'}[5m]))"
        else:
            message = f'{call.function}() of a sum of "{source}": the resets of its parts are lost'
            hint = f"the other way round: sum({call.function}({source}[5m]))"
        yield told(asked, message, asked.span(call), hint)


def _adds(node: Node) -> bool:
    return isinstance(node, Aggregate) and node.operation in _ADDING and node.value.merged and not node.operand.value.merged


def _below(node: Node) -> str:
    return node.value.source.name if node.value.source else ""
