"""Whether the series of an operator's two sides can meet at all."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from obskit.analysis.sure_labels import SureLabels
from obskit.semantics import Binary, Labels
from obskit.semantics.labels import Values
from obskit.semantics.nodes import SETS


class Apart(NamedTuple):
    """Why no series of one side meets one of the other, and what to do."""

    why: str
    hint: str


def never_meets(node: Binary, sure: SureLabels) -> Apart | None:
    """Why no two series have equal matching labels, when that is certain."""
    one, other = node.left.value.labels, node.right.value.labels
    for label in _matched(node, one, other):
        sides = _differ(one, other, label)
        if sides is None:
            continue
        here, there = label in sure.of(node.left), label in sure.of(node.right)
        if sides == "values" and (here or there):
            left, right = _listed(one.names[label]), _listed(other.names[label])
            hint = f"add {_ignoring(node, label)}, or ask both for one value"
            return Apart(f'label "{label}" is {left} on the left and {right} on the right', hint)
        if sides == "right" and here:
            return Apart(f'the left side has label "{label}" and the right side does not', _hint(node, label, "left"))
        if sides == "left" and there:
            return Apart(f'the right side has label "{label}" and the left side does not', _hint(node, label, "right"))
    return None


def _matched(node: Binary, one: Labels, other: Labels) -> Collection[str]:
    """The labels that have to be equal, of those that are known of."""
    if node.matching.on is not None:
        return node.matching.on
    if one.names == other.names and one.open == other.open:
        return ()
    ignored = {*(node.matching.ignoring or ()), "__name__"}
    return sorted((one.names.keys() | other.names.keys()) - ignored)


def _differ(one: Labels, other: Labels, label: str) -> str | None:
    """Which side lacks the label; "values" where both may have it and never the same value."""
    if one.lacks(label) or other.lacks(label):
        return None if one.lacks(label) and other.lacks(label) else "left" if one.lacks(label) else "right"
    left, right = one.names.get(label), other.names.get(label)
    return "values" if left and right and "" not in left | right and left.isdisjoint(right) else None


def _listed(values: Values) -> str:
    named = sorted(values or ())
    return " or ".join(f'"{value}"' for value in named[:3]) + (" or …" if len(named) > 3 else "")


def _ignoring(node: Binary, label: str) -> str:
    return f"ignoring ({', '.join((*(node.matching.ignoring or ()), label))})"


def _hint(node: Binary, label: str, side: str) -> str:
    if node.matching.on is not None:
        return f'leave "{label}" out of on (…), or keep it on the other side'
    one, other = node.left.value.labels, node.right.value.labels
    common = [name for name in one.names if name in other.names]
    listed = ", ".join(common)
    if node.operator in SETS:
        return f"write {node.operator} on ({listed}), or aggregate both sides by the same labels"
    if unique(other if side == "left" else one, common):
        return f"aggregate both sides by the same labels, or write {node.operator} on ({listed}) group_{side} ()"
    return "aggregate both sides by the same labels" + (f", for example by ({listed})" if common else "")


def unique(labels: Labels, matched: Collection[str]) -> bool:
    """Whether series with these labels surely differ in those that are matched."""
    return not labels.open and labels.names.keys() <= {*matched, "__name__"}
