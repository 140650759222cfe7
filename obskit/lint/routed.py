"""The notifications of a project as checks see them, and what is near to a condition that no alert meets."""

from __future__ import annotations

from collections.abc import Iterable

from obskit.analysis import Analysed
from obskit.analysis.alerted import ADDED, Alerted
from obskit.naming import did_you_mean
from obskit.notify import Notifications, gather
from obskit.notify.carried import ABSENT, Carried, judged
from obskit.notify.conditions import Condition

EMPTY = Carried({})
"""Of an alert without labels: what does not hold for it asks for a value."""


def declared(analysed: Analysed) -> Notifications:
    """What is declared, whoever is told elsewhere; empty where a module could not be loaded, for what it declares is not known."""
    return Notifications() if analysed.project.faults else gather(analysed.project.notifications)


def unmet(condition: Condition, alerts: Iterable[Alerted]) -> tuple[str, str] | None:
    """Why no alert meets a condition that asks for a value, and a hint; None when one may, or when it asks for none.

    An alert that may carry any label may carry one that is nearly called like a label that alerts do carry; but who writes so
    means the other.
    """
    known = tuple(alerts)
    if judged((condition,), EMPTY).verdict != "never" or not known:
        return None
    carriers = [alert for alert in known if alert.carried.of(condition.label) != ABSENT]
    near = did_you_mean(condition.label, labels(known))
    certain = [alert for alert in carriers if condition.label in alert.carried.values]
    if not carriers or (near and not certain):
        return f'no alert carries the label "{condition.label}"', near or "labels of alerts: " + ", ".join(labels(known))
    if any(judged((condition,), alert.carried).verdict != "never" for alert in carriers):
        return None
    values = sorted({value for alert in carriers for value in alert.carried.of(condition.label) or ()} - ABSENT)
    shown = ", ".join(values[:8]) + (", …" if len(values) > 8 else "")
    return f"no alert has {condition}", did_you_mean(condition.matcher.value, values) or f'values of "{condition.label}": {shown}'


def misspelt(label: str, alerts: Iterable[Alerted]) -> str:
    """A hint where a label that no alert surely carries is nearly called like one that alerts do carry; else empty."""
    known = tuple(alerts)
    certain = label in ADDED or any(label in alert.carried.values and alert.carried.of(label) != ABSENT for alert in known)
    return "" if certain else did_you_mean(label, (*labels(known), *ADDED))


def labels(alerts: Iterable[Alerted]) -> list[str]:
    """The labels that alerts are known to carry, sorted."""
    return sorted({name for alert in alerts for name, values in alert.carried.values.items() if values != frozenset()} - {*ADDED})
