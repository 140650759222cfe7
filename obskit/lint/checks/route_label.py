"""A route that asks for a label that no alert carries, or for a value that no alert has; or that groups by a misspelt label.

Nothing ever comes this way, or what comes is not grouped. What alerts carry is what their queries yield, what is written on them
and on their groups, what services declare as external labels, `alertname` and, in Grafana, `grafana_folder`. An alert that may
carry any label counts as carrying it, unless the label is nearly called like one that alerts are known to carry. Conditions that
hold for alerts without the label (`not_("x")`) are not reported.

Bad:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m", severity="critical")
    ops = Receiver("ops", Email("ops@example.com"))
    root = Route(ops, routes=(
        Route(ops, match={"severity": "crit"}, repeat_interval="1h"),
    ))

Bad:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m", severity="critical")
    root = Route(Receiver("ops", Email("ops@example.com")), group_by=("alertname", "severty"))

Good:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m", severity="critical")
    ops = Receiver("ops", Email("ops@example.com"))
    root = Route(ops, routes=(Route(ops, match={"severity": "critical"}, repeat_interval="1h"),))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.alerted import alerted
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.routed import declared, misspelt, unmet

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Conditions of routes that no alert meets."""
    found = declared(analysed)
    alerts = tuple(alerted(analysed)) if found.root is not None else ()
    for route in found.routes:
        for condition in route.conditions:
            why = unmet(condition, alerts)
            if why is not None:
                yield Problem(f"nothing comes by the route {route.title}: {why[0]}", route.origin, why[1], waive=route.waive)
        for label in route.group_by:
            near = misspelt(label, alerts)
            if near:
                yield Problem(f'alerts are grouped by the label "{label}", which none carries', route.origin, near, waive=route.waive)
