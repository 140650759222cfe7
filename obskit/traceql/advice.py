"""What to write instead, where types do not fit."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from obskit.traceql.layout import of_expression
from obskit.traceql.tree import Binary, Constant, Expr, Field, ValueType
from obskit.traceql.words import KINDS, STATUSES

NOUNS: Mapping[ValueType, str] = MappingProxyType(
    {
        "attribute": "an attribute", "string": "a string", "int": "a whole number", "float": "a number", "duration": "a duration",
        "bool": "a condition", "status": "a status", "kind": "a span kind", "nil": "nil",
    }
)  # fmt: skip
_WORDS = {"status": "ok, error or unset", "kind": ", ".join(sorted(KINDS))}
_VALUES: Mapping[ValueType, str] = MappingProxyType(
    {"string": '"x"', "int": "1", "float": "0.5", "duration": "100ms", "bool": "true", "status": "error", "kind": "server", "nil": "nil"}
)


def unlike(node: Binary, left: ValueType, right: ValueType) -> str:
    """For two types that cannot stand on both sides of one operator."""
    for kind, words in (("status", STATUSES), ("kind", KINDS)):
        if kind in (left, right) and "string" in (left, right):
            text = next((side.value for side in (node.left, node.right) if isinstance(side, Constant) and side.type == "string"), "")
            found = str(text).lower()
            return f"{kind} has bare words: write {kind} {node.op} {found if found in words else 'one of ' + _WORDS[kind]}"
    field, value = (node.left, right) if isinstance(node.left, Field) else (node.right, left)
    if isinstance(field, Field) and field.type != value:
        return f"{field} is {NOUNS[field.type]}: write {field} {node.op} {_VALUES.get(field.type, 'a value')}"
    return "write values of one type on both sides"


def unsuited(op: str, kind: ValueType) -> str:
    """For an operator that does not suit a type."""
    if op in ("&&", "||"):
        return f"{op} joins conditions, such as comparisons"
    if op in ("=~", "!~"):
        return "match strings by a regex; compare anything else by = or !="
    if kind in ("status", "kind", "bool"):
        return "compare it by = or !="
    return "calculate with numbers, durations and attributes"


def example(node: Expr, kind: ValueType) -> str:
    """A comparison that the expression could become."""
    if isinstance(node, Constant):
        return f"span.name = {of_expression(node)}" if kind not in ("status", "kind") else f"{kind} = {of_expression(node)}"
    return f"{of_expression(node)} = {_VALUES.get(kind, '1')}"
