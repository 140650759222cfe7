"""What a metric name in a query stands for, as the catalogue, the recording rules or Prometheus itself say."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from obskit.catalog import units
from obskit.catalog.unit import Quantity, Unit, counted
from obskit.duration import Duration
from obskit.semantics.labels import Labels, Values
from obskit.semantics.value import Type

if TYPE_CHECKING:
    from obskit.catalog import Service, Signal
    from obskit.model import RuleView


class Series(NamedTuple):
    """One metric name. `suffix` tells which part of a histogram or summary it is; `bounds` are least and greatest value.

    Exactly one of `signal` and `rule` is set, or neither for what Prometheus makes itself. `merged` says that a recording
    rule aggregated it; `interval` and `retention` are milliseconds, 0 where unknown.
    """

    name: str
    type: Type = ""
    unit: Quantity | None = None
    labels: Labels = Labels(MappingProxyType({}), True)
    bounds: tuple[float | None, float | None] = (None, None)
    signal: Signal | None = None
    suffix: str = ""
    service: Service | None = None
    rule: RuleView | None = None
    merged: bool = False
    interval: int = 0
    retention: int = 0

    @property
    def buckets(self) -> tuple[float, ...]:
        """The bucket bounds of the histogram this is a part of; empty where it has none."""
        return getattr(self.signal, "buckets", ())

    @property
    def is_bucket(self) -> bool:
        return self.suffix == "_bucket"


def of_signal(signal: Signal) -> dict[str, Series]:
    """The series of a signal by name."""
    service = signal.service
    names: dict[str, Values] = {label.name: frozenset(label.values) if label.values else None for label in signal.labels}
    names |= dict.fromkeys((*service.environment, *service.matchers, *service.labels))
    interval, retention = (Duration.parse(text).milliseconds for text in (service.scrape_interval, service.retention))
    found = {}
    for name in (*signal.series_names, *signal.aliases):
        suffix = name[len(signal.name) :] if name.startswith(signal.name) and signal.kind in ("histogram", "summary") else ""
        kind, unit, bounds = _part(signal, suffix)
        special: dict[str, Values] = {}
        if suffix == "_bucket":
            special = {"le": None}
        elif signal.kind == "summary" and not suffix:
            special = {"quantile": None}
        found[name] = Series(
            name, kind, unit, Labels({**names, **special}), bounds, signal, suffix, service, interval=interval, retention=retention
        )
    return found


def _part(signal: Signal, suffix: str) -> tuple[Type, Quantity, tuple[float | None, float | None]]:
    unit = counted(signal.name, signal.unit)
    if suffix in ("_bucket", "_count"):
        return "counter", counted(signal.name, units.COUNT), (0, None)
    if suffix == "_sum":
        return "counter", unit, (0, None)
    if signal.kind == "counter":
        return "counter", unit, (0, None)
    if signal.kind == "info":
        return "info", Quantity(units.NONE), (1, 1)
    if signal.kind == "gauge":
        return _gauge(signal, unit)
    return ("histogram" if signal.kind == "histogram" else "summary"), unit, signal.bounds


def _gauge(signal: Signal, unit: Quantity) -> tuple[Type, Quantity, tuple[float | None, float | None]]:
    low, high = signal.bounds
    if signal.unit == units.BOOLEAN:
        return "boolean", unit, (0, 1)
    if signal.unit == units.SECONDS and signal.name.endswith("_timestamp_seconds"):
        unit = Quantity(units.TIMESTAMP)  # what the name says by convention; its author took the unit of the name
    if unit.unit in (units.TIMESTAMP, units.TIMESTAMP_MS):
        return "timestamp", unit, (0 if low is None else low, high)
    return "gauge", unit, (low, high)


_TARGET: dict[str, Values] = {"job": None, "instance": None}


_ALERT: dict[str, Values] = {"alertname": None, "alertstate": frozenset(("pending", "firing"))}


def _scraped(name: str, kind: Type, unit: Unit, high: float | None = None) -> Series:
    return Series(name, kind, Quantity(unit), Labels(_TARGET, True), (0, high))


ALERTS: dict[str, Series] = {
    "ALERTS": Series("ALERTS", "boolean", Quantity(units.NONE), Labels(_ALERT, True), (1, 1)),
    "ALERTS_FOR_STATE": Series("ALERTS_FOR_STATE", "timestamp", Quantity(units.TIMESTAMP), Labels({}, True), (0, None)),
}
"""What Prometheus itself writes of the alerts it evaluates."""

WELL_KNOWN = MappingProxyType(
    {
        one.name: one
        for one in (
            _scraped("up", "boolean", units.BOOLEAN, 1),
            _scraped("scrape_duration_seconds", "gauge", units.SECONDS),
            _scraped("scrape_samples_scraped", "gauge", units.COUNT),
            _scraped("scrape_samples_post_metric_relabeling", "gauge", units.COUNT),
            _scraped("scrape_series_added", "gauge", units.COUNT),
            _scraped("process_cpu_seconds_total", "counter", units.SECONDS),
            _scraped("process_resident_memory_bytes", "gauge", units.BYTES),
            _scraped("process_virtual_memory_bytes", "gauge", units.BYTES),
            _scraped("process_start_time_seconds", "timestamp", units.TIMESTAMP),
            _scraped("process_open_fds", "gauge", units.COUNT),
            _scraped("process_max_fds", "gauge", units.COUNT),
        )
    }
    | ALERTS
)
"""What every Prometheus records of a target, and what client libraries say of their process. Source: the Prometheus
documentation ("jobs and instances") and its guide to writing client libraries."""
