"""An alert that says nothing about itself.

The summary is the line that is read at night, on a telephone, first: what is wrong, in a few words. `title` and `message`, as
older alerts call it, count too.

Bad:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m", severity="critical")

Good:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m", severity="critical", summary="The shop is down")
    late = Alert(name="ShopLate", expr="scrape_duration_seconds > 9", for_="2m", severity="info", annotations={"message": "Late"})
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.placed import alerts
from obskit.finding import Severity
from obskit.lint.alerts import alike
from obskit.lint.problem import Problem

LEVEL: Severity = "warning"

_NAMES = ("summary", "title", "message")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts without a line of text."""
    found = (placed for placed in alerts(analysed) if not any(placed.annotations.get(name) for name in _NAMES))
    yield from alike(found, "has no summary", 'summary="what is wrong, in one line"')
