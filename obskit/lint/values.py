"""Where a template of an alert shows its value, and through which function."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from obskit.templates import FaultyError, Token, actions

_VALUE = "$value"
_ASKING = ("if", "else", "with", "range", "end", "define", "template", "block")


class Shown(NamedTuple):
    """One `$value` in a text. `function` is what it is given to first, empty when it is printed as it is."""

    function: str
    span: tuple[int, int]


def values(text: str) -> Iterator[Shown]:
    """Each place where the value is printed; not where a template only asks for it, nor where it is kept in a variable.

    `span` is the function's, or the value's where there is none. A text that is no template yields what comes before the fault.
    """
    if _VALUE not in text:
        return
    try:
        for action in actions(text):
            tokens = [token for token in action if token.kind != "space"]
            if tokens[0].text not in _ASKING and not any(token.text in (":=", "=") for token in tokens):
                yield from (_shown(tokens, at) for at, token in enumerate(tokens) if token.text == _VALUE)
    except FaultyError:
        return


def _shown(tokens: list[Token], at: int) -> Shown:
    before = tokens[at - 1] if at else None
    after = tokens[at + 2] if tokens[at + 1].text == "|" and at + 2 < len(tokens) else None
    for token in (before, after):
        if token is not None and token.kind == "word":
            return Shown(token.text, token.span)
    if before is None and tokens[at + 1].kind == "end":
        return Shown("", tokens[at].span)
    return Shown("?", tokens[at].span)
