"""Long expressions over several lines, broken where a reader would: at the operators, outermost first."""

from __future__ import annotations

from dataclasses import replace

from obskit.catalog import Expr
from obskit.catalog.nodes import Binary
from obskit.catalog.printing import RULE, matching, operand, precedence, printed

WIDTH = 100


def broken(expr: Expr) -> str:
    """The rule text of `expr`: one line if it fits in 100 columns, else one operand a line."""
    text = printed(expr, RULE)
    if len(text) <= WIDTH or not isinstance(expr, Binary):
        return text
    level = precedence(expr.operator)
    left = _side(expr.left, level, expr)
    right = operand(expr.right, RULE, level + 1)
    return f"{left}\n{expr.operator}{matching(expr.matching)}\n{right}" if len(right) > WIDTH // 4 else f"{left}\n{expr.operator} {right}"


def _side(side: Expr, level: int, parent: Binary) -> str:
    """The left operand, itself broken if it is an operator that needs no parentheses."""
    if isinstance(side, Binary) and precedence(side.operator) >= level and parent.operator != "^":
        return broken(replace(side))
    return operand(side, RULE, level)
