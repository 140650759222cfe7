"""Conditions of TraceQL that hold, or do not, whatever a span is."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.lint.filters import filters
from obskit.traceql import Binary, Constant, Expr, Field, Query, Unary

_LOGICAL = ("&&", "||")
_FIELDS = frozenset(("name", "status", "kind", "duration", "statusMessage", "rootName", "rootServiceName", "traceDuration"))


def names_field(condition: Expr) -> str:
    """The text on the left of a comparison where it looks like a field's name: dotted, or that of an intrinsic; else empty."""
    left = condition.left if isinstance(condition, Binary) else None
    text = left.value if isinstance(left, Constant) and isinstance(left.value, str) and left.type == "string" else ""
    dotted = "." in text.strip(".") and not any(character.isspace() for character in text) and not text[:1].isdigit()
    return text if dotted or text in _FIELDS else ""


def constant_conditions(tree: Query) -> Iterator[Expr]:
    """The outermost conditions of all filters that read no field; a plain `true` is no condition."""
    for each in filters(tree):
        if each.expr is not None:
            yield from _constant(each.expr)


def _constant(expr: Expr) -> Iterator[Expr]:
    if isinstance(expr, Binary) and expr.op in _LOGICAL:
        yield from _constant(expr.left)
        yield from _constant(expr.right)
    elif not (isinstance(expr, Constant) and expr.value is True) and not _reads(expr):
        yield expr


def _reads(expr: Expr) -> bool:
    if isinstance(expr, Binary):
        return _reads(expr.left) or _reads(expr.right)
    return _reads(expr.operand) if isinstance(expr, Unary) else isinstance(expr, Field)
