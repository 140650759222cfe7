"""A query's text becomes a tree, or a problem with its place; whatever the text, nothing is raised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from obskit.promql.fault import Fault
from obskit.promql.guards import MOST_TOKENS, refused, too_long, too_many
from obskit.promql.lexical import broken
from obskit.promql.positions import Edited, Span, Unmoved
from obskit.promql.selectors import Selector, selectors
from obskit.promql.tokens import Token, closers, tokenize
from obskit.promql.tree import ValueKind, kind_of, nodes, parser
from obskit.promql.variables import Filled, VariableUse, fill

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
    try:
        return _judged(text, tokens, filled)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as failure:  # a panic of the parser is no Exception
        from obskit.promql.explain import explained  # only what fails pays for its explanation

        fault = _panic(failure) or explained(str(failure), filled.edited.text, filled.tokens)
        return _faulty(text, filled.edited, tokens, filled.uses, fault)


def _judged(text: str, tokens: tuple[Token, ...], filled: Filled) -> Parsed:
    """What becomes of a text: in the common case the author's own tokens tell, else those of the edited text."""
    if filled.same and not too_long(filled.edited.text):
        pairs = closers(filled.written)
        fault = _fault(filled.written, pairs)
        if fault is None:
            return _read(text, tokens, filled, filled.written, pairs, Unmoved(filled.edited.edits))
        if not filled.edited.edits:
            return _faulty(text, filled.edited, tokens, filled.uses, fault)
    words = filled.tokens
    pairs = closers(words)
    fault = too_long(filled.edited.text) or too_many(words) or _unfilled(words) or _fault(words, pairs)
    if fault is not None:
        return _faulty(text, filled.edited, tokens, filled.uses, fault)
    return _read(text, tokens, filled, words, pairs, filled.edited)


def _fault(words: tuple[Token, ...], pairs: dict[int, int]) -> Fault | None:
    return refused(words) or broken(words, pairs)


def _read(
    text: str, tokens: tuple[Token, ...], filled: Filled, words: tuple[Token, ...], pairs: dict[int, int], places: Edited | Unmoved
) -> Parsed:
    """The tree with its selectors; `words` have their `places`."""
    ast: Expr = parser().parse(filled.edited.text)
    found = []
    alternatives = "or" in filled.edited.text.lower()
    for node in nodes(ast):
        kind = type(node).__name__
        if kind == "VectorSelector":
            if alternatives and node.matchers.or_matchers:
                return _faulty(text, filled.edited, tokens, filled.uses, _alternatives(filled.tokens))
            found.append(node)
        elif kind == "Call" and node.func.name == "info" and len(node.args) > 1 and not _is_bare(node.args[1]):
            span = next((word.span for word in filled.tokens if word.text == "info"), None)
            fault = Fault('the second argument of "info" is more than a selector of labels', span, 'write matchers alone: {label="value"}')
            return _faulty(text, filled.edited, tokens, filled.uses, fault)
    return Parsed(
        text=text,
        edited=filled.edited,
        tokens=tokens,
        ast=ast,
        kind=kind_of(ast),
        selectors=selectors(found, words, pairs, places),
        variables=filled.uses,
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
    from obskit.promql.problem import Problem  # only what fails pays for it

    span: Span = edited.span(*fault.span) if fault.span else (0, len(text))
    problem = Problem(stage=fault.stage, message=fault.message, span=span, hint=fault.hint)
    return Parsed(text=text, edited=edited, tokens=tokens, problem=problem, variables=used)
