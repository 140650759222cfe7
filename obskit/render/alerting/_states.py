"""What Grafana does when a query yields nothing, or fails: from what the alert means, unless its author says it.

Nothing: `OK` where Prometheus stays silent too and means it: the expression is kept whole, so that an empty answer is its "no";
it tells absence itself (`absent`, `or vector(0)`); it filters inside, as a guarded denominator does; it asks for series that may
not have occurred yet, as those with labels begin with their first event unless the exporter has them at 0; it asks of the past
(`offset`, `@`), which a new target has not; a recording rule that it reads does any of this; it asks spans. `NoData`, which Grafana
tells, where the query yields as long as its target lives: then silence would hide that the target is gone.

Failure: `Error` for alerts that call somebody, who must know that the watch is blind; else `KeepLast`, since a datasource that
restarts is no reason to resolve or to raise; on Grafana before 11.0, which has no such state, `Error` for warnings and `OK` below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from obskit.analysis import Asked
from obskit.catalog import Info
from obskit.model import RuleView
from obskit.regexes import is_read_otherwise
from obskit.render.alerting._split import Condition
from obskit.semantics import Binary, Call, Node, Read, Subquery, walk
from obskit.semantics.nodes import COMPARISONS, SETS

KEEPS_LAST = "11.0"
"""The first Grafana with the state KeepLast."""
NO_DATA = {"ok": "OK", "alerting": "Alerting", "keep-last": "KeepLast", "no-data": "NoData"}
ON_ERROR = {"ok": "OK", "alerting": "Alerting", "keep-last": "KeepLast", "error": "Error"}

_CALLS_SOMEBODY = frozenset(("critical", "page"))
_ABSENCE = frozenset(("absent", "absent_over_time"))
_MADE = frozenset(("le", "quantile", "__name__"))
_DEEPEST = 20
"""Recording rules that are followed."""

Recorded = Mapping[str, tuple[Asked, ...]]
"""The queries of recording rules by what they record."""


def recorded(queries: Iterable[Asked]) -> Recorded:
    found: dict[str, tuple[Asked, ...]] = {}
    for asked in queries:
        if asked.rule is not None:
            found[asked.rule.name] = (*found.get(asked.rule.name, ()), asked)
    return found


def no_data(rule: RuleView, condition: Condition | None, records: Recorded) -> str:
    """The state when nothing is there; `condition` is None for an alert on spans."""
    if rule.no_data:
        return NO_DATA[rule.no_data]
    if condition is None or condition.is_whole or condition.node is None:
        return "OK"
    return "NoData" if _always(condition.node, records, _DEEPEST) else "OK"


def on_error(rule: RuleView, severity: str, *, keeps_last: bool) -> str:
    """The state when the query fails."""
    if rule.on_error:
        return ON_ERROR[rule.on_error]
    if severity.lower() in _CALLS_SOMEBODY:
        return "Error"
    return "KeepLast" if keeps_last else "Error" if severity.lower() == "warning" else "OK"


def _always(root: Node, records: Recorded, depth: int) -> bool:
    """Whether the query yields something as long as its targets live, as far as is known."""
    for node in walk(root):
        if isinstance(node, Binary) and (node.operator in SETS or (node.operator in COMPARISONS and not node.returns_bool)):
            return False
        if isinstance(node, Call) and node.function in _ABSENCE:
            return False
        if isinstance(node, (Read, Subquery)) and _looks_back(node):
            return False
        if isinstance(node, Read) and not _there(node, records, depth):
            return False
    return True


def _looks_back(node: Read | Subquery) -> bool:
    """Whether it asks of a time at which a target that lives may not have been there yet."""
    return node.fixed or (node.offset is not None and (node.offset.variable or node.offset.milliseconds > 0))


def _there(read: Read, records: Recorded, depth: int) -> bool:
    """Whether series of a selector exist from the start: none of their labels has only values that may not have occurred."""
    series = read.series
    if series is not None and series.rule is not None:
        found = records.get(read.name, ())
        known = depth > 0 and all(asked.meaning is not None for asked in found)
        if not known or not all(_always(asked.meaning.root, records, depth - 1) for asked in found if asked.meaning is not None):
            return False
    signal = series.signal if series is not None else None
    service = series.service if series is not None else None
    if signal is not None and not isinstance(signal, Info) and not all(label.initial for label in signal.labels):
        return False
    plain = {"job", "instance", *_MADE} if service is None else {*service.environment, *service.matchers, *_MADE}
    initial = {label.name: label.initial for label in signal.labels} if signal is not None else {}
    return all(
        matcher.label in plain or _occurs(matcher.op, matcher.value, initial.get(matcher.label or "", ()))
        for matcher in read.selector.matchers
    )


def _occurs(operator: str, value: str | None, initial: tuple[str, ...]) -> bool:
    """Whether a matcher is met by a series from the start; `initial` are the values that are there at 0."""
    if value is None:
        return False
    if operator in ("!=", "!~"):
        return True
    return value in initial if operator == "=" else any(_matches(value, text) for text in initial)


def _matches(pattern: str, text: str) -> bool:
    try:
        return not is_read_otherwise(pattern) and re.fullmatch(pattern, text) is not None
    except re.error:  # RE2 reads what Python does not
        return False
