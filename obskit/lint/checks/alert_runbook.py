"""An alert without a runbook.

Whoever is woken by it reads there what it means and what to do. `Service(runbook="https://…/{alert}")` derives the address for
every alert on the service's signals; an alert of raw text gives its own.

Bad:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m", severity="critical")

Good:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m", severity="critical", runbook="https://runbooks.example.com/ShopDown")
    watchdog = Alert(name="Watchdog", expr="vector(1)", severity="none")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.placed import Placed, alerts
from obskit.finding import Severity
from obskit.lint.alerts import alike
from obskit.lint.problem import Problem

LEVEL: Severity = "info"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts that may notify somebody and lead nowhere."""
    found = (placed for placed in alerts(analysed) if placed.labels.get("severity") != "none" and not _leads(placed))
    services = analysed.project.services
    if services and all(service.runbook for service in services):
        hint = 'runbook="https://…": a text query names no service whose runbook it could take'
    else:
        hint = 'runbook="https://…", or Service(runbook="https://…/{alert}")'
    yield from alike(found, "has no runbook", hint)


def _leads(placed: Placed) -> bool:
    return any("runbook" in name.lower() and text for name, text in placed.annotations.items())
