"""The two sides of an operator never meet.

An operator between vectors pairs series with equal labels. Where every series of one side has a label that the other side
lacks, or the two sides ask for different values of it, no pair is ever found: the result is empty, and `unless` takes nothing
away. Aggregate both sides by the same labels, or say which labels count: `on (job)`, `ignoring (code) group_left`.

Bad:
    code = Label("status_code", values=("200", "500"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(code,))
    board = dashboard("Shop", uid="shop", panels=[timeseries("Share", '''
        sum by (status_code) (rate(shop_requests_total[5m])) / sum(rate(shop_requests_total[5m]))
    ''')])

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Share", 'up{job="shop"} / up{job="bank"}')])

Bad:
    down = Alert(name="ShopDown", expr='up{job="shop"} == 0 and hour() > 8')

Good:
    code = Label("status_code", values=("200", "500"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(code,))
    board = dashboard("Shop", uid="shop", panels=[timeseries("Share", '''
        sum by (status_code) (rate(shop_requests_total[5m])) / on () group_left () sum(rate(shop_requests_total[5m]))
    ''')])
    down = Alert(name="ShopDown", expr='up{job="shop"} == 0 and on () hour() > 8')
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.sure_labels import SureLabels
from obskit.finding import Severity
from obskit.lint.meeting import never_meets
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.trees import between_vectors, fills, labels_vary

LEVEL: Severity = "error"

_SO = {"unless": "it takes nothing away"}


def check(analysed: Analysed) -> Iterator[Problem]:
    """Operators between vectors whose labels certainly differ."""
    sure = SureLabels(analysed)
    for asked, node in analysed.binaries:
        if node.operator == "or" or not between_vectors(node):
            continue
        apart = never_meets(node, sure)
        if apart is not None and not labels_vary(asked) and not fills(asked):
            so = _SO.get(node.operator, "the result is empty")
            yield told(asked, f'"{node.operator}" never finds a match, {so}: {apart.why}', asked.span(node), apart.hint)
