"""A severity that is none of critical, warning, info, none, page and ticket.

These are what routes, inhibition rules and public alerts expect; an alert with `severity="crit"` matches no route. Where a
project has words of its own, `levels = { severity-value = "off" }`.

Bad:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m", severity="crit")

Good:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m", severity="critical")
    watchdog = Alert(name="Watchdog", expr="vector(1)", severity="none")
    burn = Alert(name="ShopBudgetBurn", expr="up == 0", for_="2m", severity="page")
    worse = Alert(name="ShopWorse", expr="up == 0", for_="9m", severity="{{ if eq $labels.zone \\"eu\\" }}critical{{ else }}info{{ end }}")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.placed import Placed, alerts
from obskit.finding import Severity
from obskit.lint.alerts import alike
from obskit.lint.problem import Problem
from obskit.naming import did_you_mean

LEVEL: Severity = "info"

_KNOWN = ("critical", "warning", "info", "none", "page", "ticket")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts by severities that are not usual."""
    odd: dict[str, list[Placed]] = {}
    for placed in alerts(analysed):
        severity = placed.labels.get("severity", "")
        if severity and severity not in _KNOWN and "{{" not in severity:
            odd.setdefault(severity, []).append(placed)
    for severity, found in odd.items():
        hint = did_you_mean(severity.lower(), _KNOWN) or "one of: " + ", ".join(_KNOWN)
        yield from alike(found, f'has the severity "{severity}", which is not usual', hint)
