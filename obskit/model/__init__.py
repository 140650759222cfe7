"""The neutral form of dashboards and rule files, whoever wrote them."""

from obskit.model.board import LANGUAGES, Board, Note, Panel, Query, Variable, references, view
from obskit.model.json import NOTE, Json

__all__ = ["LANGUAGES", "NOTE", "Board", "Json", "Note", "Panel", "Query", "Variable", "references", "view"]
