"""What must hold for the buckets of a histogram: ascending bounds, cumulative counts, `+Inf` equal to `_count`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from obskit.exposition.model import Family, Labels, Sample
from obskit.exposition.notes import Mistake, Notes
from obskit.exposition.numbers import number

_QUANTILES = frozenset([0.5, 0.75, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999])
_HIGH = 0.95
_ALIKE = "a histogram counts observations at or below each bound; computed percentiles are a summary's, in the label quantile"


@dataclass(slots=True)
class _Series:
    """One histogram: the samples that share all labels but `le`."""

    buckets: list[tuple[float, str, Sample]] = field(default_factory=list)
    count: Sample | None = None
    first: Sample | None = None


def check_buckets(family: Family, notes: Notes) -> None:
    """Notes what is wrong with the histograms of a family."""
    for series in _series(family, notes).values():
        for at, mistake in _mistakes(family, series):
            notes.add(at.line, mistake, family.name)


def _series(family: Family, notes: Notes) -> dict[Labels, _Series]:
    found: dict[Labels, _Series] = {}
    for sample in family.samples:
        labels = tuple(sorted(pair for pair in sample.labels if pair[0] != "le" and pair[1]))
        series = found.setdefault(labels, _Series())
        series.first = series.first or sample
        if sample.name.endswith("_bucket"):
            said = sample.label("le")
            bound = number(said) if said is not None else None
            if said is None or bound is None or math.isnan(bound):
                bad = f'bucket bound le="{said}" of "{sample.name}" is no number'
                what = bad if said is not None else f'"{sample.name}" has no label "le"'
                notes.add(sample.line, Mistake("bucket", what, hint='as in: le="0.5", and le="+Inf" last'), family.name)
            else:
                series.buckets.append((bound, said, sample))
        elif sample.name == f"{family.name}_count" or sample.name == f"{family.name}_gcount":
            series.count = sample
    return found


def _mistakes(family: Family, series: _Series) -> Iterator[tuple[Sample, Mistake]]:
    buckets, first = series.buckets, series.first
    if first is None:
        return
    name = family.name.removesuffix("_bucket")
    if not buckets:
        yield first, Mistake("no-bucket", f'a series of histogram "{name}" has no bucket', hint='le="+Inf" at least')
        return
    ascending = sorted(buckets, key=lambda bucket: bucket[0])
    yield from _order(name, ascending if family.type == "untyped" else buckets)  # as Prometheus federates: +Inf first
    yield from _growth(name, ascending)
    yield from _percentiles(name, buckets)
    last = max(buckets, key=lambda bucket: bucket[0])
    if last[0] != math.inf:
        yield last[2], Mistake("infinity", f'histogram "{name}" has no bucket le="+Inf"', hint="it counts every observation")
    elif series.count is not None and series.count.value != last[2].value:
        message = f'"{series.count.name}" is {_shown(series.count.value)}, and its bucket le="+Inf" is {_shown(last[2].value)}'
        yield series.count, Mistake("count", message, hint="both count every observation: they are equal")
    if series.count is None and family.type == "histogram" and family.format == "text":
        yield first, Mistake("count", f'a series of histogram "{name}" has no "{name}_count"', hint='it is equal to the bucket le="+Inf"')


def _order(name: str, buckets: Sequence[tuple[float, str, Sample]]) -> Iterator[tuple[Sample, Mistake]]:
    before = -math.inf
    for index, (bound, said, sample) in enumerate(buckets):
        if index and bound == before:
            message = f'histogram "{name}" has the bound {_shown(bound)} twice'
            yield sample, Mistake("twice", message, hint=f'le="{said}" is another spelling of it')
        elif bound < before:
            yield sample, Mistake("order", f'bucket le="{said}" of "{name}" comes after a greater one', hint="bounds ascend, +Inf is last")
        before = max(bound, before)


def _growth(name: str, buckets: Sequence[tuple[float, str, Sample]]) -> Iterator[tuple[Sample, Mistake]]:
    for (_, smaller, before), (_, said, sample) in pairwise(buckets):
        if sample.value < before.value:
            message = f'buckets of "{name}" are not cumulative: le="{said}" has {_shown(sample.value)}'
            message += f', and le="{smaller}" has {_shown(before.value)}'
            yield sample, Mistake("cumulative", message, hint="each bucket counts all observations up to its bound")
            return


def _percentiles(name: str, buckets: Sequence[tuple[float, str, Sample]]) -> Iterator[tuple[Sample, Mistake]]:
    """Quantiles under `le`: all bounds are usual quantiles, two at least, one of them high; surely so where counts are fractions."""
    finite = [bucket for bucket in buckets if math.isfinite(bucket[0])]
    bounds = {bound for bound, _, _ in finite}
    fraction = next((bucket for bucket in finite if bucket[2].value % 1), None)
    if len(bounds) > 1 and bounds <= _QUANTILES and max(bounds) >= _HIGH:
        said = ", ".join(f'le="{text}"' for _, text, _ in finite[:5])
        message = f'the bounds of "{name}" look like quantiles: {said}'
        yield finite[0][2], Mistake("percentile", message, hint=_ALIKE, severity="error" if fraction else "warning")
    elif fraction:
        message = f'bucket le="{fraction[1]}" of "{name}" is {_shown(fraction[2].value)}, and counts are whole'
        yield fraction[2], Mistake("fraction", message, hint=_ALIKE, severity="warning")


def _shown(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
