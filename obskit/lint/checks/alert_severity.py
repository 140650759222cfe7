"""An alert without a severity.

The label decides who is notified and how; an alert without it falls through to the default receiver. A label of another
name that does the same (`priority`, `sloth_severity`, …) counts, and one of the group too.

Bad:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m")

Good:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m", severity="critical")
    late = RuleGroup("shop", labels={"severity": "warning"}, rules=(Alert(name="ShopLate", expr="scrape_duration_seconds > 9"),))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.placed import alerts
from obskit.finding import Severity
from obskit.lint.alerts import alike
from obskit.lint.problem import Problem

LEVEL: Severity = "warning"

_NAMES = ("severity", "priority", "urgency", "criticality")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts that no label ranks."""
    found = (placed for placed in alerts(analysed) if not any(_ranks(label) for label in placed.labels))
    yield from alike(found, "does not say how severe it is", 'severity="critical", "warning" or "info"')


def _ranks(label: str) -> bool:
    return label.lower().endswith(_NAMES)
