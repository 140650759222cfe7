"""The short way for plain queries: one pattern tells that nothing in a text needs a closer look before it is parsed.

What it takes is read as the long way reads it; every doubt is a None, and the long way decides. Nothing here judges a query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from obskit.promql.selectors import UNDECIDED, Selector, selector
from obskit.promql.slots import Slot
from obskit.promql.tokens import variables_inside
from obskit.promql.variables import Values
from obskit.promql.written import Change, Written

if TYPE_CHECKING:
    from promql_parser import Expr

_LONGEST = 2_000  # characters; too few for any bound on words, operators and regexes but the depth's
_SHALLOW = 50  # of what may nest; a tree of no more is in bounds whatever its length
_SHORT = 200  # a text of no more characters cannot nest too deep
_STRINGS = 20  # no more regexes than that are looked at for their size
_DIGITS = 6  # a number of no more is in range wherever it stands
_NAMED = r"\$(?:\w++|\{\w++\})"
_PLAIN = re.compile(
    rf"""
    (?:
        [\ \t\r\n(){{}}\]=~!<>,+*/%@-]++
      | (?: by | without | on | ignoring )\ ?\({_NAMED}\)
      | (?: topk | bottomk )\ ?\({_NAMED},
      | [a-zA-Z_][a-zA-Z0-9_:]*+
      | (?: "(?:[^"\\\n]++|\\[^\n])*+" | '(?:[^'\\\n]++|\\[^\n])*+' )(?!\s*+\w)  # Prometheus has no "or" between matchers, the parser has
      | \[(?:{_NAMED}\])?
      | [0-9]{{1,9}}+(?:\.[0-9]{{1,9}}+)?+(?![\w.])
      | :?[0-9]{{1,4}}+(?:ms|[smhdw])(?![\w.])
      | :(?=\])
      | \^
    )*+
    """,
    re.VERBOSE | re.ASCII,
)
_CHANGED = re.compile(
    r'"((?:[^"\\\n]++|\\[^\n])*+)"|'
    r"'((?:[^'\\\n]++|\\[^\n])*+)'"
    r"|\[\$\{?(\w++)|\b(?:by|without|on|ignoring) ?\(\$\{?(\w++)|\b(?:topk|bottomk) ?\(\$\{?(\w++)",
    re.ASCII,
)
_SLOTS: tuple[Slot, ...] = ("string", "string", "string", "duration", "label", "number")  # by the group of the pattern above


class Quick(NamedTuple):
    """A text as the parser can read it, what was changed in it, and the variables in each string, in order.

    `strings` is empty when no string has a variable.
    """

    text: str
    changes: tuple[Change, ...] = ()
    strings: tuple[tuple[str, ...], ...] = ()


def quick(text: str, values: Mapping[str, str]) -> Quick | None:
    """A plain query ready for the parser; None for any other."""
    if len(text) > _LONGEST or not _PLAIN.fullmatch(text) or text.count('"') + text.count("'") > 2 * _STRINGS:
        return None
    if len(text) > _SHORT and sum([text.count(sign) for sign in "([{-+^"]) > _SHALLOW:
        return None
    return _filled(text, Values(values)) if "$" in text or "[[" in text else Quick(text)


def _filled(text: str, known: Values) -> Quick | None:
    """The text with its variables filled in, each of which stands in a string, or alone in its brackets."""
    changes: list[Change] = []
    strings: list[tuple[str, ...]] = []
    pieces: list[str] = []
    read = 0
    for found in _CHANGED.finditer(text):
        group = found.lastindex or 0
        slot = _SLOTS[group]
        start, end = found.span(group)
        if slot != "string":
            bracket = text[start - 1] == "{"
            inside = [(text[start:end], start - 1 - bracket, end + bracket)]
        else:
            inside = _in_string(text, start, end)
            strings.append(tuple(dict.fromkeys([name for name, _, _ in inside])) if inside else ())
        for name, start, end in inside:
            new = known.of(name, slot)
            if slot == "number" and not (new.isdecimal() and len(new) <= _DIGITS):
                return None
            changes.append(_made(Change, (start, end, new, name, slot)))
            pieces += (text[read:start], new)
            read = end
    pieces.append(text[read:])
    filled = "".join(pieces)
    if len(filled) > 2 * _LONGEST:
        return None
    return Quick(filled, tuple(changes), tuple(strings) if any(strings) else ())


def _in_string(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Name, start and end of each variable in the string that is `text[start:end]`; most are one variable, or none."""
    if text.startswith("$", start) and text[start + 1 : end].isidentifier() and text.isascii():
        return [(text[start + 1 : end], start, end)]
    inside = text[start:end]
    return variables_inside(text, start, end) if "$" in inside or "[[" in inside else []


def surveyed(ast: Expr, strings: tuple[tuple[str, ...], ...], written: Written) -> tuple[Selector, ...] | None:
    """The selectors of a fresh tree, `strings` as `Quick` tells them; None where the tree holds what needs a closer look.

    That is: what Prometheus does not take, and strings of the text that are no value in the tree.
    """
    inside = iter(strings) if strings else UNDECIDED
    found = _selected(ast, inside, written)
    return found if not strings or next(inside, None) is None else None


def _selected(ast: Expr, inside: Iterator[tuple[str, ...]], written: Written) -> tuple[Selector, ...] | None:
    found: list[Selector] = []
    waiting: list[Any] = [ast]
    while waiting:
        node = waiting.pop()
        kind = type(node).__name__
        if kind == "MatrixSelector":
            node, kind = node.vector_selector, "VectorSelector"
        if kind == "VectorSelector":
            found.append(selector(node, len(found), written, inside))
        elif kind == "BinaryExpr":
            waiting += (node.rhs, node.lhs)
        elif kind == "Call":
            arguments = node.args
            if len(arguments) > 1 and node.func.name == "info":
                return None
            waiting += reversed(arguments)
        elif kind == "StringLiteral":
            next(inside)
        elif kind != "NumberLiteral":
            waiting.append(node.expr)
            if kind == "AggregateExpr" and node.param is not None:
                waiting.append(node.param)
    return tuple(found)


_made = tuple.__new__  # what a named tuple's own way to be made comes down to, at a third of its cost
