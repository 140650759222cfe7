"""`obskit catalog`: the signals that are declared, and who uses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from obskit.errors import ObskitError
from obskit.naming import did_you_mean
from obskit.origin import Origin
from obskit.settings import Settings

if TYPE_CHECKING:
    from obskit.analysis import Analysed
    from obskit.analysis.uses import Use
    from obskit.catalog import Signal, SpanAttribute
    from obskit.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One signal of the catalogue: a metric or a span attribute (`kind` "span attribute"). `labels` with their values in words."""

    name: str
    kind: str
    service: str
    unit: str
    labels: tuple[tuple[str, str], ...]
    help: str
    owner: str
    stability: str
    deprecated: str
    origin: Origin | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The signals of a project, by service and name; `findings` are what kept modules from loading, with their `exceptions`."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    exceptions: tuple[BaseException, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """Who uses a name, and what the name is: `entries` are the signals it names, or that carry the label."""

    name: str
    is_label: bool
    entries: tuple[Entry, ...]
    uses: tuple[Use, ...]
    findings: tuple[Finding, ...]
    exceptions: tuple[BaseException, ...] = ()


def listed(settings: Settings) -> Listed:
    """Every signal the project declares or takes from installed catalogues."""
    from obskit import source

    project = source.load(settings)
    entries = [_metric(signal) for signal in project.signals] + [_attribute(attribute) for attribute in project.attributes]
    entries.sort(key=lambda entry: (entry.service, entry.name))
    return Listed(entries=tuple(entries), findings=project.findings, exceptions=project.exceptions)


def uses(settings: Settings, name: str) -> Used:
    """Who uses a signal, one of its series, a label or a span attribute.

    Raises ObskitError when nothing is called so, as far as every module could be loaded.
    """
    from obskit import analysis, source

    project = source.load(settings)
    analysed = analysis.run(project)
    found = _uses(analysed, name)
    if found is None and project.faults:  # what could not be loaded may declare it
        found = [], False, []
    if found is None:
        labels = [label.name for signal in project.signals for label in signal.labels]
        known = [*analysed.known.names, *(signal.name for signal in project.signals), *(one.name for one in project.attributes), *labels]
        raise ObskitError(f'no signal or label is called "{name}"', hint=did_you_mean(name, known) or "obskit catalog lists them")
    entries, is_label, places = found
    return Used(
        name=name,
        is_label=is_label,
        entries=tuple(entries),
        uses=tuple(places),
        findings=project.findings,
        exceptions=project.exceptions,
    )


def _uses(analysed: Analysed, name: str) -> tuple[list[Entry], bool, list[Use]] | None:
    from obskit.analysis import uses as index

    project = analysed.project
    signals = [signal for signal in project.signals if name in (signal.name, *signal.series_names, *signal.aliases)]
    if signals or name in analysed.known.records:
        whole = [signal for signal in signals if signal.name == name]
        names = [series for signal in whole for series in signal.series_names] or [name]
        return [_metric(signal) for signal in signals], False, list(index.of_series(analysed, dict.fromkeys([*names, name])))
    attributes = [attribute for attribute in project.attributes if attribute.name == name]
    if attributes:
        return [_attribute(attribute) for attribute in attributes], False, list(index.of_attribute(analysed, name))
    carrying = [signal for signal in project.signals if name in signal.label_names]
    places = list(index.of_label(analysed, name))
    if carrying or places:
        return [_metric(signal) for signal in carrying], True, places
    return None


def _metric(signal: Signal) -> Entry:
    labels = tuple((label.name, _values(label)) for label in signal.labels)
    return Entry(
        name=signal.name,
        kind=signal.kind,
        service=signal.service.name,
        unit=signal.unit.name,
        labels=labels,
        help=signal.help,
        owner=signal.owner or signal.service.owner,
        stability=signal.stability,
        deprecated=signal.deprecated,
        origin=signal.origin,
    )


def _attribute(attribute: SpanAttribute) -> Entry:
    return Entry(
        name=attribute.name,
        kind=f"span attribute ({attribute.type})",
        service=attribute.service.name,
        unit=attribute.unit.name if attribute.unit else "",
        labels=(),
        help=attribute.help,
        owner=attribute.service.owner,
        stability="stable",
        deprecated="",
        origin=attribute.origin,
    )


def _values(label: object) -> str:
    values, pattern, at_most = getattr(label, "values", ()), getattr(label, "pattern", ""), getattr(label, "at_most", None)
    if values:
        return "|".join(values)
    return f"/{pattern}/" if pattern else f"up to {at_most}" if at_most else "any"
