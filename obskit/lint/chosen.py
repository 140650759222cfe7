"""What a viewer can choose for a variable of a board: one value or several, and where a panel repeats by it."""

from __future__ import annotations

from obskit.model import Board, Panel, Variable
from obskit.semantics.labels import literals


def has_several(variable: Variable) -> bool:
    """Whether several values or "All" can be chosen, and "All" is not one plain value."""
    if variable.json.get("multi") is True:
        return True
    all_value = variable.json.get("allValue")
    plain = literals(all_value) if isinstance(all_value, str) and all_value else None
    return variable.json.get("includeAll") is True and (plain is None or len(plain) > 1)


def repeats(board: Board, panel: Panel) -> tuple[object, ...]:
    """What a panel and its row repeat by: such a variable stands for one value there."""
    rows = [one for one in board.panels if one.is_row and one.title == panel.row] if panel.row else []
    return tuple([one.json.get("repeat") for one in (panel, *rows)])
