"""The catalogue held against a metrics text: what is missing, what is extra, what is different."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from obskit.catalog import Service, Signal
from obskit.exposition import Exposition, Family
from obskit.finding import Finding, Severity, ordered
from obskit.naming import did_you_mean
from obskit.origin import Origin
from obskit.scrape.exposed import Exposed, Shown
from obskit.scrape.labelling import of_labels
from obskit.scrape.others import counted, is_created, is_elsewhere
from obskit.scrape.types import of_type

MISSING, EXTRA = "scrape-missing", "scrape-extra"
_HINTED = 40
"""Extra metrics that are worth the search for a similar name."""


def compare(
    signals: Sequence[Signal], exposition: Exposition, *, source: str = "metrics", external: Iterable[str] = (), service: str = ""
) -> tuple[Finding, ...]:
    """How the text called `source` differs from what `signals` declare; `external` are patterns of names owned elsewhere.

    With `service` only its signals are missed. Without, those of each service of which anything is exposed, or of the only
    service there is: a text is of one process, and a catalogue may be of many. What is malformed is not told here.
    """
    exposed = Exposed.of(exposition)
    shown = {id(signal): exposed.shown(signal) for signal in signals}
    named = [signal for signal in signals if not service or signal.service.name == service]
    silent = _silent([signal.service for signal in named], {signal.service.name for signal in named if shown[id(signal)]})
    compared = [signal for signal in named if signal.service.name not in silent]
    findings: list[Finding] = []
    for signal in compared:
        there = shown[id(signal)]
        if there is None:
            findings.append(_missing(signal, exposed, source))
        else:
            findings += _different(signal, there, source)
    findings += _silence(named, silent, source)
    findings += _extra(exposition, signals, shown.values(), [re.compile(pattern) for pattern in external], source)
    return ordered(findings)


def _silent(services: Iterable[Service], speaking: set[str]) -> set[str]:
    """The names of the services that another process must be exposing."""
    names = {service.name for service in services}
    return names - speaking if len(names) > 1 else set()


def _missing(signal: Signal, exposed: Exposed, source: str) -> Finding:
    renamed = next((name for name in (signal.twin, *signal.aliases) if name in exposed.families), "")
    hint = f"is it registered, and is {source} of this service?"
    if renamed:
        hint = f'"{renamed}" is, which the declaration calls another name of it'
    elif signal.labels:
        hint = "a series with labels appears with its first event, unless it is initialised at 0"
    message = f'{signal.kind} "{signal.name}" is not exposed'
    severity: Severity = "info" if signal.deprecated else "warning"
    return Finding(id=MISSING, severity=severity, message=message, origin=signal.origin, hint=hint)


def _different(signal: Signal, there: Shown, source: str) -> Iterator[Finding]:
    yield from of_type(signal, there, source)
    if there.samples:
        yield from of_labels(signal, there.samples, source)
    elif there.family is not None and not there.family.samples:
        message = f'"{signal.name}" has no series yet'
        origin = Origin(source, there.family.line)
        hint = "initialise its closed labels at 0: the first event is lost otherwise"
        yield Finding(id="scrape-empty", severity="info", message=message, origin=origin, hint=hint)


def _silence(signals: Sequence[Signal], silent: set[str], source: str) -> Iterator[Finding]:
    for name in sorted(silent):
        count = sum(signal.service.name == name for signal in signals)
        message = f'none of the {count} signals of service "{name}" is exposed; they are not compared'
        hint = f'with --service "{name}" they are'
        yield Finding(id="scrape-service", severity="info", message=message, origin=Origin(source), hint=hint)


def _extra(
    exposition: Exposition, signals: Sequence[Signal], shown: Iterable[Shown | None], external: Sequence[re.Pattern[str]], source: str
) -> Iterator[Finding]:
    declared = {family.name for there in shown if there for family in there.families}
    other_names = {name for signal in signals for name in (signal.twin, *signal.aliases)}
    left = [family for family in exposition.families if family.name not in declared and family.metric not in other_names]
    metrics = {family.metric for family in exposition.families}
    created = [family for family in left if is_created(family.metric, metrics) and not is_elsewhere(family.metric)]
    elsewhere = [family for family in left if is_elsewhere(family.metric, external)]
    known = {family.name for family in (*created, *elsewhere)}
    names = [signal.name for signal in signals]
    for number, family in enumerate(family for family in left if family.name not in known):
        near = did_you_mean(family.metric, names) if number < _HINTED else ""
        message = f'{family.type} "{family.metric}" is exposed and not in the catalogue'
        hint = near or 'declare it, or name it in "external" of [tool.obskit.lint]'
        yield Finding(id=EXTRA, severity="warning", message=message, origin=Origin(source, family.line), hint=hint)
    yield from _told(elsewhere, created, source)


def _told(elsewhere: Sequence[Family], created: Sequence[Family], source: str) -> Iterator[Finding]:
    if elsewhere:
        message = f"{len(elsewhere)} of other collectors are not compared: {counted(family.metric for family in elsewhere)}"
        yield Finding(id="scrape-external", severity="info", message=message, origin=Origin(source))
    if created:
        message = f'{len(created)} metrics tell when others began ("{created[0].metric}")'
        hint = "switch them off in the client library: each is a series to store, and hardly anybody asks for it"
        yield Finding(id="scrape-created", severity="info", message=message, origin=Origin(source, created[0].line), hint=hint)
