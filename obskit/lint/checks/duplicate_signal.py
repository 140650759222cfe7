"""Two signals declare the same series.

Which of the two a query means is left to chance, and so is what is checked: labels, unit and kind of the one or the other.

Bad:
    one = Counter("shop_requests_total", help="Requests served.", service=shop)
    two = Counter("shop_requests_total", help="Requests answered.", service=shop)

Good:
    one = Counter("shop_requests_total", help="Requests served.", service=shop)
    two = Counter("shop_failures_total", help="Requests failed.", service=shop)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem

if TYPE_CHECKING:
    from obskit.catalog import Signal

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Signals of which a series is another signal's, or that share their name."""
    taken: dict[str, Signal] = {}
    for signal in analysed.project.signals:
        for name in dict.fromkeys((signal.name, *signal.series_names)):
            first = taken.setdefault(name, signal)
            if first is not signal:
                where = f"; the first is in {first.origin}" if first.origin else ""
                hint = f"import that one, or rename this{where}"
                yield Problem(f'{signal.kind} "{signal.name}" declares "{name}" again', signal.origin, hint, waive=signal.waive)
                break
