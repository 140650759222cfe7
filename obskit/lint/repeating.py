"""Whether a side of an operator surely has several series that the matching takes for one."""

from __future__ import annotations

from collections.abc import Mapping

from obskit.catalog import Label
from obskit.semantics import Aggregate, Binary, Call, Node, Read
from obskit.semantics.aggregates import PICKS
from obskit.semantics.labels import matches
from obskit.semantics.nodes import Matching, Negated

_DEEPEST = 60
_LOSE_LE = ("histogram_quantile", "histogram_fraction")
_KEEP = frozenset((
    "rate", "irate", "increase", "delta", "deriv", "resets", "changes", "abs", "ceil", "floor", "round", "clamp_min", "clamp_max",
))  # fmt: skip
_NOTHING: Mapping[str, bool] = {}


def repeated(side: Node, matching: Matching) -> str | None:
    """A label that surely takes several values on this side, and on which nothing has to agree."""
    kinds = _several(side, 0)
    matched = set(matching.on) if matching.on is not None else set(side.value.labels.names) - set(matching.ignoring or ())
    extra = [label for label in kinds if label not in matched]
    certain = [label for label in extra if kinds[label]]
    if certain:
        return certain[0]
    names = side.value.labels.names
    if matching.on is not None and all(label == "job" or names.get(label) is not None for label in matched):
        return next(iter(extra), None)
    return None


def _several(node: Node, depth: int) -> Mapping[str, bool]:
    """The labels with several values; True where no other label can decide which value it is."""
    if depth > _DEEPEST:
        return _NOTHING
    if isinstance(node, Read):
        return _of_metric(node)
    if isinstance(node, Call) and (node.function in _KEEP or node.function.endswith("_over_time")):
        vector = next((part for part in node.parts if part.value.kind in ("vector", "matrix")), None)
        return _several(vector, depth + 1) if vector is not None and not node.function.startswith("absent") else _NOTHING
    if isinstance(node, Call) and node.function in _LOSE_LE:
        return {label: kind for label, kind in _several(node.parts[-1], depth + 1).items() if label != "le"}
    if isinstance(node, Aggregate) and node.operation not in PICKS and node.operation != "count_values":
        below = _several(node.operand, depth + 1) if node.by or node.without is not None else _NOTHING
        return {label: kind for label, kind in below.items() if _stays(node, label)}
    if isinstance(node, Negated):
        return _several(node.parts[0], depth + 1)
    if isinstance(node, Binary) and node.operator in "+-*/":
        sides = [part for part in node.parts if part.value.kind == "vector"]
        return _several(sides[0], depth + 1) if len(sides) == 1 else _NOTHING
    return _NOTHING


def _stays(node: Aggregate, label: str) -> bool:
    return label in node.by if node.by is not None else label not in (node.without or ())


def _of_metric(node: Read) -> dict[str, bool]:
    series = node.series
    if series is None or series.signal is None:
        return {}
    matchers = node.selector.matchers
    if any(matcher.label is None for matcher in matchers):
        return {}
    variable = {matcher.label for matcher in matchers if matcher.value is None}
    touched = {matcher.label for matcher in matchers}
    found: dict[str, bool] = {}
    for label in series.signal.labels:
        if label.optional or label.name in variable:
            continue
        if len(_initial(label, node)) > 1:
            found[label.name] = True
        elif not label.values and label.name not in touched and label.bound != 1 and series.signal.kind in ("counter", "histogram"):
            found[label.name] = False
    if series.is_bucket and series.buckets and "le" not in touched:
        found["le"] = True
    return found


def _initial(label: Label, node: Read) -> list[str]:
    """The values that are there from the start, as far as the matchers let them through."""
    matchers = [matcher for matcher in node.selector.matchers if matcher.label == label.name]
    left = list(label.initial)
    for op, wanted in ((matcher.op, matcher.value or "") for matcher in matchers):
        if op in ("=", "!="):
            left = [value for value in left if (value == wanted) is (op == "=")]
        else:
            left = [value for value in left if matches(wanted, value) is (op == "=~")]
    return left
