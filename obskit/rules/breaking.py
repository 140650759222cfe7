"""Long expressions over several lines, broken where a reader would: at the operators, outermost first."""

from __future__ import annotations

from obskit.catalog import Expr
from obskit.catalog.nodes import Binary
from obskit.catalog.printing import RULE, matching, operand, precedence, printed

WIDTH = 100
SHORT = 25


def broken(expr: Expr) -> str:
    """The rule text of `expr`: one line if it fits in 100 columns, else one operand a line."""
    text = printed(expr, RULE)
    if len(text) <= WIDTH or not isinstance(expr, Binary):
        return text
    level = precedence(expr.operator)
    left, right = _side(expr.left, level, expr), _side(expr.right, level + 1, expr)
    sign = expr.operator + matching(expr.matching)
    if len(left) <= SHORT:
        return f"{left} {sign}\n{right}"
    return f"{left}\n{sign} {right}" if len(right) <= SHORT else f"{left}\n{sign}\n{right}"


def _side(side: Expr, lowest: int, parent: Binary) -> str:
    """An operand, itself broken if it is an operator that needs no parentheses."""
    if isinstance(side, Binary) and precedence(side.operator) >= lowest and parent.operator != "^":
        return broken(side)
    return operand(side, RULE, lowest)
