"""PromQL read offline: a query's text to its tokens, tree, selectors with places, problems in plain words, needed versions.

The only room that knows promql_parser, which is imported by the first `parse` and not before. What a query without fault
does not need is imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from obskit.promql.parse import Parsed, parse
from obskit.promql.places import places
from obskit.promql.positions import Edit, Edited, Span
from obskit.promql.selectors import Matcher, Selector
from obskit.promql.slots import Slot
from obskit.promql.tokens import Kind, Token, tokenize
from obskit.promql.tree import ValueKind, children, kind_of, nodes
from obskit.promql.variables import LONGEST, SENTINELS, VariableUse, is_sentinel, substitute

if TYPE_CHECKING:
    from obskit.promql.layout import canonical
    from obskit.promql.outermost import sides
    from obskit.promql.placed import Places
    from obskit.promql.problem import Problem, Stage
    from obskit.promql.requirement import Requirement, requires

__all__ = [
    "LONGEST",
    "SENTINELS",
    "Edit",
    "Edited",
    "Kind",
    "Matcher",
    "Parsed",
    "Places",
    "Problem",
    "Requirement",
    "Selector",
    "Slot",
    "Span",
    "Stage",
    "Token",
    "ValueKind",
    "VariableUse",
    "canonical",
    "children",
    "is_sentinel",
    "kind_of",
    "nodes",
    "parse",
    "places",
    "requires",
    "sides",
    "substitute",
    "tokenize",
]


def __getattr__(name: str) -> Any:
    if name == "canonical":
        from obskit.promql.layout import canonical

        return canonical
    if name == "Places":
        from obskit.promql.placed import Places

        return Places
    if name in ("Problem", "Stage"):
        from obskit.promql import problem

        return getattr(problem, name)
    if name in ("Requirement", "requires"):
        from obskit.promql import requirement

        return getattr(requirement, name)
    if name == "sides":
        from obskit.promql.outermost import sides

        return sides
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)


def __dir__() -> list[str]:
    return list(__all__)
