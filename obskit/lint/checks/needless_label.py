"""A query leaves out a label that the metric never has, and has one of a like name.

`without (status)` does nothing where the label is `status_code`: what was meant to go stays, which gives too many series, or sides of
an operator that never meet. Other labels that are not there (`without (replica)`) are left out in vain, and left alone.

Bad:
    code = Label("status_code", values=("200", "500"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(code,))
    board = dashboard("Shop", uid="shop", panels=[timeseries("All", "sum without (status) (rate(shop_requests_total[5m]))")])

Good:
    code = Label("status_code", values=("200", "500"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(code,))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("All", "sum without (status_code, replica) (rate(shop_requests_total[5m]))"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.label_lists import dropped, known_labels
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.naming import nearest

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Labels in `without` and `ignoring` that no series there can have had."""
    for lacking in dropped(analysed):
        metric = lacking.metric
        if metric is not None and metric.series is not None and not lacking.had:
            if not nearest(lacking.label, metric.series.labels.names):
                continue
            message = f'"{lacking.word}" names label "{lacking.label}", which metric "{metric.name}" never has'
            yield told(lacking.asked, message, lacking.span, known_labels(lacking.label, metric.series))
