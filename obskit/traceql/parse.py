"""A query's text becomes a tree, or a problem with its place; whatever the text, nothing is raised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from obskit.traceql.pipeline import query
from obskit.traceql.reader import Reader
from obskit.traceql.refusal import Refusal
from obskit.traceql.tokens import Token, tokenize
from obskit.traceql.tree import Field, Query, Span
from obskit.traceql.validate import validate

if TYPE_CHECKING:
    from obskit.traceql.problem import Problem
    from obskit.traceql.variables import VariableUse

LONGEST = 256 * 1024
"""Characters of a query that are read, before and after variables are filled in."""
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What became of a query.

    Either `tree` or `problem` is set. All spans are offsets in `text`, the author's. `variables` and `fields` are in source
    order; after a problem, `fields` are those read up to it. `kind` is None without a tree.
    """

    text: str
    tree: Query | None = None
    problem: Problem | None = None
    variables: tuple[VariableUse, ...] = ()
    kind: Literal["metrics", "search"] | None = None
    fields: tuple[Field, ...] = ()

    def variables_in(self, span: Span) -> tuple[str, ...]:
        """The Grafana variables that gave a part of `text[start:end]`, in order, each once."""
        return tuple(dict.fromkeys([use.name for use in self.variables if use.span[0] < span[1] and span[0] < use.span[1]]))


def parse(text: str, values: Mapping[str, str] = _NONE) -> Parsed:
    """The query that `text` is, Grafana's variables filled in from `values` by name. Never raises for any text.

    A text whose nesting or size would overwhelm the parser is a problem of stage "unsupported".
    """
    uses: tuple[VariableUse, ...] = ()
    fields: list[Field] = []
    try:
        _readable(text)
        if "$" in text or "[[" in text:
            from obskit.traceql.variables import fill  # only a query with variables pays for them

            tokens, uses, length = fill(text, values)
            if length > LONGEST:
                raise _too_long(text, " once its variables are filled in")
        else:
            tokens = tokenize(text)
        tree = _read(tokens, fields)
        validate(tree)
    except Refusal as refusal:
        return _refused(text, refusal, uses, fields)
    except RecursionError:
        deep = Refusal("the query is too deep to be read", (0, len(text)), "take parentheses away", "unsupported")
        return _refused(text, deep, uses, fields)
    return Parsed(text=text, tree=tree, variables=uses, kind="metrics" if tree.is_metrics else "search", fields=tuple(fields))


def _read(tokens: list[Token], fields: list[Field]) -> Query:
    if len(tokens) == 1:
        raise Refusal("the query is empty", (0, tokens[0].end), "write { } for every span")
    reader = Reader(tokens)
    reader.fields = fields
    return query(reader)


def _readable(text: str) -> None:
    if len(text) > LONGEST:
        raise _too_long(text, "")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as wrong:
            raise Refusal("the query holds half of a character", (wrong.start, wrong.end), "write it as valid Unicode") from None


def _too_long(text: str, when: str) -> Refusal:
    message = f"the query is longer than {LONGEST // 1024} KiB{when}"
    return Refusal(message, (0, len(text)), "match alternatives by a regex, or split the query", "unsupported")


def _refused(text: str, refusal: Refusal, uses: tuple[VariableUse, ...], fields: list[Field]) -> Parsed:
    from obskit.traceql.problem import problem  # only what fails pays for it

    found = problem(text, refusal.stage, refusal.message, refusal.span, refusal.hint)
    return Parsed(text=text, problem=found, variables=uses, fields=tuple(fields))
