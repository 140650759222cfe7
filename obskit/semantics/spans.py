"""What a TraceQL query yields, by the span attributes of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from obskit.catalog import units
from obskit.catalog.unit import Quantity
from obskit.traceql import Field, MetricsQuery, Parsed, metrics

if TYPE_CHECKING:
    from obskit.catalog import SpanAttribute

Attributes = Mapping[str, tuple["SpanAttribute", ...]]
"""Declared span attributes by each name they are known under; several services may use one name."""

_COUNTING = frozenset(("count_over_time", "histogram_over_time", "compare"))
_PER_SECOND = Quantity(units.EVENTS, "s")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SpanMeaning:
    """`function`, `field` and `by` are those of the first metrics stage; a search has none of them.

    `attributes` are the declared attributes that the measured field can be. `unit` is None where unknown.
    """

    function: str = ""
    field: Field | None = None
    by: tuple[Field, ...] = ()
    quantiles: tuple[float, ...] = ()
    unit: Quantity | None = None
    attributes: tuple[SpanAttribute, ...] = ()


def attributes(declared: Iterable[SpanAttribute]) -> Attributes:
    """The declared attributes by name, alias and OpenTelemetry name."""
    found: dict[str, tuple[SpanAttribute, ...]] = {}
    for attribute in declared:
        for name in dict.fromkeys((attribute.name, *attribute.aliases, *filter(None, [attribute.semantic]))):
            found[name] = (*found.get(name, ()), attribute)
    return found


def span_meaning(parsed: Parsed, known: Attributes) -> SpanMeaning | None:
    """The meaning of a query; None for one that has no tree."""
    if parsed.tree is None:
        return None
    measured = metrics(parsed.tree)
    if not measured:
        return SpanMeaning()
    first = measured[0].stage
    named = known.get(first.field.name, ()) if first.field is not None and first.field.scope in ("", "span") else ()
    unit = _unit(measured[0], named) if len(measured) == 1 else None
    return SpanMeaning(
        function=first.function, field=first.field, by=first.by, quantiles=first.quantiles, unit=unit, attributes=named
    )


def _unit(query: MetricsQuery, named: tuple[SpanAttribute, ...]) -> Quantity | None:
    stage = query.stage
    if stage.function in _COUNTING:
        return Quantity(units.COUNT)
    if stage.function == "rate":
        return _PER_SECOND
    if stage.field is not None and stage.field.type == "duration":
        return Quantity(units.SECONDS)
    found = {attribute.unit for attribute in named}
    return Quantity(found.pop()) if len(found) == 1 else None
