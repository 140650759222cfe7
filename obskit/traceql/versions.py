"""What a query needs of the Tempo that runs it.

Source of the versions: Tempo's releases 2.4 to 3.0; what no release has yet is in 3.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from obskit.traceql.questions import walk
from obskit.traceql.tree import Field, Hint, Limit, MathQuery, MetricsStage, Node, Query, Span, SpansetOp, Threshold
from obskit.traceql.words import UNIONS

_FUNCTIONS = {
    "rate": "2.4", "count_over_time": "2.4", "quantile_over_time": "2.5", "histogram_over_time": "2.5", "compare": "2.6",
    "min_over_time": "2.7", "max_over_time": "2.7", "avg_over_time": "2.7", "sum_over_time": "2.8",
}  # fmt: skip
_SCOPES = {"event": "2.6", "instrumentation": "2.7"}
_INTRINSICS = {"span": "2.5", "trace": "2.5", "event": "2.6", "instrumentation": "2.7"}
_NUMBERS = re.compile(r"v?([0-9]{1,6})(?:\.([0-9]{1,6}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A part of a query that only Tempo from version `since` on has. `span` is the first place of it in the author's text."""

    feature: str
    since: str
    span: Span

    def met_by(self, version: str) -> bool:
        """Whether Tempo `version` ("2.8", "v3.0.1") has this part."""
        return _numbers(version) >= _numbers(self.since)


def requires(tree: Query) -> tuple[Requirement, ...]:
    """Each version boundary the query crosses, once, in source order."""
    found = [requirement for node in walk(tree) for requirement in _of(node)]
    found.sort(key=lambda requirement: requirement.span)
    return tuple({requirement.feature: requirement for requirement in reversed(found)}.values())[::-1]


def _of(node: Node) -> list[Requirement]:
    if isinstance(node, Field):
        return _of_field(node)
    if isinstance(node, MetricsStage):
        return [_needs(node.function, _FUNCTIONS[node.function], node.span)]
    if isinstance(node, Limit):
        return [_needs(node.function, "2.8", node.span)]
    if isinstance(node, Threshold):
        return [_needs("comparison of metrics", "3.0", node.span)]
    if isinstance(node, MathQuery):
        return [_needs("arithmetic of metrics", "3.1", node.span)]
    if isinstance(node, SpansetOp) and node.op in UNIONS:
        return [_needs(f"operator {node.op}", "2.5", node.op_span)]
    if isinstance(node, Hint):
        hints = [_needs("with()", "2.4", node.span)]
        return [*hints, _needs("hint extrapolate", "3.1", node.span)] if node.name == "extrapolate" else hints
    return []


def _of_field(field: Field) -> list[Requirement]:
    if field.scope in _SCOPES:
        return [_needs(f"{field.scope}.", _SCOPES[field.scope], field.span)]
    prefix, colon, _ = field.name.partition(":")
    if field.scope == "intrinsic" and colon and prefix in _INTRINSICS:
        return [_needs(f"{prefix}:", _INTRINSICS[prefix], field.span)]
    return []


def _needs(feature: str, since: str, span: Span) -> Requirement:
    return Requirement(feature=feature, since=since, span=span)


def _numbers(version: str) -> tuple[int, int]:
    found = _NUMBERS.match(version)
    return (int(found[1]), int(found[2] or 0)) if found else (0, 0)
