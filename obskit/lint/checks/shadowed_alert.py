"""An alert that never says more than another one.

Both have the same labels and compare the same with two numbers, and whenever this one fires the other has fired already: two
notifications for one thing. Mostly the second was to be more severe, and its label was forgotten.

Bad:
    disk = Gauge("shop_disk_percent", help="Disk in use.", service=shop, unit=units.PERCENT, bounds=(0, 100))
    fills = Alert(name="ShopDiskFills", expr="shop_disk_percent > 80", for_="5m", severity="warning")
    full = Alert(name="ShopDiskFull", expr="shop_disk_percent > 95", for_="5m", severity="warning")

Good:
    disk = Gauge("shop_disk_percent", help="Disk in use.", service=shop, unit=units.PERCENT, bounds=(0, 100))
    fills = Alert(name="ShopDiskFills", expr="shop_disk_percent > 80", for_="15m", severity="warning")
    full = Alert(name="ShopDiskFull", expr="shop_disk_percent > 95", for_="5m", severity="critical")
    fast = Alert(name="ShopDiskFullNow", expr="shop_disk_percent > 98", severity="warning")
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from obskit.analysis import Analysed, Asked
from obskit.analysis.placed import Placed
from obskit.finding import Severity
from obskit.lint.lengths import milliseconds
from obskit.lint.outcomes import outcome
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.thresholds import filters, limit
from obskit.promql import Span
from obskit.semantics import Binary, Meaning

LEVEL: Severity = "warning"


class _Condition(NamedTuple):
    """What an alert asks: the text before its operator, the operator, its number, and how long it waits."""

    asked: Asked
    text: str
    operator: str
    number: float
    waits: int
    span: Span | None


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts that another one implies; of two that ask the same, the later."""
    similar: dict[tuple[frozenset[tuple[str, str]], tuple[object, ...]], list[Asked]] = {}
    for asked in analysed.alerts:
        if asked.meaning is not None and asked.file is not None and asked.group is not None and asked.rule is not None:
            labels = frozenset(Placed(asked.file, asked.group, asked.rule).labels.items())
            similar.setdefault((labels, _read(asked.meaning)), []).append(asked)
    for members in similar.values():
        alike: dict[tuple[str, str], list[_Condition]] = {}
        for condition in map(_condition, members) if len(members) > 1 else ():
            if condition is not None:
                alike.setdefault((condition.text, condition.operator[:1]), []).append(condition)
        for conditions in alike.values():
            yield from _implied(conditions)


def _read(meaning: Meaning) -> tuple[object, ...]:
    """The metrics and matchers of a query: alerts that differ in them do not ask the same."""
    return tuple((read.name, *((one.label, one.op, one.value) for one in read.selector.matchers)) for read in meaning.reads)


def _implied(conditions: list[_Condition]) -> Iterator[Problem]:
    for at, one in enumerate(conditions):
        for other_at, other in enumerate(conditions):
            if other is one or _name(other) == _name(one) or not _implies(one, other) or (_implies(other, one) and at < other_at):
                continue
            if _never(one.asked):
                break
            message = f"{one.asked.who} only fires when {other.asked.who}, with the same labels, fires already"
            where = f"; the other is in {other.asked.origin}" if other.asked.origin is not None else ""
            yield told(one.asked, message, one.span, f"give it another severity, or leave it out{where}")
            break


def _never(asked: Asked) -> bool:
    """Whether the alert can never fire, which another check tells."""
    return asked.meaning is not None and outcome(asked.meaning.root, asked.meaning.binaries).never is not None


def _name(condition: _Condition) -> str:
    return condition.asked.rule.name if condition.asked.rule is not None else ""


def _implies(one: _Condition, other: _Condition) -> bool:
    """Whether `other` fires whenever `one` does, as early."""
    if other.waits > one.waits:
        return False
    if one.number == other.number:
        return one.operator == other.operator or other.operator == f"{one.operator}="
    return one.number > other.number if one.operator in (">", ">=") else one.number < other.number if one.operator in ("<", "<=") else False


def _condition(asked: Asked) -> _Condition | None:
    """The condition of an alert that is one comparison with a number; else its whole text, as itself."""
    root = asked.meaning.root if asked.meaning is not None else None
    waits = milliseconds(asked.rule.json.get("for")) if asked.rule is not None else None
    if root is None or waits is None:
        return None
    if isinstance(root, Binary) and filters(root):
        found, span = limit(root), asked.span(root)
        if found is not None and found.node is root.left and span is not None:
            return _Condition(asked, " ".join(asked.text[: span[0]].split()), root.operator, found.number, waits, asked.span(found.at))
    return _Condition(asked, " ".join(asked.text.split()), "", 0, waits, None)
