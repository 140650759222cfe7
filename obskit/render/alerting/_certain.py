"""Which labels every series of a query carries for certain: a template that prints another one must bear that it is missing.

On the safe side: a label that is not named here may be there all the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from obskit.analysis import Asked
from obskit.promql import Matcher
from obskit.render.alerting._states import Recorded
from obskit.semantics import Aggregate, Binary, Call, Node, Read
from obskit.semantics.labels import matches

_ABSENCE = frozenset(("absent", "absent_over_time"))
_WRITES = frozenset(("label_replace", "label_join"))
_PICKS = frozenset(("topk", "bottomk", "limitk", "limit_ratio"))
_NONE: frozenset[str] = frozenset()
_DEEPEST = 20
"""Recording rules that are followed."""


def certain(root: Node, records: Recorded, depth: int = _DEEPEST) -> frozenset[str]:
    """The labels; none where the query yields a number."""
    parts = [certain(part, records, depth) if part.value.kind in ("vector", "matrix") else _NONE for part in root.parts]
    return frozenset(_found(root, parts, records, depth)) & root.value.labels.names.keys()


def _found(node: Node, parts: list[frozenset[str]], records: Recorded, depth: int) -> frozenset[str]:
    if isinstance(node, Read):
        return _pinned(node.selector.matchers) | _exposed(node, records, depth)
    if isinstance(node, Binary):
        return _joined(node, *parts)
    if isinstance(node, Aggregate):
        return _aggregated(node, parts[-1])
    if isinstance(node, Call) and node.function in _ABSENCE:
        read = node.parts[0]
        return _pinned(matcher for matcher in read.selector.matchers if matcher.op == "=") if isinstance(read, Read) else _NONE
    kept = _NONE.union(*parts)
    if isinstance(node, Call) and node.function in _WRITES:
        return kept - {getattr(node.parts[1], "text", "")}
    return kept


def _pinned(matchers: Iterable[Matcher]) -> frozenset[str]:
    """What matchers ask for that hold for no empty value."""
    return frozenset(
        one.label
        for one in matchers
        if one.label is not None
        and one.value is not None
        and ((one.op == "=" and one.value != "") or (one.op == "=~" and matches(one.value, "") is False))
    )


def _exposed(read: Read, records: Recorded, depth: int) -> frozenset[str]:
    """What the metric has by its signal, by the rules that record it, or because Prometheus makes it."""
    series = read.series
    if series is None:
        return _NONE
    if series.rule is not None:
        made = [_recorded(asked, records, depth - 1) for asked in records.get(read.name, ())] if depth else []
        return frozenset(made[0].intersection(*made)) if made else _NONE
    unsure = {label.name for label in series.signal.labels if label.optional} if series.signal is not None else set()
    return frozenset(series.labels.names) - unsure - set(series.service.external_labels if series.service is not None else ())


def _recorded(asked: Asked, records: Recorded, depth: int) -> frozenset[str]:
    labels = asked.rule.json.get("labels", {}) if asked.rule is not None else {}
    found = certain(asked.meaning.root, records, depth) if asked.meaning is not None else _NONE
    return frozenset((found - labels.keys()) | {name for name, text in labels.items() if text})


def _joined(node: Binary, left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    scalars = [part.value.kind == "scalar" for part in node.parts]
    if any(scalars):
        return right if scalars[0] else left
    if node.operator == "or":
        return left & right
    if node.operator in ("and", "unless"):
        return left
    matching = node.matching
    many, one = (right, left) if matching.group == "group_right" else (left, right)
    if matching.group:
        copied = frozenset(matching.include)
        return (many - copied) | (copied & one)
    return many & frozenset(matching.on) if matching.on is not None else many - frozenset(matching.ignoring or ())


def _aggregated(node: Aggregate, operand: frozenset[str]) -> frozenset[str]:
    if node.operation in _PICKS:
        return operand
    return operand & frozenset(node.by) if node.by is not None else operand - frozenset(node.without) if node.without is not None else _NONE
