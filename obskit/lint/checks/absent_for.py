"""An alert on absence that does not wait.

After each restart of Prometheus, and of the target, a metric is absent until it is scraped again; without a `for` of at least
two scrape intervals that is a notification. `absent_over_time(…[5m])` waits by itself.

Bad:
    gone = Alert(name="ShopGone", expr='absent(up{job="shop"})')

Bad:
    queue = Gauge("shop_queue_length", help="Orders waiting.", service=Service("slow", job="slow", scrape_interval="2m"))
    gone = Alert(name="ShopGone", expr="shop_queue_length == 0 or absent(shop_queue_length)", for_="3m")

Good:
    gone = Alert(name="ShopGone", expr='absent(up{job="shop"})', for_="2m")
    long_gone = Alert(name="ShopLongGone", expr='absent_over_time(up{job="shop"}[5m])')
    busy = Alert(name="ShopBusy", expr="rate(process_cpu_seconds_total[5m]) > 0.9 and on () absent(ALERTS)")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.duration import Duration
from obskit.finding import Severity
from obskit.lint.lengths import milliseconds
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.semantics import Aggregate, Binary, Call, Node, Read, walk
from obskit.semantics.nodes import COMPARISONS

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts that `absent` alone can fire, with too short a `for`."""
    for asked, call in analysed.calls("absent"):
        if not asked.in_alert or asked.rule is None or not _fires_alone(asked, call):
            continue
        waits = milliseconds(asked.rule.json.get("for"))
        interval = max((node.series.interval for node in walk(call) if isinstance(node, Read) and node.series is not None), default=0)
        if waits is None or (waits and waits >= 2 * interval):
            continue
        least = Duration(max(2 * interval, 120_000))
        message = f"{asked.who} fires as soon as something is absent"
        if waits:
            message = f"{asked.who} waits {Duration(waits)} for something that is scraped every {Duration(interval)} to be back"
        yield told(asked, message, asked.span(call), f'for_="{least}", so that a restart is no alert')


def _fires_alone(asked: Asked, call: Call) -> bool:
    """Whether the absence is a condition of its own, and not joined to another."""
    assert asked.meaning is not None
    waiting: list[Node] = [asked.meaning.root]
    while waiting:
        node = waiting.pop()
        if node is call:
            return True
        if isinstance(node, Binary) and (node.operator == "or" or node.operator in COMPARISONS):
            waiting += node.parts
        elif isinstance(node, Binary) and node.operator == "unless":
            waiting.append(node.left)
        elif isinstance(node, (Call, Aggregate)):
            waiting += node.parts
    return False
