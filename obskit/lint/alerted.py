"""Which labels each alert carries when it reaches whoever routes it: those of its result, those of its rule, its name.

Source: Prometheus' package `rules`: labels of the rule replace those of the result, and `alertname` all; external labels are added
where there is none of the name. Grafana adds `grafana_folder`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from obskit.analysis import Analysed, Asked
from obskit.lint.alerts import written
from obskit.lint.sure_labels import SureLabels
from obskit.notify.carried import Carried, Values

ADDED = ("grafana_folder",)
"""Labels that the sender adds, with values that are not known here."""


class Alerted(NamedTuple):
    """An alert where it is declared, and what it carries."""

    asked: Asked
    carried: Carried

    @property
    def name(self) -> str:
        assert self.asked.rule is not None  # an alert is a rule
        return self.asked.rule.name


def alerted(analysed: Analysed) -> Iterator[Alerted]:
    """Every alert, in the order of files."""
    sure = SureLabels(analysed)
    added: dict[str, Values] = dict.fromkeys(ADDED)
    for service in analysed.project.services:
        added |= dict.fromkeys(service.external_labels)
    for asked in analysed.alerts:
        yield Alerted(asked, _carried(asked, sure, added))


def _carried(asked: Asked, sure: SureLabels, added: dict[str, Values]) -> Carried:
    values: dict[str, Values] = dict(added)
    certain: set[str] = set()
    if asked.meaning is not None:
        labels = asked.meaning.value.labels
        values |= {name: known for name, known in labels.names.items() if name != "__name__"}
        certain |= sure.of(asked.meaning.root) - {"__name__"}
        values |= {name: None for name in certain if name not in values}
        is_open = labels.open
    else:
        is_open = True
    for part in (asked.group, asked.rule):
        for name, text in written(part.json.get("labels") if part is not None else None).items():
            is_template = "{{" in text
            values[name] = None if is_template else frozenset((text,) if text else ())
            (certain.discard if is_template or not text else certain.add)(name)
    assert asked.rule is not None  # an alert is a rule
    values["alertname"] = frozenset((asked.rule.name,))
    return Carried(values, frozenset(certain | {"alertname"}), is_open)
