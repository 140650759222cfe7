"""An inhibition that keeps nothing quiet: no alert is its source or its target, or never do two agree on the labels `equal`.

The name of an alert changed, a label is missing on one side, or a value is misspelt.

Bad:
    down = Alert(name="ShopDown", expr='up{job="shop"} == 0', for_="2m", severity="critical")
    slow = Alert(name="ShopSlow", expr='scrape_duration_seconds{job="shop"} > 9', for_="2m", severity="warning")
    quiet = Inhibit(source={"alertname": "ShopsDown"}, target={"alertname": "ShopSlow"}, equal=("job",))

Good:
    down = Alert(name="ShopDown", expr='up{job="shop"} == 0', for_="2m", severity="critical")
    slow = Alert(name="ShopSlow", expr='scrape_duration_seconds{job="shop"} > 9', for_="2m", severity="warning")
    quiet = Inhibit(source={"alertname": "ShopDown"}, target={"alertname": "ShopSlow"}, equal=("job",))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.alerted import Alerted, alerted
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.routed import declared, unmet
from obskit.notify import Inhibit
from obskit.notify.carried import judged
from obskit.notify.conditions import Condition, shown
from obskit.notify.routing import silenced, silencing

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Inhibitions whose sides no alert is on, or none together."""
    found = declared(analysed)
    alerts = tuple(alerted(analysed)) if found.inhibitions else ()
    for one in found.inhibitions if alerts else ():
        why = _side("source", one.sources, alerts) or _side("target", one.targets, alerts) or _together(one, alerts)
        if why is not None:
            yield Problem(f"the inhibition keeps nothing quiet: {why[0]}", one.origin, why[1], waive=one.waive)


def _side(side: str, conditions: tuple[Condition, ...], alerts: tuple[Alerted, ...]) -> tuple[str, str] | None:
    if any(judged(conditions, alert.carried).verdict != "never" for alert in alerts):
        return None
    single = next(filter(None, (unmet(condition, alerts) for condition in conditions)), None)
    return single or (f"no alert is its {side} {shown(conditions)}", "each condition is met by some alert, and all by none")


def _together(one: Inhibit, alerts: tuple[Alerted, ...]) -> tuple[str, str] | None:
    prepared = silencing((one,), ((alert.name, alert.carried) for alert in alerts))
    if any(any(silenced(alert.carried, prepared)) for alert in alerts):
        return None
    return f"no source and target have the same {' and '.join(one.equal) or 'labels'}", "leave out of equal=(…) what one side lacks"
