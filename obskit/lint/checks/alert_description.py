"""An alert without a description.

The summary says what is wrong; the description says where and how much: `{{ $labels.instance }}`, `{{ $value | humanize }}`.

Bad:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m", severity="critical", summary="The shop is down")

Good:
    down = Alert(name="ShopDown", expr="up == 0", for_="2m", summary="Down", description="{{ $labels.instance }} does not answer.")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.placed import alerts
from obskit.finding import Severity
from obskit.lint.alerts import alike
from obskit.lint.problem import Problem

LEVEL: Severity = "info"

_NAMES = ("description", "message")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts that do not say which series is meant."""
    found = (placed for placed in alerts(analysed) if not any(placed.annotations.get(name) for name in _NAMES))
    yield from alike(found, "has no description", 'description="{{ $labels.job }}: {{ $value | humanize }}"')
