"""An alert or a recording rule divides by something that can be 0.

A number above 0 divided by 0 is `+Inf`, which is above every threshold: the alert fires because nothing happened. 0 divided by 0 is
no number: it passes no comparison, but recorded it makes every later sum and mean over time no number too. Divide by `(… > 0)`: where
there is nothing to divide by, there is no result. Reported are alerts that `+Inf` would fire, and records that others sum or average.

Bad:
    cost = Counter("shop_cost_usd_total", help="Spent.", service=shop, unit=units.USD)
    orders = Counter("shop_orders_total", help="Orders.", service=shop)
    dear = Alert(name="Dear", expr="sum by (job) (rate(shop_cost_usd_total[5m])) / sum by (job) (rate(shop_orders_total[5m])) > 2")

Bad:
    cost = Counter("shop_cost_usd_total", help="Spent.", service=shop, unit=units.USD)
    orders = Counter("shop_orders_total", help="Orders.", service=shop)
    price = Record(name="job:price", expr="sum by (job) (rate(shop_cost_usd_total[5m])) / sum by (job) (rate(shop_orders_total[5m]))")
    daily = Record(name="job:price:avg1d", expr="avg_over_time(job:price[1d])")

Good:
    cost = Counter("shop_cost_usd_total", help="Spent.", service=shop, unit=units.USD)
    orders = Counter("shop_orders_total", help="Orders.", service=shop)
    dear = Alert(name="Dear", expr="sum by (job) (rate(shop_cost_usd_total[5m])) / (sum by (job) (rate(shop_orders_total[5m])) > 0) > 2")
    cheap = Alert(name="Cheap", expr="sum by (job) (rate(shop_cost_usd_total[5m])) / sum by (job) (rate(shop_orders_total[5m])) < 1")
    price = Record(name="job:price", expr="sum by (job) (rate(shop_cost_usd_total[5m])) / sum by (job) (rate(shop_orders_total[5m]))")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.denominators import fires_at_infinity, is_declared, is_open_division, zero_together
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.trees import reads

LEVEL: Severity = "warning"

_OVER_TIME = ("avg_over_time", "sum_over_time", "stddev_over_time", "stdvar_over_time", "quantile_over_time", "predict_linear", "deriv")
_OVER_SERIES = frozenset(("sum", "avg", "stddev", "stdvar"))
_HINT = "divide by (… > 0): no denominator, no result"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Divisions in rules whose denominator can be 0, where that has consequences."""
    readers: dict[str, str] | None = None
    for asked, node in analysed.binaries:
        if asked.rule is None or not is_open_division(node) or not is_declared(node.right) or asked.meaning is None:
            continue
        if asked.in_alert:
            if not zero_together(node) and fires_at_infinity(asked.meaning.root, node):
                yield told(asked, "the denominator can be 0: the result is +Inf then, and the alert fires", asked.span(node), _HINT)
            continue
        readers = _readers(analysed) if readers is None else readers
        if asked.rule.name in readers:
            message = f'the denominator can be 0: the result is no number then, nor is what {readers[asked.rule.name]} makes of it'
            yield told(asked, message, asked.span(node), _HINT)


def _readers(analysed: Analysed) -> dict[str, str]:
    """Recorded names to what sums or averages them, over time or over series."""
    found: dict[str, str] = {}
    for asked, call in analysed.calls(*_OVER_TIME):
        for read in reads(call):
            found.setdefault(read.name, f'"{call.function}" in {asked.who}')
    for asked, node in analysed.aggregates:
        if node.operation in _OVER_SERIES:
            for read in reads(node.operand):
                found.setdefault(read.name, f'"{node.operation}" in {asked.who}')
    return {name: reader for name, reader in found.items() if name in analysed.known.records}
