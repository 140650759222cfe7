"""An exposition, asked by the names that queries use."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from obskit.catalog import Histogram, Signal, Summary
from obskit.exposition import Exposition, Family, Sample

PARTS = {"histogram": ("_bucket", "_count", "_sum"), "summary": ("", "_count", "_sum")}
_OF_A_KIND = {"histogram": "le", "summary": "quantile"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is exposed of one signal: its family (None where only parts of it are), the samples, and the families they are in."""

    family: Family | None
    samples: tuple[Sample, ...]
    families: tuple[Family, ...]


@dataclass(slots=True)
class Exposed:
    """Families by the metric they are asked for, and samples with their family by name."""

    families: dict[str, Family] = field(default_factory=dict)
    samples: dict[str, list[tuple[Sample, Family]]] = field(default_factory=dict)

    @classmethod
    def of(cls, exposition: Exposition) -> Exposed:
        own = cls()
        for family in exposition.families:
            own.families.setdefault(family.metric, family)
            for sample in family.samples:
                own.samples.setdefault(sample.name, []).append((sample, family))
        return own

    def shown(self, signal: Signal) -> Shown | None:
        """What there is of the signal; None where there is nothing."""
        family = self.families.get(signal.name)
        found = [pair for name in series_names(signal) for pair in self.samples.get(name, ())]
        if family is None and not found:
            return None
        families = ([family] if family else []) + [one for _, one in found]
        unique = {one.name: one for one in families}
        return Shown(family, tuple(sample for sample, _ in found), tuple(unique.values()))


def series_names(signal: Signal) -> tuple[str, ...]:
    """The names its samples may have: also those that a declaration leaves out."""
    return tuple(signal.name + part for part in PARTS.get(signal.kind, ("",)))


def own_labels(signal: Signal, sample: Sample) -> dict[str, str]:
    """The labels of a sample that its declaration should know: not `le`, `quantile`, or what the service's environment adds."""
    around = {"job", "instance", *signal.service.environment, *signal.service.matchers, _OF_A_KIND.get(signal.kind, "")}
    return {name: value for name, value in sample.labels if value and name not in around}


def bounds(samples: Iterable[Sample]) -> tuple[float, ...]:
    """The finite bounds of buckets, ascending; `2` and `2.0` are one."""
    found = set()
    for sample in samples:
        value = _number(sample.label("le") or "")
        if sample.name.endswith("_bucket") and math.isfinite(value):
            found.add(value + 0.0)
    return tuple(sorted(found))


def quantiles(samples: Iterable[Sample]) -> tuple[float, ...]:
    """The quantiles of a summary, ascending."""
    values = {_number(sample.label("quantile") or "") for sample in samples}
    return tuple(sorted(value for value in values if 0 <= value <= 1))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def missing_parts(signal: Signal, names: Sequence[str]) -> tuple[str, ...]:
    """The series that queries of this signal read and that are not among `names`."""
    if not isinstance(signal, (Histogram, Summary)) or (isinstance(signal, Histogram) and signal.native):
        return ()
    return tuple(name for name in signal.series_names if name not in names)
