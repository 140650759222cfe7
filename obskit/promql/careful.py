"""The long way of a query: looked at word by word, before the parser and after it, so that nothing can harm or slip through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from obskit.promql.fault import Fault
from obskit.promql.guards import MOST_TOKENS, refused, too_long, too_many
from obskit.promql.lexical import broken
from obskit.promql.parse import Parsed
from obskit.promql.positions import Span
from obskit.promql.selectors import selectors
from obskit.promql.tokens import Token, closers, tokenize
from obskit.promql.tree import kind_of, nodes, parser
from obskit.promql.variables import fill
from obskit.promql.written import Written

if TYPE_CHECKING:
    from promql_parser import Expr


def carefully(text: str, values: Mapping[str, str]) -> Parsed:
    """Any query, looked at word by word."""
    fault = too_long(text)
    if fault is not None:
        return _faulty(Written(text, tokens=()), fault)
    tokens = tokenize(text, MOST_TOKENS + 1)
    fault = too_many(tokens)
    if fault is not None:
        return _faulty(Written(text, tokens=()), fault)
    filled = fill(text, tokens, values)
    words = filled.tokens
    written = Written(text, edited=filled.edited, tokens=tokens, variables=filled.uses, words=words)
    fault = too_long(filled.edited.text) or too_many(words) or _unfilled(words) or refused(words) or broken(words, closers(words))
    if fault is not None:
        return _faulty(written, fault)
    try:
        return _read(written, words)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as failure:  # a panic of the parser is no Exception
        from obskit.promql.explain import explained  # only what fails pays for its explanation

        return _faulty(written, _panic(failure) or explained(str(failure), filled.edited.text, words))


def _read(written: Written, words: tuple[Token, ...]) -> Parsed:
    """The tree with its selectors."""
    ast: Expr = parser().parse(written.edited.text)
    found = []
    alternatives = "or" in written.edited.text.lower()
    for node in nodes(ast):
        kind = type(node).__name__
        if kind == "VectorSelector":
            if alternatives and node.matchers.or_matchers:
                return _faulty(written, _alternatives(words))
            found.append(node)
        elif kind == "Call" and node.func.name == "info" and len(node.args) > 1 and not _is_bare(node.args[1]):
            span = next((word.span for word in words if word.text == "info"), None)
            fault = Fault('the second argument of "info" is more than a selector of labels', span, 'write matchers alone: {label="value"}')
            return _faulty(written, fault)
    written.ast = ast
    return Parsed(text=written.text, written=written, ast=ast, kind=kind_of(ast), selectors=selectors(found, written))


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


def _faulty(written: Written, fault: Fault) -> Parsed:
    from obskit.promql.problem import Problem  # only what fails pays for it

    span: Span = written.edited.span(*fault.span) if fault.span else (0, len(written.text))
    problem = Problem(stage=fault.stage, message=fault.message, span=span, hint=fault.hint)
    return Parsed(text=written.text, written=written, problem=problem)
