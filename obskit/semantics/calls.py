"""The meaning of a call: the functions whose arguments matter one by one, the rest from the table in `functions`."""

from __future__ import annotations

from types import MappingProxyType

from obskit.catalog import algebra, units
from obskit.catalog.unit import Quantity
from obskit.semantics.functions import ANY, COUNT, NOW, ON_ONE, RATIO, SCALARS, nameless
from obskit.semantics.labels import Labels, Values
from obskit.semantics.nodes import Aggregate, Call, Node, Number, Read, Text
from obskit.semantics.value import Type, Value

_PARAMETER_FIRST = frozenset(("quantile_over_time", "histogram_quantile", "histogram_fraction"))


def called(function: str, parts: tuple[Node, ...]) -> Value:
    """What the function yields for these arguments."""
    if not parts:
        return SCALARS.get(function, NOW)
    special = _SPECIAL.get(function)
    if special is not None:
        return special(parts)
    if function in SCALARS:
        return SCALARS[function]
    rule = ON_ONE.get(function)
    if rule is None:
        return ANY
    return rule(parts[-1 if function in _PARAMETER_FIRST else 0].value)


def _quantile(parts: tuple[Node, ...]) -> Value:
    """`histogram_quantile(q, buckets)`: never above the greatest finite bound, for what lies beyond is not told apart."""
    of = parts[-1].value
    source = of.source
    labels = of.labels.without(("le",))
    unit, low, high = None, None, None
    if source is not None and (source.is_bucket or of.type == "histogram"):
        unit = Quantity(source.signal.unit) if source.signal is not None else of.unit
        if source.buckets:
            low, high = min(0.0, source.buckets[0]), source.buckets[-1]
        elif source.signal is not None:
            low, high = source.signal.bounds
    return Value("vector", "gauge" if unit else "", unit, labels, low, high, source=source, merged=of.merged)


def _fraction(parts: tuple[Node, ...]) -> Value:
    of = parts[-1].value
    return Value("vector", "ratio", RATIO, of.labels.without(("le",)), 0, 1)


def _absent(parts: tuple[Node, ...]) -> Value:
    """1 with the labels of the equality matchers, each label named once. Anything but a selector leaves no label."""
    return Value("vector", "absence", Quantity(units.BOOLEAN), absent_labels(parts[0]), 1, 1)


def absent_labels(node: Node) -> Labels:
    """The labels that `absent` of this gives."""
    names: dict[str, Values] = {}
    if isinstance(node, Read):
        matchers = node.selector.matchers
        seen = [matcher.label for matcher in matchers]
        for matcher in matchers:
            if matcher.label is None:
                return Labels({}, True)
            if matcher.op == "=" and seen.count(matcher.label) == 1 and matcher.value != "":
                names[matcher.label] = None if matcher.value is None else frozenset((matcher.value,))
    return Labels(names)


def _relabelled(parts: tuple[Node, ...]) -> Value:
    """`label_replace` and `label_join`: the label they write may be set on each series."""
    of = parts[0].value
    target = parts[1]
    labels = of.labels.plus({target.text: None}) if isinstance(target, Text) else Labels(of.labels.names, True)
    return Value("vector", of.type, of.unit, labels, of.low, of.high, of.inside, of.source, of.merged)


def _clamped(parts: tuple[Node, ...], low: float | None, high: float | None) -> Value:
    of = parts[0].value
    bounds = (of.low if low is None else low if of.low is None else max(of.low, low), of.high)
    bounds = (bounds[0], bounds[1] if high is None else high if bounds[1] is None else min(bounds[1], high))
    return Value("vector", of.type, of.unit, nameless(of.labels), bounds[0], bounds[1], (False, False), of.source, of.merged)


def _number(node: Node) -> float | None:
    return node.number if isinstance(node, Number) and not node.variable else None


def _informed(parts: tuple[Node, ...]) -> Value:
    """`info`: labels of info metrics join those of the series."""
    of = parts[0].value
    return Value("vector", of.type, of.unit, Labels(of.labels.names, True), of.low, of.high, of.inside, of.source, of.merged)


_PACED = MappingProxyType({"rate": True, "irate": True, "increase": False, "delta": False})
_THROUGH = frozenset(("label_replace", "label_join", "last_over_time", "avg_over_time"))


def _part(parts: tuple[Node, ...], unit: Quantity | None, low: float | None) -> Value:
    """`histogram_count` and `histogram_sum`: of a histogram's rate they are per second; of others they add up; else unknown."""
    of = parts[0].value
    rated = _is_rated(parts[0])
    kind: Type = "" if rated is None else "rate" if rated else "increase"
    unit = None if rated is None else algebra.per_second(unit) if rated else unit
    return Value("vector", kind, unit, nameless(of.labels), low, source=of.source, merged=of.merged)


def _is_rated(node: Node) -> bool | None:
    """Whether a histogram is one per second, rather than of a range; None where neither is certain, as in what was recorded."""
    while True:
        if isinstance(node, Call) and node.function in _PACED:
            return _PACED[node.function]
        if isinstance(node, Aggregate) and node.operation == "sum":
            node = node.operand
        elif isinstance(node, Call) and node.function in _THROUGH:
            node = node.parts[0]
        else:
            return None


def _quantiles(parts: tuple[Node, ...]) -> Value:
    of = _quantile((parts[0],))
    label = parts[1]
    labels = of.labels.plus({label.text: None}) if isinstance(label, Text) else Labels(of.labels.names, True)
    return Value("vector", of.type, of.unit, labels, of.low, of.high, of.inside, of.source, of.merged)


_SPECIAL = {
    "histogram_quantile": _quantile,
    "histogram_quantiles": _quantiles,
    "histogram_fraction": _fraction,
    "absent": _absent,
    "absent_over_time": _absent,
    "label_replace": _relabelled,
    "label_join": _relabelled,
    "clamp": lambda parts: _clamped(parts, _number(parts[1]), _number(parts[2])),
    "clamp_min": lambda parts: _clamped(parts, _number(parts[1]), None),
    "clamp_max": lambda parts: _clamped(parts, None, _number(parts[1])),
    "info": _informed,
    "histogram_count": lambda parts: _part(parts, COUNT, 0),
    "histogram_sum": lambda parts: _part(parts, parts[0].value.unit, None),
}
