"""A query asks for a metric that no catalogue declares.

Such a panel stays empty and such an alert never fires; both look healthy. The metric is misspelt, was renamed, or belongs
to a service whose signals are not declared yet: declare it, or name it in `tool.obskit.lint.external`.

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", "sum(rate(shop_request_total[5m]))")])

Good:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Requests", "sum(rate(shop_requests_total[5m]))"),
        stat("Firing", 'count(ALERTS{alertstate="firing"})'),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from obskit.analysis import Analysed, Known
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.suffixes import Suffixes
from obskit.naming import Alike

if TYPE_CHECKING:
    from obskit.catalog import Signal

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Metric names in PromQL that neither catalogue, recording rules nor settings know."""
    if not analysed.declares_signals:
        return
    suffixes = Suffixes(analysed.known)
    alike = Alike(analysed.known.names)
    renamed = {alias: signal for signal in analysed.known.series.values() for alias in signal.aliases}
    for asked in analysed.queries:
        for selector in asked.parsed.selectors:
            name = selector.name
            if name is not None and not selector.variables and not analysed.known.has(name):
                if suffixes.slip(name) is not None:
                    continue  # metric-suffix says what is wrong
                message = f'metric "{name}" is not in the catalogue'
                hint = _renamed(renamed[name]) if name in renamed else _hint(alike.to(name), analysed.known)
                yield Problem(message, asked.origin, hint, asked.text, selector.name_span, asked.waive)


def _renamed(signal: Signal) -> str:
    return f'it is called "{signal.name}" now; declared in {signal.origin}'


def _hint(near: str, known: Known) -> str:
    if not near:
        return 'declare it in the catalogue, or name it in "external" of [tool.obskit.lint]'
    signal = known.series.get(near)
    where = f" declared in {signal.origin}" if signal is not None and signal.origin else ""
    return f'did you mean "{near}"?{where}'
