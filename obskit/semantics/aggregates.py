"""The meaning of an aggregation."""

from __future__ import annotations

from obskit.catalog import units
from obskit.catalog.unit import Quantity
from obskit.semantics.functions import COUNT
from obskit.semantics.labels import NONE, Labels, Values
from obskit.semantics.nodes import Node, Text, is_fraction
from obskit.semantics.value import Value

PICKS = frozenset(("topk", "bottomk", "limitk", "limit_ratio"))
"""Aggregations that let some series through as they are."""


def aggregated(operation: str, parts: tuple[Node, ...], by: tuple[str, ...] | None, without: tuple[str, ...] | None) -> Value:
    """What the aggregation yields."""
    of = parts[-1].value
    if operation in PICKS:
        return of
    labels = of.labels.only(by) if by is not None else of.labels.without(without) if without is not None else NONE
    merged = of.merged or not _keeps_apart(of.labels, labels, without)
    if operation == "sum":
        positive = of.low is not None and of.low >= 0
        type_ = "gauge" if of.type in ("boolean", "ratio") else of.type
        unit = COUNT if of.type == "boolean" else of.unit
        return Value("vector", type_, unit, labels, 0 if positive else None, None, (False, False), of.source, merged)
    if operation in ("avg", "min", "max", "quantile"):
        type_ = "gauge" if of.type == "boolean" and operation in ("avg", "quantile") else of.type
        if operation == "quantile" and not is_fraction(parts[0]):
            return Value("vector", type_, of.unit, labels, source=of.source, merged=merged)
        return Value("vector", type_, of.unit, labels, of.low, of.high, of.inside, of.source, merged)
    if operation == "count":
        return Value("vector", "count", COUNT, labels, 1, merged=True)
    if operation == "count_values":
        name = parts[0].text if isinstance(parts[0], Text) else ""
        added: dict[str, Values] = {name: None} if name and name not in (without or ()) else {}
        return Value("vector", "count", COUNT, Labels({**labels.names, **added}, labels.open or not name), 1, merged=True)
    if operation == "group":
        return Value("vector", "boolean", Quantity(units.NONE), labels, 1, 1, merged=True)
    if operation == "stddev":
        return Value("vector", "gauge", of.unit, labels, 0, merged=True)
    return Value("vector", "", None, labels, 0 if operation == "stdvar" else None, merged=True)


def _keeps_apart(given: Labels, kept: Labels, without: tuple[str, ...] | None) -> bool:
    """Whether every series stays by itself: no label is dropped that can tell two of them apart."""
    if without is not None and not without:
        return True
    if given.open and (without is None or any(label not in given.names for label in without)):
        return False
    dropped = (values for name, values in given.names.items() if name not in kept.names and name != "__name__")
    return all(values is not None and len(values) <= 1 for values in dropped)
