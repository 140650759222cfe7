"""The labels that are exposed, and their values, against those that are declared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from obskit.catalog import Label, Signal
from obskit.exposition import Sample
from obskit.finding import Finding
from obskit.naming import did_you_mean
from obskit.origin import Origin
from obskit.scrape.exposed import own_labels

ID = "scrape-labels"
_FEW = 5


@dataclass(slots=True)
class _Seen:
    """One label on the series of a signal: its values with the first line of each, and how many series have it."""

    line: int
    series: int = 0
    values: dict[str, int] = field(default_factory=dict)


def of_labels(signal: Signal, samples: Sequence[Sample], source: str) -> Iterator[Finding]:
    """Labels that are missing or extra, values that cannot be, and more values than there may be."""
    seen: dict[str, _Seen] = {}
    without: dict[str, list[int]] = {label.name: [] for label in signal.labels}
    for sample in samples:
        own = own_labels(signal, sample)
        for name, value in own.items():
            label = seen.setdefault(name, _Seen(sample.line))
            label.series += 1
            label.values.setdefault(value, sample.line)
        for name, lines in without.items():
            if name not in own:
                lines.append(sample.line)
    extra = [name for name in seen if name not in without]
    for declared in signal.labels:
        if without[declared.name] and not declared.optional:
            yield _missing(signal, declared, without[declared.name], len(samples), extra, source)
        if declared.name in seen:
            yield from _values(signal, declared, seen[declared.name].values, source)
    for name in extra:
        message = f'label "{name}" of "{signal.name}" is exposed and not declared'
        near = did_you_mean(name, [label for label, lines in without.items() if lines])
        hint = near or "declare it, or drop it in the exporter: each of its values is a series more" + _declared(signal)
        yield Finding(id=ID, severity="warning", message=message, origin=Origin(source, seen[name].line), hint=hint)


def _missing(signal: Signal, label: Label, lines: Sequence[int], total: int, extra: Sequence[str], source: str) -> Finding:
    on = "any series" if len(lines) == total else f"{len(lines)} of {total} series"
    message = f'label "{label.name}" is not on {on} of "{signal.name}"'
    near = did_you_mean(label.name, extra)
    hint = near or "queries by it find nothing there; declare it optional=True if that is meant" + _declared(signal)
    return Finding(id=ID, severity="error", message=message, origin=Origin(source, lines[0]), hint=hint)


def _values(signal: Signal, label: Label, values: dict[str, int], source: str) -> Iterator[Finding]:
    wrong = [value for value in values if not label.allows(value)]
    if wrong:
        said = ", ".join(f'"{value[:60]}"' for value in wrong[:_FEW]) + (f" and {len(wrong) - _FEW} more" if len(wrong) > _FEW else "")
        message = f'label "{label.name}" of "{signal.name}" has undeclared values: {said}'
        hint = label.expects(wrong[0])
        yield Finding(id=ID, severity="error", message=message, origin=Origin(source, values[wrong[0]]), hint=hint)
    elif label.at_most is not None and len(values) > label.at_most:
        message = f'label "{label.name}" of "{signal.name}" has {len(values)} values, declared are {label.at_most} at most'
        line = sorted(values.values())[label.at_most]
        hint = "does it hold what grows without end, like an id or a path?" + _declared(signal)
        yield Finding(id="scrape-cardinality", severity="warning", message=message, origin=Origin(source, line), hint=hint)


def _declared(signal: Signal) -> str:
    return f"; declared in {signal.origin}" if signal.origin else ""
