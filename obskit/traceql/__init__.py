"""TraceQL read offline: a query's text to its tree, its fields with places, problems in plain words, needed versions.

Source: the language of Tempo 3.1, as observed. What a query without fault does not need is imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from obskit.traceql.parse import LONGEST, Parsed, parse
from obskit.traceql.tree import (
    Aggregate,
    Binary,
    CoalesceStage,
    Constant,
    Expr,
    Field,
    Filter,
    GroupStage,
    Hint,
    Limit,
    Math,
    MathQuery,
    MetricsQuery,
    MetricsStage,
    Node,
    Pipeline,
    Query,
    ScalarFilter,
    SelectStage,
    Span,
    SpansetOp,
    Threshold,
    Unary,
    ValueType,
)

if TYPE_CHECKING:
    from obskit.traceql.amounts import amount
    from obskit.traceql.layout import canonical, spelling
    from obskit.traceql.problem import Problem
    from obskit.traceql.questions import (
        Comparison,
        children,
        comparisons,
        conjuncts,
        constant_comparisons,
        guarantees,
        metrics,
        mixed_logic,
        must_hold,
        walk,
    )
    from obskit.traceql.slots import Slot
    from obskit.traceql.validate import type_of
    from obskit.traceql.variables import VariableUse
    from obskit.traceql.versions import Requirement, requires

_QUESTIONS = frozenset(
    {
        "Comparison", "children", "comparisons", "conjuncts", "constant_comparisons", "guarantees", "metrics", "mixed_logic",
        "must_hold", "walk",
    }
)  # fmt: skip

__all__ = [
    "LONGEST",
    "Aggregate",
    "Binary",
    "CoalesceStage",
    "Comparison",
    "Constant",
    "Expr",
    "Field",
    "Filter",
    "GroupStage",
    "Hint",
    "Limit",
    "Math",
    "MathQuery",
    "MetricsQuery",
    "MetricsStage",
    "Node",
    "Parsed",
    "Pipeline",
    "Problem",
    "Query",
    "Requirement",
    "ScalarFilter",
    "SelectStage",
    "Slot",
    "Span",
    "SpansetOp",
    "Threshold",
    "Unary",
    "ValueType",
    "VariableUse",
    "amount",
    "canonical",
    "children",
    "comparisons",
    "conjuncts",
    "constant_comparisons",
    "guarantees",
    "metrics",
    "mixed_logic",
    "must_hold",
    "parse",
    "requires",
    "spelling",
    "type_of",
    "walk",
]


def __getattr__(name: str) -> Any:
    if name in _QUESTIONS:
        from obskit.traceql import questions

        return getattr(questions, name)
    if name in ("canonical", "spelling"):
        from obskit.traceql import layout

        return getattr(layout, name)
    if name in ("Requirement", "requires"):
        from obskit.traceql import versions

        return getattr(versions, name)
    if name in ("Slot", "VariableUse"):
        from obskit.traceql import variables

        return getattr(variables, name)
    return _single(name)


def _single(name: str) -> Any:
    if name == "Problem":
        from obskit.traceql.problem import Problem

        return Problem
    if name == "amount":
        from obskit.traceql.amounts import amount

        return amount
    if name == "type_of":
        from obskit.traceql.validate import type_of

        return type_of
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)


def __dir__() -> list[str]:
    return list(__all__)
