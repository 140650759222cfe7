"""The meaning of a call: the functions whose arguments matter one by one, the rest from the table in `functions`."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from obskit.catalog import algebra, units
from obskit.catalog.unit import Quantity, counted
from obskit.semantics.bounds import Bounds, at_least, at_most
from obskit.semantics.functions import ANY, COUNT, NOW, ON_ONE, RATIO, SCALARS, nameless
from obskit.semantics.labels import Labels, Values
from obskit.semantics.nodes import Aggregate, Call, Node, Read, Text, is_fraction, walk
from obskit.semantics.value import Type, Value


def called(function: str, parts: tuple[Node, ...]) -> Value:
    """What the function yields for these arguments."""
    if not parts:
        return SCALARS[function] if function in SCALARS else ON_ONE[function](NOW) if function in ON_ONE else ANY
    special = _SPECIAL.get(function)
    if special is not None:
        return special(parts)
    if function in SCALARS:
        return SCALARS[function]
    rule = ON_ONE.get(function)
    if rule is None:
        return ANY
    return rule(parts[0].value)


def _quantile(parts: tuple[Node, ...]) -> Value:
    """`histogram_quantile(q, buckets)`: never above the greatest finite bound, for what lies beyond is not told apart."""
    return _of_buckets(parts[1], is_fraction(parts[0]))


def _of_buckets(node: Node, fraction: bool) -> Value:
    of = node.value
    source = of.source
    labels = of.labels.without(("le",))
    unit, low, high = None, None, None
    if source is not None and (source.is_bucket or of.type == "histogram"):
        unit = Quantity(source.signal.unit) if source.signal is not None else of.unit
        if not fraction or any(map(_writes_le, walk(node))):
            pass  # quantiles beyond 0 and 1 are infinite, and bounds that the query writes are its own
        elif source.buckets:
            low, high = min(0.0, source.buckets[0]), source.buckets[-1]
        elif source.signal is not None:
            low, high = source.signal.bounds
    return Value("vector", "gauge" if unit else "", unit, labels, low, high, source=source, merged=of.merged)


def _writes_le(node: Node) -> bool:
    if not isinstance(node, Call) or _SPECIAL.get(node.function) is not _relabelled:
        return False
    return not isinstance(node.parts[1], Text) or node.parts[1].text == "le"


def _fraction(parts: tuple[Node, ...]) -> Value:
    of = parts[-1].value
    return Value("vector", "ratio", RATIO, of.labels.without(("le",)), 0, 1)


def _absent(parts: tuple[Node, ...]) -> Value:
    """1 with the labels of the equality matchers. Anything but a selector leaves no label."""
    return Value("vector", "absence", Quantity(units.BOOLEAN), absent_labels(parts[0]), 1, 1)


def absent_labels(node: Node) -> Labels:
    """The labels that `absent` of this gives: those of the first equality matcher of each label, if none follows it."""
    names: dict[str, Values] = {}
    if isinstance(node, Read):
        equal: set[str] = set()
        for matcher in node.selector.matchers:
            label, value = matcher.label, matcher.value
            if label is None:
                return Labels({}, True)
            names.pop(label, None)
            if matcher.op == "=" and label not in equal:
                equal.add(label)
                if value != "":
                    names[label] = None if value is None else frozenset((value,))
    return Labels(names)


def _relabelled(parts: tuple[Node, ...]) -> Value:
    """`label_replace` and `label_join`: the label they write may be set on each series."""
    of = parts[0].value
    target = parts[1]
    labels = of.labels.plus({target.text: None}) if isinstance(target, Text) else Labels(of.labels.names, True)
    return Value("vector", of.type, of.unit, labels, of.low, of.high, of.inside, of.source, of.merged)


def _quantile_over_time(parts: tuple[Node, ...]) -> Value:
    found = ON_ONE["quantile_over_time"](parts[1].value)
    return found if is_fraction(parts[0]) else found._replace(low=None, high=None, inside=(False, False))


def _clamp(parts: tuple[Node, ...]) -> Value:
    of, low, high = map(_bounds, parts)
    return _clamped(parts, at_least(at_most(of, high), low))


def _clamped(parts: tuple[Node, ...], bounds: Bounds) -> Value:
    of = parts[0].value
    return Value("vector", of.type, of.unit, nameless(of.labels), bounds[0], bounds[1], (False, False), of.source, of.merged)


def _bounds(node: Node) -> Bounds:
    return node.value.low, node.value.high


def _informed(parts: tuple[Node, ...]) -> Value:
    """`info`: labels of info metrics join those of the series."""
    of = parts[0].value
    return Value("vector", of.type, of.unit, Labels(of.labels.names, True), of.low, of.high, of.inside, of.source, of.merged)


def _counts(of: Value) -> Quantity:
    signal = of.source.signal if of.source is not None else None
    return counted(signal.name, units.COUNT) if signal is not None else COUNT


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
    of = _of_buckets(parts[0], all(map(is_fraction, parts[2:])))
    label = parts[1]
    labels = of.labels.plus({label.text: None}) if isinstance(label, Text) else Labels(of.labels.names, True)
    return Value("vector", of.type, of.unit, labels, of.low, of.high, of.inside, of.source, of.merged)


_SPECIAL: dict[str, Callable[[tuple[Node, ...]], Value]] = {
    "histogram_quantile": _quantile,
    "histogram_quantiles": _quantiles,
    "histogram_fraction": _fraction,
    "absent": _absent,
    "absent_over_time": _absent,
    "label_replace": _relabelled,
    "label_join": _relabelled,
    "quantile_over_time": _quantile_over_time,
    "clamp": _clamp,
    "clamp_min": lambda parts: _clamped(parts, at_least(_bounds(parts[0]), _bounds(parts[1]))),
    "clamp_max": lambda parts: _clamped(parts, at_most(_bounds(parts[0]), _bounds(parts[1]))),
    "info": _informed,
    "histogram_count": lambda parts: _part(parts, _counts(parts[0].value), 0),
    "histogram_sum": lambda parts: _part(parts, parts[0].value.unit, None),
}
