"""An alert without a condition.

An alert fires for each series that its expression yields, whatever the value: `rate(errors[5m])` fires at 0 as well. What makes
a condition is a comparison, `absent`, or `and` and `unless`; `== bool 1` yields 0 where it does not hold, and `> 0` around a
divisor only keeps it from being zero. An expression that is meant to fire always is `vector(1)`.

Bad:
    errors = Alert(name="ShopErrors", expr='increase(shop_errors_total{job="shop"}[5m])')
    known = Counter("shop_errors_total", help="Errors.", service=shop)

Bad:
    down = Alert(name="ShopDown", expr="up == bool 0")

Bad:
    share = Alert(name="ShopSlowScrapes", expr="scrape_duration_seconds / (scrape_samples_scraped > 0)")

Good:
    errors = Alert(name="ShopErrors", expr='sum(ALERTS{alertname="ShopOdd"})')
    odd = Record(name="job:shop_odd:sum", expr="sum by (job) (up == 0)")
    odder = Alert(name="ShopOdd", expr="job:shop_odd:sum")
    watchdog = Alert(name="Watchdog", expr="vector(1)", severity="none")
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from obskit.analysis import Analysed, Asked
from obskit.finding import Severity
from obskit.lint.outcomes import conditional
from obskit.lint.problem import Problem
from obskit.lint.records import records
from obskit.lint.telling import told
from obskit.semantics import Binary, Call, Node, Read, walk
from obskit.semantics.nodes import COMPARISONS

LEVEL: Severity = "warning"

_LONGEST = 50
"""Recording rules that are followed."""


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts that fire for whatever there is."""
    recorded = records(analysed)
    for asked in analysed.alerts:
        root = asked.meaning.root if asked.meaning is not None else None
        if root is None or root.value.kind in ("matrix", "string") or (isinstance(root, Call) and root.function == "vector"):
            continue
        if not _has_condition(root, recorded, set()):
            hint = "compare it with something: > 0"
            asking = root if isinstance(root, Binary) and root.operator in COMPARISONS else None
            if asking is not None:
                hint = 'leave "bool" out'
            message = f"{asked.who} has no condition: it fires for every series there is, whatever its value"
            yield told(asked, message, asked.span(asking) if asking is not None else None, hint)


def _has_condition(root: Node, recorded: Mapping[str, tuple[Asked, ...]], seen: set[str]) -> bool:
    """Whether a condition is in the expression, or in a recording rule that it reads. What another one records is not known."""
    return conditional(root) or any(_may_be_chosen(node, recorded, seen) for node in walk(root) if isinstance(node, Read))


def _may_be_chosen(read: Read, recorded: Mapping[str, tuple[Asked, ...]], seen: set[str]) -> bool:
    name = read.name
    if name in seen:
        return False
    seen.add(name)
    if not name or name.startswith("ALERTS") or len(seen) > _LONGEST:
        return True
    rules = recorded.get(name, ())
    if not rules:
        return ":" in name and read.series is None
    return any(rule.meaning is None or _has_condition(rule.meaning.root, recorded, seen) for rule in rules)
