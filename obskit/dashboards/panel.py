"""What all panel helpers share: the common options, the queries, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, TypedDict

import attr
from grafanalib import core

from obskit.catalog import Expr, Param, Quantity, Signal, SpanQuery, Unit
from obskit.catalog.follow import labels, quantity
from obskit.catalog.measured import in_unit_of
from obskit.catalog.nodes import Aggregate, Binary, Call, Number, Ranged, Selector
from obskit.catalog.rewriting import signals
from obskit.catalog.unit import agreed
from obskit.catalog.units import SECONDS
from obskit.dashboards.fields import MADE_BY, Parts, Steps, parts, unit_id
from obskit.dashboards.notes import annotate
from obskit.dashboards.targets import LOKI, PROMETHEUS, TEMPO, LokiTarget, PrometheusTarget, Query, TempoTarget, is_target, refuse
from obskit.errors import DeclarationError
from obskit.model import Json
from obskit.naming import did_you_mean
from obskit.waiver import Waivers


class Options(TypedDict, total=False):
    """Options of every panel.

    `unit`, `description` follow from the queries when not given. `width` (1 to 24 columns) and `height` (of 30 px) size
    it. `key` names it for links and keeps its id when the title changes. `importance` moves it forward in its row.
    """

    description: str
    unit: Annotated[str | Unit | Quantity, '"s", or units.SECONDS']
    width: int
    height: int
    key: str
    importance: int
    thresholds: Annotated[Steps, "(0.01, 0.05)"]
    high_is_good: bool
    min: float
    max: float
    decimals: int
    no_value: str
    color: str
    mappings: Annotated[Parts, MADE_BY["mappings"]]
    overrides: Annotated[Parts, MADE_BY["overrides"]]
    links: Annotated[Parts, MADE_BY["links"]]
    transformations: Annotated[Parts, MADE_BY["transformations"]]
    interval: str
    time_from: str
    time_shift: str
    repeat: str
    transparent: bool
    waive: Waivers
    extra: Json


@attr.s(auto_attribs=True, frozen=True)
class Kind:
    """What a kind of panel wants by default: its helper's name, its size, and how its queries ask.

    A `dial` takes its scale from a unit that implies one; a `mute` kind asks nothing.
    """

    name: str
    width: int
    height: int
    instant: bool = False
    format: str = ""
    dial: bool = False
    mute: bool = False


_SCALES: dict[str, tuple[float, float]] = {"percentunit": (0, 1), "percent": (0, 100)}


def check(kind: Kind, title: Any, options: Options, own: Iterable[str] = ()) -> str:
    """How messages call the panel. Raises DeclarationError on an unknown option or one of the wrong type."""
    if not isinstance(title, str) or not title:
        raise DeclarationError(f"{kind.name} has no title", hint=f'{kind.name}("Title", query, …)')
    what = f'panel "{title}"'
    known = (*Options.__annotations__, *own)
    for option in options:
        if option not in known:
            hint = did_you_mean(option, known) or "options: " + ", ".join(known)
            raise DeclarationError(f'{kind.name} has no option "{option}"', hint=hint)
    if options.get("min", float("-inf")) >= options.get("max", float("inf")):
        raise DeclarationError(f"min of {what} is not below its max", hint="min=0, max=100")
    if options.get("decimals", 0) < 0:
        raise DeclarationError(f"decimals of {what} are negative", hint="a number of digits after the point")
    if not 1 <= options.get("width", kind.width) <= 24 or options.get("height", kind.height) < 1:
        raise DeclarationError(f"size of {what} does not fit the grid", hint="width 1 to 24 columns, height at least 1")
    return what


def targets(kind: Kind, title: str, queries: Iterable[Any], *, exemplars: bool = True) -> list[Any]:
    """Grafanalib-compatible targets for what an author puts into a panel."""
    made = [_target(kind, title, item, exemplars) for item in queries]
    if not made:
        raise DeclarationError(f'panel "{title}" has no query', hint=f'{kind.name}("{title}", query, …)')
    return made


def _target(kind: Kind, title: str, item: Any, exemplars: bool) -> Any:
    if isinstance(item, (Expr, SpanQuery, str)):
        item = Query(item)
    if not isinstance(item, Query):
        if is_target(item):
            return item
        raise refuse(item, f'panel "{title}"')
    instant = kind.instant if item.instant is None else item.instant
    if isinstance(item.expr, SpanQuery):
        return TempoTarget(item.expr, item.ref, item.expr.metrics, instant, hide=item.hide)
    expr = item.expr
    shows = exemplars and not instant and _observes_time(expr) if item.exemplars is None else item.exemplars
    legend = item.legend or _legend(expr, title)
    return PrometheusTarget(expr, legend, item.ref, instant, item.format or kind.format, item.interval, shows, item.hide)


def _legend(expr: Expr | str, title: str) -> str:
    """`{{label}}` per label the series are told apart by; the title for a single series; Grafana's own otherwise."""
    kept = labels(expr) if isinstance(expr, Expr) else None
    if kept is None:
        return "__auto"
    return " ".join(f"{{{{{label}}}}}" for label in kept) or title


def _observes_time(expr: Expr | str) -> bool:
    """Whether the values are times from the buckets of a histogram: those carry exemplars that fit the axis."""
    if isinstance(expr, Selector):
        return expr.suffix == "_bucket" and expr.signal.unit == SECONDS
    return isinstance(expr, (Aggregate, Call, Ranged)) and expr.operand is not None and _observes_time(expr.operand)


def inferred(queries: Iterable[Any]) -> tuple[str, str]:
    """Unit id and description that follow from the queries; empty where they do not say or do not agree."""
    exprs = [item.expr if isinstance(item, Query) else item for item in queries]
    units = {_unit(expr) for expr in exprs}
    said = " ".join(dict.fromkeys(text for expr in exprs for text in _helps(expr)))
    computed = said and any(isinstance(expr, Binary) and not isinstance(expr.right, Number) for expr in exprs)
    return agreed(units), f"Computed from: {said}" if computed else said


def _unit(expr: Any) -> str:
    found = _quantity(expr)
    return found.grafana if found else ""


def _quantity(expr: Any) -> Quantity | None:
    if isinstance(expr, SpanQuery):
        return Quantity(expr.unit) if expr.unit else None
    return quantity(expr) if isinstance(expr, Expr) else None


def _in_one_unit(thresholds: Steps, asked: Iterable[Any]) -> None:
    """Raises DeclarationError on a threshold that is a parameter in another unit than all queries are in."""
    params = [step for item in thresholds for step in (item if isinstance(item, tuple) else (item,)) if isinstance(step, Param)]
    found = {_quantity(item.expr if isinstance(item, Query) else item) for item in asked} if params else set()
    for param in params if len(found) == 1 else ():
        in_unit_of(param, next(iter(found)))


def _helps(expr: Any) -> Iterable[str]:
    if isinstance(expr, SpanQuery):
        return [attribute.help for attribute in expr.reads[:1]]
    read: list[Signal] = list(signals(expr)) if isinstance(expr, Expr) else []
    return [signal.help for signal in read]


def build(
    cls: Any, kind: Kind, title: str, queries: Iterable[Any], options: Options, *, own: Iterable[str] = (), **attributes: Any
) -> Any:
    """A grafanalib panel of class `cls` with the common options applied. `attributes` go to its constructor."""
    what = check(kind, title, options, own)
    asked = list(queries)
    unit, description = inferred(asked)
    _in_one_unit(options.get("thresholds", ()), asked)
    made = [] if kind.mute else targets(kind, title, asked, exemplars=kind.name in ("timeseries", "heatmap"))
    unit = unit_id(options.get("unit"), what) or unit
    low, high = _SCALES.get(unit, (None, None)) if kind.dial else (None, None)
    defaults: Json = {
        "unit": unit,
        "min": options.get("min", low),
        "max": options.get("max", high),
        "decimals": options.get("decimals"),
        "noValue": options.get("no_value"),
        "mappings": parts("mappings", options.get("mappings", ()), what),
    }
    extra: Json = attributes.pop("extra", {})
    said = {key: value for key, value in defaults.items() if value not in (None, "", [])}
    merge(extra, {"fieldConfig": {"defaults": {"unit": None, **said}}})
    overrides = parts("overrides", options.get("overrides", ()), what)
    merge(extra, {"fieldConfig": {"overrides": overrides}} if overrides else {})
    merge(extra, options.get("extra", {}))
    panel = cls(
        title=title,
        description=options.get("description", description) or None,
        dataSource=_source(made),
        targets=made,
        gridPos=core.GridPos(h=options.get("height", kind.height), w=options.get("width", kind.width), x=None, y=None),
        links=parts("links", options.get("links", ()), what),
        transformations=parts("transformations", options.get("transformations", ()), what),
        interval=options.get("interval"),
        timeFrom=options.get("time_from"),
        timeShift=options.get("time_shift"),
        transparent=options.get("transparent", False),
        repeat=core.Repeat("h", options["repeat"], 4) if options.get("repeat") else core.Repeat(),
        maxDataPoints=None,
        extraJson=extra,
        **attributes,
    )
    annotate(panel, key=options.get("key", ""), importance=options.get("importance", 0), waive=options.get("waive", ()))
    return panel


def _source(made: list[Any]) -> Json | None:
    """The panel's datasource: that of its targets, or mixed."""
    sources: list[Json] = []
    for target in made:
        kinds = {PrometheusTarget: PROMETHEUS, TempoTarget: TEMPO, LokiTarget: LOKI}
        source = target.datasource if type(target) in kinds else getattr(target, "datasource", None)
        if isinstance(source, dict) and source not in sources:
            sources.append(source)
    if len(sources) > 1:
        return {"type": "datasource", "uid": "-- Mixed --"}
    return dict(sources[0]) if sources else None


def merge(base: Json, more: Json) -> Json:
    """`base` with `more` merged into it, dicts key by key; `more` wins."""
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            merge(base[key], value)
        else:
            base[key] = value
    return base
