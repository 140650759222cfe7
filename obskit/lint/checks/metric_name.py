"""A metric whose name breaks the naming conventions of Prometheus.

Whoever reads a query tells from the name what is counted and in which unit: counters end in `_total`, what is only labels
in `_info`, all else in its base unit (seconds, bytes, ratio). A name that is documented or scraped elsewhere stays, with a
waiver on the signal.

Bad:
    latency = Gauge("shop_current_latency_ms", help="Latency.", service=shop, unit=units.MILLISECONDS)

Bad:
    requests = Counter("shop_requests", help="Requests served.", service=shop)

Good:
    latency = Gauge("shop_latency_seconds", help="Latency.", service=shop, unit=units.SECONDS)
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    cost = Counter("shop_cost_cents", help="Cost.", service=shop, unit=units.CENTS, waive=(Waive("metric-name", "documented"),))
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.names import convention, faults
from obskit.lint.problem import Problem

if TYPE_CHECKING:
    from obskit.catalog import Signal

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Signals of this project with an unconventional name."""
    for signal in analysed.project.signals:
        found = faults(signal) if _is_own(signal) else ()
        if found:
            name = signal.twin or convention(signal)
            hint = f'by convention "{name}"' if name != signal.name else "rename it, or waive this with the reason"
            yield Problem(f'metric "{signal.name}": {"; ".join(found)}', signal.origin, hint, waive=signal.waive)


def _is_own(signal: Signal) -> bool:
    """Whether the signal is declared in this project, and not in an installed package."""
    return signal.origin is not None and not PurePath(signal.origin.path).is_absolute()
