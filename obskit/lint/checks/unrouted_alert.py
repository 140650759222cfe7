"""An alert that reaches nobody.

Every way through the tree of routes ends, for this alert, at a receiver without integrations. It fires and no one hears of it.
An alert with severity "none" is meant so. Of an alert whose labels are not all known it is reported only when it is certain.

Bad:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m", severity="critical")
    nobody = Receiver("nobody")
    root = Route(nobody, routes=(Route(Receiver("ops", Email("ops@example.com")), match={"severity": "warning"}),))

Good:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m", severity="critical")
    watchdog = Alert(name="Watchdog", expr="vector(1)", severity="none")
    root = Route(Receiver("ops", Email("ops@example.com")), routes=(Route(Receiver("nobody"), match={"severity": "none"}),))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.alerted import alerted
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.routed import declared
from obskit.notify.routing import reached

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts that end at nobody, whatever their labels are."""
    found = declared(analysed)
    if found.root is None or found.root.receiver is None:
        return
    if all(route.receiver is None or route.receiver.integrations for route in found.routes):
        return  # wherever an alert ends, somebody is told
    for alert in alerted(analysed):
        ends = reached(found.root, alert.carried)
        if alert.carried.of("severity") == frozenset(("none",)) or any(end.is_told for end in ends):
            continue
        names = " or ".join(dict.fromkeys(f'"{end.receiver.name}"' for end in ends if end.receiver is not None))
        message = f'alert "{alert.name}" reaches nobody: it ends at receiver {names}, which has no integration'
        hint = "give the receiver an integration, or add a route that takes the alert"
        yield Problem(message, alert.origin, hint, waive=alert.waive)
