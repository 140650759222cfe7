"""What the page of the signals says: services, their metrics and span attributes, and how much each is used."""

from __future__ import annotations

from obskit.analysis import Analysed
from obskit.catalog import Label, Signal, SpanAttribute
from obskit.model import Json
from obskit.render.docs._usage import Usage


def page(analysed: Analysed, usage: Usage) -> Json:
    """Services in the order of their names, signals by theirs."""
    project = analysed.project
    services = {signal.service.name: signal.service for signal in project.signals}
    services |= {attribute.service.name: attribute.service for attribute in project.attributes}
    asked: dict[str, int] = {}
    for trace in analysed.traces:
        for name in {field.name for field in trace.parsed.fields}:
            asked[name] = asked.get(name, 0) + 1
    return {
        "page": "signals",
        "services": [
            {
                "name": name,
                "job": services[name].job,
                "owner": services[name].owner,
                "interval": services[name].scrape_interval,
                "retention": services[name].retention,
                "metrics": [_metric(signal, usage) for signal in sorted(_of(project.signals, name), key=lambda one: one.name)],
                "attributes": [_attribute(one, asked) for one in sorted(_spans(project.attributes, name), key=lambda one: one.name)],
            }
            for name in sorted(services)
        ],
    }


def _of(signals: tuple[Signal, ...], service: str) -> list[Signal]:
    return [signal for signal in signals if signal.service.name == service]


def _spans(attributes: tuple[SpanAttribute, ...], service: str) -> list[SpanAttribute]:
    return [attribute for attribute in attributes if attribute.service.name == service]


def _metric(signal: Signal, usage: Usage) -> Json:
    names = dict.fromkeys((signal.name, *signal.series_names))
    panels = {id(panel) for name in names for _, panel in usage.panels.get(name, ())}
    alerts = {alert for name in names for alert in usage.alerts.get(name, ())}
    return {
        "name": signal.name,
        "kind": signal.kind,
        "unit": signal.unit.name,
        "help": signal.help,
        "labels": [{"name": label.name, "values": _values(label), "help": label.help} for label in signal.labels],
        "buckets": [f"{bound:.15g}" for bound in getattr(signal, "buckets", ())],
        "deprecated": signal.deprecated,
        "aliases": list(signal.aliases),
        "twin": signal.twin,
        "panels": len(panels),
        "alerts": len(alerts),
    }


def _attribute(attribute: SpanAttribute, asked: dict[str, int]) -> Json:
    return {
        "name": attribute.name,
        "type": attribute.type,
        "unit": attribute.unit.name,
        "help": attribute.help,
        "values": list(attribute.values),
        "semantic": attribute.semantic,
        "aliases": list(attribute.aliases),
        "deprecated": attribute.deprecated,
        "queries": asked.get(attribute.name, 0),
    }


def _values(label: Label) -> str:
    if label.values:
        return ", ".join(label.values)
    return f"as {label.pattern}" if label.pattern else f"up to {label.at_most}"
