"""A first catalogue module, made from what a service exposes.

It says what can be seen: names, types, help, labels with their values, buckets. What only people know (owner, meaning of a
value, bounds of what grows) is left for them to add.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from obskit.catalog import Counter, Gauge, Histogram, Info, Label, Service, Signal, Summary, units
from obskit.errors import DeclarationError
from obskit.exposition import Exposition, Family
from obskit.scrape.exposed import bounds, quantiles
from obskit.scrape.moments import is_moment
from obskit.scrape.names import Names
from obskit.scrape.others import counted, is_created, is_elsewhere
from obskit.scrape.values import label_of
from obskit.scrape.wording import call, comment, module, quoted, tuple_of, unit_name, unit_of

_KINDS: dict[str, type[Signal]] = {
    "counter": Counter, "gauge": Gauge, "histogram": Histogram, "summary": Summary, "info": Info, "stateset": Gauge,
}  # fmt: skip
_ENDINGS = ("_total", "_seconds", "_bytes", "_info")
_NO_HELP = "No help text is exposed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The text of a module: the signals it declares by the names it gives them, and the names of what it leaves out."""

    text: str
    named: tuple[tuple[str, Signal], ...]
    left_out: tuple[str, ...]

    @property
    def signals(self) -> int:
        return len(self.named)


def draft(
    exposition: Exposition,
    service: str,
    *,
    unusual: Callable[[Signal], Sequence[str]],
    large: Callable[[Signal], bool] = lambda _: False,
    job: str = "",
    taken: Iterable[str] = (),
) -> Drafted:
    """A module of `rules_src/catalog` that declares what `exposition` holds as the signals of `service`, scraped as `job`
    (by default of the same name).

    `unusual` says what is off in a signal's name, and `large` whether it can have more series than are accepted: such signals
    get a waiver, for they are in use. `taken` are names that no value may have. The same exposition gives the same text. Metrics
    of client libraries are left out, and so is what no kind of signal can declare.
    """
    names = Names(taken)
    job = job or service
    of = Service(service, job=job)
    own = names.new(service)
    declared: list[tuple[Family, Signal]] = []
    left_out: list[str] = []
    families = sorted(exposition.families, key=lambda family: family.metric)
    labels = _labels(families, of)
    metrics = {family.metric for family in families}
    known: set[str] = set()
    for family in families:
        foreign = family.metric == "up" or is_elsewhere(family.metric) or is_created(family.metric, metrics)
        signal = None if foreign else _signal(family, of, labels)
        if signal is None or not known.isdisjoint((signal.name, *signal.series_names)):
            left_out.append(family.metric)
            continue
        known.update((signal.name, *signal.series_names))
        declared.append((family, signal))
    used = {label.name: label for _, signal in declared for label in signal.labels}
    held = {name: names.new(name, "label") for name in sorted(used)}
    parts = [f"{own} = " + call("Service", [quoted(service)], {"job": quoted(job)})]
    parts += ["\n".join(f"{held[name]} = {_label(used[name])}" for name in sorted(used))] if used else []
    prefix = own.rstrip("_") + "_"
    named: list[tuple[str, Signal]] = []
    for family, signal in declared:
        named.append((names.new(_short(signal.name, prefix)), signal))
        fields = _fields(signal, own, held, _waivers(tuple(unusual(signal)), len(family.samples) if large(signal) else 0))
        parts.append(f"{named[-1][0]} = {call(type(signal).__name__, [quoted(signal.name)], fields, deep=True)}")
    note = comment(f"Left out: {counted(left_out)}.") if left_out else ""
    return Drafted(text=module(service, parts, note), named=tuple(named), left_out=tuple(left_out))


def _signal(family: Family, service: Service, labels: dict[str, Label]) -> Signal | None:
    """The signal that declares the family; None where none can."""
    untyped = Counter if family.metric.endswith("_total") else Gauge
    kind = _kind(family, untyped)
    if kind is None:
        return None
    seen = dict.fromkeys(name for sample in family.samples for name in _names_of(kind, service, dict(sample.labels)))
    if any(name not in labels for name in seen):
        return None
    more: dict[str, object] = {}
    if family.type in ("untyped", "stateset"):
        more["exposed"] = family.type
    if issubclass(kind, Histogram):
        found = bounds(family.samples)
        more |= {"buckets": found} if found else {"native": True}
    if issubclass(kind, Summary):
        more["quantiles"] = quantiles(family.samples)
    help_text = " ".join(family.help.encode("utf-8", "replace").decode().split()) or _NO_HELP
    own = tuple(labels[name] for name in seen)
    unit = unit_of(family.metric, family.unit)
    if issubclass(kind, Gauge) and unit in (units.SECONDS, units.COUNT) and is_moment(family):
        unit = units.TIMESTAMP
    try:
        return kind(family.metric, help=help_text, service=service, unit=unit, labels=own, **more)  # type: ignore[arg-type]  # by kind
    except DeclarationError:
        return None


def _kind(family: Family, untyped: type[Signal]) -> type[Signal] | None:
    if family.type == "untyped":
        return untyped
    constant = family.format == "text" and family.type == "gauge" and all(sample.value == 1 for sample in family.samples)
    return Info if constant and family.metric.endswith("_info") else _KINDS.get(family.type)


def _names_of(kind: type[Signal], service: Service, labels: dict[str, str]) -> Iterable[str]:
    around = {"job", "instance", *service.environment, {"histogram": "le", "summary": "quantile"}.get(kind.kind, "")}
    return (name for name, value in labels.items() if value and name not in around)


def _labels(families: Iterable[Family], service: Service) -> dict[str, Label]:
    """A label for each name that can be one, with the values it has on all metrics together."""
    values: dict[str, set[str]] = {}
    optional: set[str] = set()
    for family in families:
        kind = _kind(family, Gauge)
        if kind is None or is_elsewhere(family.metric):
            continue
        rows = [dict.fromkeys(_names_of(kind, service, dict(sample.labels))) for sample in family.samples]
        texts = [dict(sample.labels) for sample in family.samples]
        for row, text in zip(rows, texts, strict=True):
            for name in row:
                values.setdefault(name, set()).add(text[name])
        every = dict.fromkeys(name for row in rows for name in row)
        optional |= {name for name in every if any(name not in row for row in rows)}
    made = {name: label_of(name, found, name in optional) for name, found in values.items()}
    return {name: label for name, label in made.items() if label is not None}


def _label(label: Label) -> str:
    fields = {
        "values": tuple_of(quoted(value) for value in label.values) if label.values else "",
        "pattern": f'r"{label.pattern}"' if label.pattern else "",
        "at_most": str(label.at_most) if label.at_most is not None else "",
        "optional": "True" if label.optional else "",
    }
    return call("Label", [quoted(label.name)], fields)


def _waivers(unusual: Sequence[str], series: int) -> list[str]:
    """For a name that is `unusual`, and for the many `series` that were seen of a metric; 0: there is nothing to waive."""
    told = {"metric-name": "in use: " + "; ".join(unusual)} if unusual else {}
    told |= {"cardinality": f"a scrape showed {series} lines of it: is each label needed?"} if series else {}
    return [f"Waive({quoted(check)}, {quoted(reason)})" for check, reason in told.items()]


def _fields(signal: Signal, service: str, labels: dict[str, str], waivers: Sequence[str]) -> dict[str, str]:
    own = tuple_of(labels[label.name] for label in signal.labels)
    buckets = signal.buckets if isinstance(signal, Histogram) else ()
    given = signal.quantiles if isinstance(signal, Summary) else ()
    return {
        "help": quoted(signal.help),
        "service": service,
        "unit": f"units.{unit_name(signal.unit)}" if unit_name(signal.unit) != "COUNT" else "",
        "labels": own if signal.labels else "",
        "buckets": tuple_of(map(_number, buckets)) if buckets else "",
        "native": "True" if isinstance(signal, Histogram) and signal.native else "",
        "quantiles": tuple_of(map(_number, given)) if given else "",
        "exposed": quoted(signal.exposed) if signal.exposed else "",
        "waive": tuple_of(waivers) if waivers else "",
    }


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _short(name: str, prefix: str) -> str:
    """The name without what all of the module's share, and without the endings that its kind and unit say already."""
    short = name.removeprefix(prefix)
    for ending in _ENDINGS:
        short = short.removesuffix(ending) or short
    return short
