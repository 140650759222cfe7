"""Which labels each alert carries when it reaches whoever routes it: those of its result, those of its rule, its name.

Source: Prometheus' package `rules`: labels of the rule replace those of the result, and `alertname` all; external labels are added
where there is none of the name. Grafana adds `grafana_folder`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from obskit.analysis.analysed import Analysed
from obskit.analysis.asked import Asked
from obskit.analysis.placed import Placed, alerts
from obskit.analysis.sure_labels import SureLabels
from obskit.notify.carried import Carried, Values
from obskit.origin import Origin
from obskit.waiver import Waive

ADDED = ("grafana_folder",)
"""Labels that the sender adds, with values that are not known here."""


class Alerted(NamedTuple):
    """An alert where it is declared, and what it carries."""

    placed: Placed
    carried: Carried

    @property
    def name(self) -> str:
        return self.placed.rule.name

    @property
    def origin(self) -> Origin | None:
        return self.placed.rule.origin

    @property
    def waive(self) -> tuple[Waive, ...]:
        return self.placed.rule.waive


def alerted(analysed: Analysed) -> Iterator[Alerted]:
    """Every alert, in the order of files. One whose query has no meaning that is known may carry anything; one on spans carries what its
    question groups by."""
    sure = SureLabels(analysed)
    asked = {id(one.rule): one for one in analysed.alerts}
    added: dict[str, Values] = dict.fromkeys(ADDED)
    for service in analysed.project.services:
        added |= dict.fromkeys(service.external_labels)
    for placed in alerts(analysed):
        yield Alerted(placed, _carried(placed, asked.get(id(placed.rule)), sure, added))


def _carried(placed: Placed, asked: Asked | None, sure: SureLabels, added: dict[str, Values]) -> Carried:
    values: dict[str, Values] = dict(added)
    certain: set[str] = set()
    is_open = True
    if placed.rule.trace is not None:
        quantile = ("p",) if "quantile_over_time" in placed.rule.trace.query else ()  # which Tempo tells the quantiles apart by
        values |= dict.fromkeys((*placed.rule.trace.labels, *quantile))
        is_open = False
    elif asked is not None and asked.meaning is not None:
        labels = asked.meaning.value.labels
        values |= {name: known for name, known in labels.names.items() if name != "__name__"}
        certain |= sure.of(asked.meaning.root) - {"__name__"}
        values |= {name: None for name in certain if name not in values}
        is_open = labels.open
    for name, text in placed.labels.items():
        is_template = "{{" in text
        values[name] = None if is_template else frozenset((text,) if text else ())
        (certain.discard if is_template or not text else certain.add)(name)
    values["alertname"] = frozenset((placed.rule.name,))
    return Carried(values, frozenset(certain | {"alertname"}), is_open)
