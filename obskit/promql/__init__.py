"""PromQL read offline: a query's text to its tokens, tree, selectors with places, problems in plain words, needed versions.

The only room that knows promql_parser, which is imported by the first `parse` and not before.
"""

from obskit.promql.canonical import canonical
from obskit.promql.parse import Parsed, parse
from obskit.promql.positions import Edit, Edited, Span
from obskit.promql.problem import Problem, Stage
from obskit.promql.requires import Requirement, requires
from obskit.promql.selectors import Matcher, Selector
from obskit.promql.slots import Slot
from obskit.promql.tokens import Kind, Token, tokenize
from obskit.promql.tree import ValueKind, children, kind_of, nodes
from obskit.promql.variables import LONGEST, SENTINELS, VariableUse, is_sentinel, substitute

__all__ = [
    "LONGEST",
    "SENTINELS",
    "Edit",
    "Edited",
    "Kind",
    "Matcher",
    "Parsed",
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
    "requires",
    "substitute",
    "tokenize",
]
