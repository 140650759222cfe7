"""An alert waits for a value of 0 that nobody may be there to report.

When the metric is gone (the process died, the exporter was renamed) `== 0` finds no series, and the worst case is silent. Add `or
absent(…)` with the same labels, or an alert on `up` of the service; either will do.

Bad:
    users = Gauge("shop_active_users", help="Users.", service=shop, bounds=(0, None))
    nobody = Alert(name="Nobody", expr='sum by (job) (shop_active_users{job="shop"}) == 0', for_="30m")

Good:
    users = Gauge("shop_active_users", help="Users.", service=shop, bounds=(0, None))
    nobody = Alert(name="Nobody", expr='sum by (job) (shop_active_users{job="shop"}) == 0', for_="30m")
    down = Alert(name="Down", expr='up{job="shop"} == 0', for_="2m")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.trees import reads
from obskit.semantics import Binary, Number, Series
from obskit.semantics.labels import matches
from obskit.semantics.nodes import Call, walk

LEVEL: Severity = "warning"

_ABSENT = ("absent", "absent_over_time")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts on a declared gauge that is at zero, where no alert looks after its absence."""
    watched: _Watched | None = None
    for asked, node in analysed.binaries:
        series = _gauge_at_zero(asked, node)
        if series is None:
            continue
        watched = watched or _Watched(analysed)
        if not watched.sees(series):
            message = f'nothing tells when "{series.name}" is absent: "{node.operator}" finds no series then'
            hint = f"add: or absent({series.name}{{…}}), with the labels of the left side; or an alert on up"
            yield told(asked, message, asked.span(node), hint)


def _gauge_at_zero(asked: Asked, node: Binary) -> Series | None:
    """The gauge that the alert as a whole waits to be zero."""
    if not asked.in_alert or asked.meaning is None or not isinstance(node.right, Number) or node.returns_bool:
        return None
    if (node.operator, node.right.number) not in (("==", 0), ("<=", 0), ("<", 1)):
        return None
    root = asked.meaning.root
    while isinstance(root, Binary) and root.operator in ("and", "unless"):
        root = root.left
    series = node.left.value.source
    if root is not node or series is None or series.signal is None or series.signal.kind != "gauge" or series.type != "gauge":
        return None
    for below in walk(node.left):
        if isinstance(below, Binary) or (isinstance(below, Call) and not below.function.endswith("_over_time")):
            return None
    return series


class _Watched:
    """What the project's alerts see go away: metrics, and targets by their `up`."""

    def __init__(self, analysed: Analysed) -> None:
        self.metrics = {read.name for asked, call in analysed.calls(*_ABSENT) if asked.in_alert for read in reads(call)}
        ups = [read for asked in analysed.alerts if asked.meaning is not None for read in asked.meaning.reads if read.name == "up"]
        self.jobs = [[(one.op, one.value or "") for one in read.selector.matchers if one.label == "job"] for read in ups]

    def sees(self, series: Series) -> bool:
        if series.name in self.metrics:
            return True
        job = series.service.job if series.service is not None else ""
        return bool(job) and any(all(_passes(op, value, job) for op, value in matchers) for matchers in self.jobs)


def _passes(op: str, value: str, job: str) -> bool:
    if op in ("=", "!="):
        return (value == job) is (op == "=")
    return matches(value, job) in ((op == "=~"), None)
