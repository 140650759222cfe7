"""What kind of metric is exposed, against what kind is declared."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.catalog import Histogram, Signal
from obskit.exposition import Family
from obskit.finding import Finding, Severity
from obskit.origin import Origin
from obskit.scrape.exposed import Shown, bounds, missing_parts

TYPE, BUCKETS, SERIES = "scrape-type", "scrape-buckets", "scrape-series"
_FEW = 6


def of_type(signal: Signal, there: Shown, source: str) -> Iterator[Finding]:
    """Another type, series that are not there, other buckets."""
    family = there.family or there.families[0]
    said = family.type if there.family else "untyped"
    expected = expected_type(signal, family)
    if said != expected:
        yield _type(signal, family, said, expected, source)
    if not there.samples:
        return
    for name in missing_parts(signal, [sample.name for sample in there.samples]):
        message = f'{signal.kind} "{signal.name}" has no series "{name}"'
        hint = "queries of it read that series" + _declared(signal)
        yield Finding(id=SERIES, severity="warning", message=message, origin=Origin(source, family.line), hint=hint)
    if isinstance(signal, Histogram) and not signal.native:
        yield from _buckets(signal, there, source)


def expected_type(signal: Signal, family: Family) -> str:
    """The type that the family of a signal is to have, in the words of its format."""
    if signal.exposed:
        return "untyped" if signal.exposed == "unknown" else signal.exposed
    return "gauge" if signal.kind == "info" and family.format == "text" else signal.kind


def _type(signal: Signal, family: Family, said: str, expected: str, source: str) -> Finding:
    severity: Severity = "warning" if "untyped" in (said, expected) else "error"
    wanted = f"declared to be exposed as {signal.exposed}" if signal.exposed else f"declared as {signal.kind}"
    message = f'"{signal.name}" is exposed as {said}, and {wanted}'
    hint = f"TYPE {family.name} {expected} is what belongs here{_declared(signal)}"
    if said == "untyped":
        hint = f'write a TYPE line, or declare exposed="untyped"{_declared(signal)}'
    return Finding(id=TYPE, severity=severity, message=message, origin=Origin(source, family.line), hint=hint)


def _buckets(signal: Histogram, there: Shown, source: str) -> Iterator[Finding]:
    exposed, declared = set(bounds(there.samples)), {float(bound) for bound in signal.buckets}
    first = next((sample for sample in there.samples if sample.name.endswith("_bucket")), None)
    if first is None or exposed == declared:
        return
    lacking, more = sorted(declared - exposed), sorted(exposed - declared)
    parts = [f"{_listed(lacking)} not exposed"] if lacking else []
    parts += [f"{_listed(more)} not declared"] if more else []
    severity: Severity = "error" if lacking else "warning"
    message = f'bounds of "{signal.name}" differ: ' + ", ".join(parts)
    hint = ("a query of a bound that is not exposed finds nothing" if lacking else "declare what is exposed") + _declared(signal)
    yield Finding(id=BUCKETS, severity=severity, message=message, origin=Origin(source, first.line), hint=hint)


def _listed(values: list[float]) -> str:
    text = ", ".join(f"{value:.12g}" for value in values[:_FEW])
    return text + (f" and {len(values) - _FEW} more" if len(values) > _FEW else "")


def _declared(signal: Signal) -> str:
    return f"; declared in {signal.origin}" if signal.origin else ""
