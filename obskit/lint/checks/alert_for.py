"""An alert that one scrape decides.

It compares the latest sample and has no `for`: one failed scrape, one restart, one odd value is a notification, and its end
another. Give it a `for`, or let it ask a window (`max_over_time(…[5m])`, `rate`). What already looks at a window, and a burn
rate of two windows joined by `and`, needs none.

Bad:
    down = Alert(name="ShopDown", expr='up{job="shop"} == 0')

Good:
    down = Alert(name="ShopDown", expr='up{job="shop"} == 0', for_="2m")
    long_down = Alert(name="ShopLongDown", expr='max_over_time(up{job="shop"}[5m]) == 0')
    busy = Alert(name="ShopBusy", expr="rate(process_cpu_seconds_total[5m]) > 0.9 and on (instance) up == 1")
    old = Alert(name="ShopOld", expr="time() - process_start_time_seconds > 86400 * 90")
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from obskit.analysis import Analysed, Asked
from obskit.analysis.placed import Placed
from obskit.finding import Severity
from obskit.lint.alerts import alike
from obskit.lint.problem import Problem
from obskit.lint.records import records
from obskit.semantics import Binary, Call, Node, Read, Subquery
from obskit.semantics.nodes import COMPARISONS

LEVEL: Severity = "info"

_STEADY = ("timestamp", "info")
"""Types of metrics that do not flap."""


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts without `for` on instant values."""
    recorded = records(analysed)
    found = []
    for asked in analysed.alerts:
        if asked.rule is None or asked.file is None or asked.group is None or asked.meaning is None:
            continue
        if not asked.rule.json.get("for") and any(_on_one_sample(branch, recorded) for branch in _branches(asked.meaning.root)):
            found.append(Placed(asked.file, asked.group, asked.rule))
    hint = 'for_="5m", or ask a window: max_over_time(…[5m])'
    yield from alike(found, "fires on a single sample: it has no for", hint)


def _branches(root: Node) -> Iterator[Node]:
    """The sides of `or` at the top, each of which fires the alert."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Binary) and node.operator == "or":
            waiting += node.parts
        else:
            yield node


def _on_one_sample(branch: Node, recorded: Mapping[str, tuple[Asked, ...]]) -> bool:
    reads = [*_deciding(branch)]
    return bool(reads) and all(_is_instant(read, recorded) for read in reads)


def _deciding(root: Node) -> Iterator[Read]:
    """What is compared: not with what, nor what is joined to it, what `absent` asks, what a subquery looks back at."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Read):
            yield node
        elif isinstance(node, Binary) and (node.operator in ("and", "unless") or node.operator in COMPARISONS):
            waiting.append(node.left if node.left.value.kind == "vector" else node.right)
        elif not isinstance(node, Subquery) and not (isinstance(node, Call) and node.function == "absent"):
            waiting += node.parts


def _is_instant(read: Read, recorded: Mapping[str, tuple[Asked, ...]]) -> bool:
    """Whether it is one sample. A recording rule may look at a window; those of others are taken to."""
    if read.window is not None or read.value.type in _STEADY or not read.name or read.name.startswith("ALERTS"):
        return False
    rules = recorded.get(read.name, ())
    if not rules:
        return read.series is not None or ":" not in read.name
    return not any(_looks_back(rule) for rule in rules)


def _looks_back(rule: Asked) -> bool:
    meaning = rule.meaning
    if meaning is None or meaning.subqueries:
        return True
    return any(read.window is not None or ":" in read.name for read in meaning.reads)
