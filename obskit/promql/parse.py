"""A query's text becomes a tree, or a problem with its place; whatever the text, nothing is raised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from obskit.promql.guards import MOST_TOKENS, refused, too_long, too_many
from obskit.promql.lexical import broken, out_of_range
from obskit.promql.positions import Edited, Span
from obskit.promql.problem import Fault, Problem
from obskit.promql.selectors import Selector, selectors
from obskit.promql.tokens import Token, tokenize
from obskit.promql.tree import ValueKind, kind_of, nodes, parser
from obskit.promql.variables import VariableUse, fill

if TYPE_CHECKING:
    from promql_parser import Expr

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What became of a query.

    Either `ast` or `problem` is set. `text` is the author's, `edited` what the parser was given and the way back; `tokens`
    are the author's, comments included, and empty for a text too long to be looked at. `selectors` and `variables` are in
    source order. `kind` is the type of the whole, None without a tree. The tree cannot be compared, copied or pickled.
    """

    text: str
    edited: Edited
    tokens: tuple[Token, ...]
    problem: Problem | None = None
    ast: Expr | None = field(default=None, compare=False, repr=False)
    kind: ValueKind | None = None
    selectors: tuple[Selector, ...] = ()
    variables: tuple[VariableUse, ...] = ()


def parse(text: str, values: Mapping[str, str] = _NONE) -> Parsed:
    """The query that `text` is, Grafana's variables filled in from `values` by name. Never raises for any text.

    A text whose nesting, size or number of operators would overwhelm the parser is a problem of stage "unsupported".
    """
    fault = too_long(text)
    if fault is not None:
        return _faulty(text, Edited(text=text), (), (), fault)
    tokens = tokenize(text, MOST_TOKENS + 1)
    fault = too_many(tokens)
    if fault is not None:
        return _faulty(text, Edited(text=text), (), (), fault)
    filled = fill(text, tokens, values)
    edited, words, used = filled.edited, filled.tokens, filled.uses
    fault = too_long(edited.text) or too_many(words) or refused(words) or _unfilled(words) or broken(words) or out_of_range(words)
    if fault is not None:
        return _faulty(text, edited, tokens, used, fault)
    try:
        return _read(text, edited, tokens, used, words)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as failure:  # a panic of the parser is no Exception
        from obskit.promql.explain import explained  # only what fails pays for its explanation

        fault = _panic(failure) or explained(str(failure), edited.text, words)
        return _faulty(text, edited, tokens, used, fault)


def _read(text: str, edited: Edited, tokens: tuple[Token, ...], used: tuple[VariableUse, ...], words: tuple[Token, ...]) -> Parsed:
    ast: Expr = parser().parse(edited.text)
    found = []
    for node in nodes(ast):
        kind = type(node).__name__
        if kind == "VectorSelector":
            if node.matchers.or_matchers:
                return _faulty(text, edited, tokens, used, _alternatives(words))
            found.append(node)
        elif kind == "Call" and node.func.name == "info" and len(node.args) > 1 and not _is_bare(node.args[1]):
            span = next((word.span for word in words if word.text == "info"), None)
            fault = Fault('the second argument of "info" is more than a selector of labels', span, 'write matchers alone: {label="value"}')
            return _faulty(text, edited, tokens, used, fault)
    return Parsed(
        text=text,
        edited=edited,
        tokens=tokens,
        ast=ast,
        kind=kind_of(ast),
        selectors=selectors(found, words, edited),
        variables=used,
    )


def _is_bare(node: object) -> bool:
    """Whether this is `{..}` without name, offset and `@`."""
    if type(node).__name__ != "VectorSelector":
        return False
    return all(getattr(node, part) is None for part in ("name", "offset", "at"))


def _alternatives(words: tuple[Token, ...]) -> Fault:
    found = [word.span for word, before in zip(words[1:], words, strict=False) if word.word() == "or" and before.kind == "string"]
    return Fault('Prometheus has no "or" between matchers', found[0] if found else None, 'use a regex: label=~"a|b"')


def _unfilled(words: tuple[Token, ...]) -> Fault | None:
    if not any(word.kind == "variable" for word in words):
        return None
    return Fault("the query is too long once its variables are filled in", None, "shorten the values of its variables", "unsupported")


def _panic(failure: BaseException) -> Fault | None:
    if isinstance(failure, ValueError) and not isinstance(failure, UnicodeError):
        return None
    if isinstance(failure, UnicodeError):
        return Fault("the query holds half of a character", None, "write it as valid Unicode")
    return Fault("the parser failed on this query, so it is not checked", None, "Prometheus decides whether it is valid", "unsupported")


def _faulty(text: str, edited: Edited, tokens: tuple[Token, ...], used: tuple[VariableUse, ...], fault: Fault) -> Parsed:
    span: Span = edited.span(*fault.span) if fault.span else (0, len(text))
    problem = Problem(stage=fault.stage, message=fault.message, span=span, hint=fault.hint)
    return Parsed(text=text, edited=edited, tokens=tokens, problem=problem, variables=used)
