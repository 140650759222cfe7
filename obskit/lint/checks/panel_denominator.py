"""A panel divides by something that can be 0 while the numerator is not.

The panel shows `+Inf` then, or a line that leaves its axis. Divide by `(… > 0)`: where there is nothing to divide by, the panel
shows a gap. Shares of the same metric are left alone: 0 of 0 shows a gap anyhow.

Bad:
    cost = Counter("shop_cost_usd_total", help="Spent.", service=shop, unit=units.USD)
    orders = Counter("shop_orders_total", help="Orders.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Cost per order", "sum(rate(shop_cost_usd_total[5m])) / sum(rate(shop_orders_total[5m]))"),
    ])

Good:
    cost = Counter("shop_cost_usd_total", help="Spent.", service=shop, unit=units.USD)
    orders = Counter("shop_orders_total", help="Orders.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Cost per order", "sum(rate(shop_cost_usd_total[5m])) / (sum(rate(shop_orders_total[5m])) > 0)"),
    ])

Good:
    time = Record(name="job:http_seconds_sum:rate5m", expr="sum by (job) (rate(http_seconds_sum[5m]))")
    answers = Record(name="job:http_seconds_count:rate5m", expr="sum by (job) (rate(http_seconds_count[5m]))")
    native = Record(name="job:http_seconds:rate5m", expr="sum by (job) (rate(http_seconds[5m]))")
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Mean", "sum(job:http_seconds_sum:rate5m) / sum(job:http_seconds_count:rate5m)"),
        timeseries("Native", "sum(histogram_sum(job:http_seconds:rate5m)) / sum(histogram_count(job:http_seconds:rate5m))"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.denominators import is_declared, is_open_division, zero_together
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "info"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Divisions in panels by declared signals that can be 0."""
    for asked, node in analysed.binaries:
        if asked.is_shown and is_open_division(node) and is_declared(node.left) and is_declared(node.right) and not zero_together(node):
            yield told(asked, "the denominator can be 0: the panel shows +Inf then", asked.span(node), "divide by (… > 0): a gap instead")
