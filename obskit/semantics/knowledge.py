"""What is known of metric names: the catalogue's signals, recording rules by what they record, and what Prometheus makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from obskit.duration import Duration
from obskit.errors import DeclarationError
from obskit.model import GroupView, RuleFile, RuleView
from obskit.promql import Parsed
from obskit.semantics.labels import Labels
from obskit.semantics.reading import meaning
from obskit.semantics.series import WELL_KNOWN, Series, of_signal
from obskit.semantics.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from obskit.catalog import Signal

_DEEPEST = 40


@dataclass(slots=True, eq=False)
class Knowledge:
    """Metric names to what they are. Recording rules are worked out when first asked for, from their own expressions.

    `parse` gives a recording rule's expression its tree. A name that several rules record is what all of them agree on.
    """

    parse: Callable[[str], Parsed]
    signals: dict[str, Series]
    records: dict[str, list[tuple[GroupView, RuleView]]]
    _known: dict[str, Series | None] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, signals: Iterable[Signal], files: Iterable[RuleFile], parse: Callable[[str], Parsed]) -> Knowledge:
        """What these signals and rule files tell."""
        series: dict[str, Series] = {}
        for signal in signals:
            for name, one in of_signal(signal).items():
                series.setdefault(name, one)
        records: dict[str, list[tuple[GroupView, RuleView]]] = {}
        for file in files:
            for group, rule in file.rules():
                if rule.kind == "record":
                    records.setdefault(rule.name, []).append((group, rule))
        return cls(parse, series, records)

    def __call__(self, name: str) -> Series | None:
        """The series of that name, or None where nothing is known."""
        found = self.signals.get(name)
        if found is not None:
            return found
        if name not in self._known:
            self._known[name] = self._recorded(name) if name in self.records else WELL_KNOWN.get(name)
        return self._known[name]

    def _recorded(self, name: str) -> Series | None:
        if name in self._open or len(self._open) >= _DEEPEST:
            return None
        self._open.append(name)
        found = [self._of_rule(group, rule) for group, rule in self.records[name]]
        self._open.pop()
        first = found[0]
        for other in found[1:]:
            first = _agreed(first, other)
        return first

    def _of_rule(self, group: GroupView, rule: RuleView) -> Series:
        found = meaning(self.parse(rule.expr), self)
        value = found.value if found is not None else Value("vector")
        labels = value.labels.without(())
        added = {**_labels(group.json.get("labels")), **_labels(rule.json.get("labels"))}
        if added:
            labels = Labels({**labels.names, **{key: frozenset((text,)) for key, text in added.items()}}, labels.open)
        source = value.source
        suffix = "_bucket" if source is not None and source.is_bucket and "le" in labels.names else ""
        interval = _milliseconds(group.json.get("interval"))
        bounds = (value.low, value.high)
        signal = source.signal if source is not None and suffix else None
        return Series(rule.name, value.type, value.unit, labels, bounds, signal, suffix, rule=rule, merged=value.merged, interval=interval)


def _labels(given: object) -> dict[str, str]:
    if not isinstance(given, dict):
        return {}
    return {key: text for key, text in given.items() if isinstance(key, str) and isinstance(text, str)}


def _milliseconds(text: object) -> int:
    try:
        return Duration.parse(text).milliseconds if isinstance(text, str) and text else 0
    except DeclarationError:
        return 0


def _agreed(one: Series, other: Series) -> Series:
    same = one.type == other.type and one.unit == other.unit
    low = None if one.bounds[0] is None or other.bounds[0] is None else min(one.bounds[0], other.bounds[0])
    high = None if one.bounds[1] is None or other.bounds[1] is None else max(one.bounds[1], other.bounds[1])
    labels = one.labels.union(other.labels)
    kind, unit = (one.type, one.unit) if same else ("", None)
    return Series(one.name, kind, unit, labels, (low, high), rule=one.rule, merged=one.merged or other.merged)
