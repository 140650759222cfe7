"""The two sides of a query's outermost operator, as the author wrote them; checked by reading each again."""

from __future__ import annotations

from typing import Any

from obskit.promql.layout import negative_at
from obskit.promql.parse import Parsed, parse
from obskit.promql.places import places
from obskit.promql.tree import nodes

_Node = Any  # the library's nodes have no common shape


def sides(parsed: Parsed) -> tuple[str, str] | None:
    """Left and right of the outermost operator; None where there is none, or neither the text nor a print of it is certain.

    Cut from the author's text by position, parentheses around the whole left out; else as the parser prints them. Either way each
    side reads back as the tree it was. A side can end in a comment.
    """
    root = parsed.ast
    while type(root).__name__ == "ParenExpr":
        root = root.expr  # type: ignore[union-attr]  # the kind is known by its name
    if type(root).__name__ != "BinaryExpr":
        return None
    wanted: tuple[_Node, _Node] = (root.lhs, root.rhs)  # type: ignore[union-attr]  # the same
    printed = None if negative_at(parsed) else (str(wanted[0]), str(wanted[1]))
    for found in (_cut(parsed, root), printed):
        if found is not None and all(_is(text, node) for text, node in zip(found, wanted, strict=True)):
            return found
    return None


def _cut(parsed: Parsed, root: _Node) -> tuple[str, str] | None:
    before = sum(type(node).__name__ == "BinaryExpr" for node in nodes(root.lhs))
    sign = places(parsed).operator(before)
    if sign is None or root.modifier is not None:
        return None
    words = [token for token in parsed.tokens if token.kind != "comment"]
    depth = sum((token.text == "(") - (token.text == ")") for token in words if token.end <= sign[0] and token.kind == "bracket")
    opening, closing = words[:depth], words[len(words) - depth :]
    if any(token.text != "(" for token in opening) or any(token.text != ")" for token in closing):
        return None
    start = opening[-1].end if opening else 0
    end = closing[0].start if closing else len(parsed.text)
    return parsed.text[start : sign[0]].strip(), parsed.text[sign[1] : end].strip()


def _is(text: str, node: _Node) -> bool:
    ast = parse(text).ast
    return ast is not None and str(ast) == str(node)
