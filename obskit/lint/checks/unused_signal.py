"""A declared metric that no panel, variable, alert or rule reads.

Either something is missing that should show it, or it is exposed, stored and paid for in vain. Those of one module are told
together.

Bad:
    queue = Gauge("shop_queue_length", help="Orders waiting.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "up")])

Good:
    queue = Gauge("shop_queue_length", help="Orders waiting.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Queue", "shop_queue_length")])
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.records import reading
from obskit.naming import Alike
from obskit.waiver import Waive

if TYPE_CHECKING:
    from obskit.catalog import Signal

LEVEL: Severity = "info"

_NAMED = 5


def check(analysed: Analysed) -> Iterator[Problem]:
    """Signals of a whole project, with queries, that none of them names."""
    project = analysed.project
    if not project.signals or not analysed.queries or not project.modules or project.faults:
        return
    is_read = reading(analysed)
    misspelt = _misspelt(analysed)
    unread: dict[tuple[str, tuple[Waive, ...]], list[Signal]] = {}
    for signal in project.signals:
        own = signal.origin is not None and not PurePath(signal.origin.path).is_absolute()
        names = (*signal.series_names, *signal.aliases)
        if own and not signal.deprecated and misspelt.isdisjoint(names) and not any(is_read(name) for name in names):
            path = signal.origin.path if signal.origin is not None else ""
            unread.setdefault((path, signal.waive), []).append(signal)
    for (_, waive), signals in unread.items():
        yield Problem(_message(signals), signals[0].origin, "show it on a board, or leave it out", waive=waive)


def _misspelt(analysed: Analysed) -> set[str]:
    """The names that were probably meant by those that are not known."""
    selectors = (selector for asked in analysed.queries for selector in asked.parsed.selectors if not selector.variables)
    unknown = {one.name for one in selectors if one.name is not None and not analysed.known.has(one.name)}
    alike = Alike(analysed.known.names)
    return {alike.to(name) for name in unknown}


def _message(signals: list[Signal]) -> str:
    names = ", ".join(f'"{signal.name}"' for signal in signals[:_NAMED])
    if len(signals) == 1:
        return f"no panel, variable, alert or rule reads {names}"
    more = f" and {len(signals) - _NAMED} more" if len(signals) > _NAMED else ""
    return f"no panel, variable, alert or rule reads {len(signals)} metrics of this module: {names}{more}"
