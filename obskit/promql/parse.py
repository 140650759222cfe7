"""A query's text becomes a tree, or a problem with its place; whatever the text, nothing is raised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from obskit.promql.positions import Edited
from obskit.promql.quick import quick, surveyed
from obskit.promql.selectors import Selector
from obskit.promql.tokens import Token
from obskit.promql.tree import ValueKind, kind_of, parser
from obskit.promql.variables import VariableUse
from obskit.promql.written import Written

if TYPE_CHECKING:
    from promql_parser import Expr

    from obskit.promql.problem import Problem

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What became of a query.

    Either `ast` or `problem` is set. `text` is the author's, `edited` what the parser was given and the way back; `tokens`
    are the author's, comments included, and empty for a text too long to be looked at. `selectors` and `variables` are in
    source order. `kind` is the type of the whole, None without a tree. The tree cannot be compared, copied or pickled.

    Edits, tokens, variables and the spans of selectors are worked out at the first asking, from `written`; then they are kept.
    """

    text: str
    written: Written = field(compare=False, repr=False)
    problem: Problem | None = None
    ast: Expr | None = field(default=None, compare=False, repr=False)
    kind: ValueKind | None = None
    selectors: tuple[Selector, ...] = ()

    @property
    def edited(self) -> Edited:
        return self.written.edited

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.written.tokens

    @property
    def variables(self) -> tuple[VariableUse, ...]:
        return self.written.variables


def parse(text: str, values: Mapping[str, str] = _NONE) -> Parsed:
    """The query that `text` is, Grafana's variables filled in from `values` by name. Never raises for any text.

    A text whose nesting, size or number of operators would overwhelm the parser is a problem of stage "unsupported".
    """
    parsed = quickly(text, values)
    if parsed is None:
        from obskit.promql.careful import carefully  # many a project has only plain queries

        parsed = carefully(text, values)
    return parsed


def quickly(text: str, values: Mapping[str, str]) -> Parsed | None:
    """A plain query that is one; anything else gives None."""
    plain = quick(text, values)
    if plain is None:
        return None
    try:
        ast: Expr = parser().parse(plain.text)
        written = Written(text, ast, plain.changes)
        found = surveyed(ast, plain.strings, written)
        if found is None:
            return None
        return Parsed(text=text, written=written, ast=ast, kind=kind_of(ast), selectors=found)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the parser is no Exception; the long way finds out what it means
        return None
