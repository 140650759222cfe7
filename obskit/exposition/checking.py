"""What must hold within a family, whoever wrote it: names that fit the type, values that can be, labels that are labels."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from obskit.exposition.buckets import check_buckets
from obskit.exposition.model import SUFFIXES, Family, Sample
from obskit.exposition.notes import Mistake, Notes
from obskit.exposition.numbers import number
from obskit.finding import Severity

_JOINED = re.compile(r"\{?[a-zA-Z_][a-zA-Z0-9_]*+=[^,=]*+(?:,[ ]?[a-zA-Z_][a-zA-Z0-9_]*+=[^,=]*+)++")
_COUNTING = ("_total", "_bucket", "_count", "_gcount")


def check(families: Iterable[Family], notes: Notes) -> None:
    """Notes what is wrong within each family; many series with the same mistake are one."""
    known = {family.name: family for family in families}
    for family in known.values():
        for sample in family.samples:
            for mistake in _of_sample(family, sample):
                notes.add(sample.line, mistake, family.name)
        if family.type in ("histogram", "gaugehistogram") or _is_bucket_alone(family):
            check_buckets(family, notes)
        if not family.samples and family.format == "text":
            _check_lost_type(family, known, notes)
        if family.unit:
            _check_unit(family, notes)


def _of_sample(family: Family, sample: Sample) -> Iterator[Mistake]:
    ending = sample.name.removeprefix(family.name)
    suffixes = SUFFIXES[family.format].get(family.type, ("",))
    whole = family.keeps_ending(sample)
    if whole:
        yield _untaken(family)
    elif ending not in suffixes:
        named = ", ".join(f'"{family.name}{suffix}"' for suffix in suffixes)
        yield Mistake("suffix", f'a {family.type} has no sample "{sample.name}"', hint=f"its samples are {named}")
    if _counts(family, ending) and not sample.value >= 0:
        yield _uncounted(family, sample)
    if family.type == "summary" and not ending:
        yield from _of_quantile(sample)
    if family.type in ("info", "stateset"):
        yield from _of_state(family, sample)
    for name, value in sample.labels:
        if "=" in value and _JOINED.match(value):
            message = f'label "{name}" of "{sample.name}" holds several labels in one value'
            yield Mistake("joined", message, hint="write each as a label of its own, its value escaped", severity="warning")
    if sample.exemplar is not None and not (ending == "_bucket" or (family.type == "counter" and (whole or ending == "_total"))):
        yield Mistake("exemplar", f'"{sample.name}" cannot have an exemplar', hint="buckets and counters can")


def _uncounted(family: Family, sample: Sample) -> Mistake:
    if math.isnan(sample.value):
        hint = "Prometheus takes it, and every rate of it is NaN; what counts begins at 0"
        severity: Severity = "warning" if family.type == "counter" else "error"
        return Mistake("value", f'"{sample.name}" counts, and is not a number', hint=hint, severity=severity)
    return Mistake("value", f'"{sample.name}" counts, and is negative', hint="what only grows begins at 0; expose a gauge if it can fall")


def _untaken(family: Family) -> Mistake:
    short = family.name.rpartition("_")[0]
    message = f'TYPE calls a {family.type} "{family.name}", as its samples are called: OpenMetrics calls it "{short}"'
    return Mistake("suffix", message, hint=f"write TYPE {short} {family.type}", severity="warning")


def _counts(family: Family, ending: str) -> bool:
    if family.type == "counter":
        return ending != "_created"
    return family.type in ("histogram", "summary", "gaugehistogram") and ending in _COUNTING


def _of_quantile(sample: Sample) -> Iterator[Mistake]:
    said = sample.label("quantile")
    if said is None:
        yield Mistake("quantile", f'"{sample.name}" is a summary and has no label "quantile"', hint="its other samples are _sum and _count")
        return
    value = number(said)
    if value is None or not 0 <= value <= 1:
        yield Mistake("quantile", f'quantile "{said}" of "{sample.name}" is not between 0 and 1', hint="the 95th percentile is 0.95")


def _of_state(family: Family, sample: Sample) -> Iterator[Mistake]:
    if family.type == "info" and sample.value != 1:
        yield Mistake("value", f'"{sample.name}" is an info, which is always 1', hint="what it tells is in its labels")
    if family.type == "stateset" and sample.value not in (0, 1):
        yield Mistake("value", f'"{sample.name}" is a state, which is 0 or 1')
    if family.type == "stateset" and sample.label(family.name) is None:
        message = f'"{sample.name}" is a stateset and has no label "{family.name}"'
        yield Mistake("label", message, hint="that label names the state", severity="warning")


def _is_bucket_alone(family: Family) -> bool:
    """Whether these are buckets that no TYPE calls a histogram's."""
    return family.type == "untyped" and family.name.endswith("_bucket") and any(sample.label("le") is not None for sample in family.samples)


def _check_lost_type(family: Family, known: dict[str, Family], notes: Notes) -> None:
    """A TYPE whose samples carry another name: as seen in exporters that write `_total` on the samples alone."""
    for ending in ("_total", "_info"):
        other = known.get(family.name + ending)
        if family.type != "untyped" and other is not None and other.samples and other.type == "untyped":
            message = f'TYPE says that "{family.name}" is a {family.type}, its samples are called "{other.name}": they have no type'
            notes.add(family.line, Mistake("type", message, hint=f'write TYPE {other.name} {family.type}', severity="warning"))


def _check_unit(family: Family, notes: Notes) -> None:
    if not family.name.endswith(f"_{family.unit}"):
        message = f'the unit of "{family.name}" is "{family.unit}", and its name does not end in it'
        notes.add(family.line, Mistake("unit", message, hint=f'a metric in {family.unit[:60]} ends in "_{family.unit[:60]}"'))
