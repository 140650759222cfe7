"""The neutral form of dashboards and rule files, whoever wrote them."""

from obskit.model.board import LANGUAGES, Board, Note, Panel, Query, Variable, reference, references, view
from obskit.model.choices import BLANK, custom_choices, custom_query, interval_query
from obskit.model.json import NOTE, Json
from obskit.model.rulefile import GroupView, RuleFile, RuleView, TraceCondition

__all__ = [
    "BLANK", "LANGUAGES", "NOTE", "Board", "GroupView", "Json", "Note", "Panel", "Query", "RuleFile", "RuleView", "TraceCondition",
    "Variable", "custom_choices", "custom_query", "interval_query", "reference", "references", "view",
]  # fmt: skip
